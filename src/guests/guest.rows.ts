/**
 * Whom teams asked to come. An address stays only until its mail has left, and is counted by its
 * hash; a token stays only in the mail. It knows no patient and no handoff.
 */
import type { Guest } from '@liaison/contract/guest';
import type { CircleId, Hash, PersonId, Uuid } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { Injectable } from '@nestjs/common';
import { Database, type Queryable, type Transaction } from '../platform/database/database.js';

export interface NewGuest {
  readonly guest: Uuid;
  readonly team: CircleId;
  readonly by: PersonId;
  readonly address: string;
  readonly addressHash: Hash;
  readonly language: 'fr' | 'en';
  readonly token: string;
  readonly tokenHash: Hash;
  readonly at: number;
}

export interface GuestMail {
  readonly guest: Uuid;
  readonly address: string;
  readonly language: 'fr' | 'en';
  readonly token: string;
  readonly attempts: number;
  readonly team: string | null;
}

/** Two who invite at once are counted one after the other. */
const ALONE = 'SELECT pg_advisory_xact_lock(hashtext($1)), pg_advisory_xact_lock(hashtext($2))';

const COUNTS = `
  SELECT
    (SELECT count(*)::int4 FROM guests WHERE team_id = $1 AND person_id IS NULL AND until_at > $3)
      AS open,
    (SELECT count(*)::int4 FROM guests WHERE address_hash = $2 AND at > $4) AS mailed`;

/** One whose mailbox had enough is noted as every other, and no mail leaves: nothing tells. */
const ADD = `
  INSERT INTO guests (guest_id, team_id, invited_by, at, until_at, address, address_hash, language,
    token, token_hash, next_at, refusal)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $4, $11) ON CONFLICT DO NOTHING`;

const LIST = `
  SELECT g.guest_id AS guest, g.team_id AS team, g.at, g.until_at AS until, g.person_id AS person,
    CASE WHEN g.person_id IS NOT NULL THEN 'arrived' WHEN g.until_at <= $2 THEN 'expired'
      ELSE 'invited' END AS state
  FROM guests g
  WHERE EXISTS (SELECT FROM effective_members m WHERE m.circle_id = g.team_id AND m.person_id = $1
    AND (m.until_at IS NULL OR m.until_at > $2))
  ORDER BY g.at DESC, g.guest_id LIMIT $3`;

const ARRIVE = `
  UPDATE guests SET person_id = $2, arrived_at = $3
  WHERE token_hash = $1 AND until_at > $3 AND person_id IS NULL RETURNING team_id AS team`;

const ARRIVED = 'SELECT team_id AS team FROM guests WHERE token_hash = $1 AND person_id = $2';

const DUE = `
  SELECT guest_id AS guest FROM guests WHERE sent_at IS NULL AND refusal IS NULL AND next_at <= $1
  ORDER BY next_at LIMIT $2`;

const CLAIM = `
  SELECT g.guest_id AS guest, g.address, g.language, g.token, g.attempts, k.name AS team
  FROM guests g LEFT JOIN circle_cards k ON k.circle_id = g.team_id
  WHERE g.guest_id = $1 AND g.sent_at IS NULL AND g.refusal IS NULL AND g.until_at > $2
  FOR UPDATE OF g SKIP LOCKED`;

const END = `
  UPDATE guests SET sent_at = $2, refusal = $3, address = NULL, token = NULL WHERE guest_id = $1`;

const POSTPONE = 'UPDATE guests SET attempts = $2, next_at = $3 WHERE guest_id = $1';

@Injectable()
export class GuestRows {
  constructor(private readonly database: Database) {}

  /** How many the team awaits, and how many mails that address was sent of late. */
  async counts(
    on: Transaction,
    team: CircleId,
    address: Hash,
    now: number,
  ): Promise<{ readonly open: number; readonly mailed: number }> {
    await on.query(ALONE, [`guests ${team}`, `guests ${address}`]);
    const since = now - LIMITS.guestMs.value;
    const [row] = await on.query<{ open: number; mailed: number }>(COUNTS, [
      team,
      address,
      now,
      since,
    ]);
    return row ?? { open: 0, mailed: 0 };
  }

  async add(on: Transaction, one: NewGuest, refusal: string | null): Promise<void> {
    const until = one.at + LIMITS.guestMs.value;
    const kept = refusal === null ? [one.address, one.token] : [null, null];
    const [address, token] = kept;
    const { guest, team, by, at, addressHash, language, tokenHash } = one;
    await on.query(ADD, [
      guest,
      team,
      by,
      at,
      until,
      address,
      addressHash,
      language,
      token,
      tokenHash,
      refusal,
    ]);
  }

  async has(on: Queryable, guest: Uuid): Promise<boolean> {
    return (await on.query('SELECT 1 FROM guests WHERE guest_id = $1', [guest])).length > 0;
  }

  list(person: PersonId, now: number): Promise<Guest[]> {
    const values = [person, now, LIMITS.pageItems.value];
    return this.database.query<Guest & Record<string, unknown>>(LIST, values);
  }

  /** The team that awaited them, where the link was still good for them; whether it is news. */
  async arrive(
    on: Transaction,
    tokenHash: Hash,
    person: PersonId,
    now: number,
  ): Promise<{ readonly team: CircleId; readonly isNew: boolean } | null> {
    type Row = { readonly team: CircleId };
    const [fresh] = await on.query<Row>(ARRIVE, [tokenHash, person, now]);
    if (fresh !== undefined) return { team: fresh.team, isNew: true };
    const [known] = await on.query<Row>(ARRIVED, [tokenHash, person]);
    return known === undefined ? null : { team: known.team, isNew: false };
  }

  async due(now: number): Promise<Uuid[]> {
    const values = [now, LIMITS.sweepBatch.value];
    const rows = await this.database.query<{ guest: Uuid }>(DUE, values);
    return rows.map(({ guest }) => guest);
  }

  async claim(on: Transaction, guest: Uuid, now: number): Promise<GuestMail | undefined> {
    return (await on.query<GuestMail & Record<string, unknown>>(CLAIM, [guest, now]))[0];
  }

  /** Sent, or never to be: the address and the token are nobody's to read any more. */
  async end(on: Transaction, guest: Uuid, sentAt: number | null, refusal: string | null) {
    await on.query(END, [guest, sentAt, refusal]);
  }

  async postpone(on: Transaction, guest: Uuid, attempts: number, nextAt: number): Promise<void> {
    await on.query(POSTPONE, [guest, attempts, nextAt]);
  }
}
