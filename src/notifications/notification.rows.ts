/** Notifications and mail preferences of people. Knows reasons and ids, never content. */
import type { Urgency } from '@liaison/contract/handoff';
import type { CircleId, PersonId, Uuid } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { type AttentionReason, MailPreference, Notification } from '@liaison/contract/notification';
import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../platform/database/database.js';

const ADD = `
  INSERT INTO notifications AS n (person_id, reason, circle_id, at, urgency, tell_at)
  SELECT c.person, $3, $4, $5, $6, c.tell_at
  FROM unnest($1::text[], $2::bigint[]) AS c (person, tell_at)
  ON CONFLICT (person_id, circle_id, reason) WHERE read_at IS NULL
  DO UPDATE SET at = excluded.at,
    urgency = CASE WHEN excluded.urgency = 'urgent' THEN 'urgent' ELSE n.urgency END,
    tell_at = CASE WHEN n.told_at IS NULL OR (excluded.urgency = 'urgent' AND n.urgency <> 'urgent')
              THEN least(n.tell_at, excluded.tell_at) ELSE n.tell_at END`;

const WAITING = `
  SELECT id, reason, urgency FROM notifications
  WHERE person_id = $1 AND read_at IS NULL AND told_at IS NULL FOR UPDATE`;

const PLAN = `
  UPDATE notifications n SET tell_at = planned.at
  FROM unnest($1::uuid[], $2::bigint[]) AS planned (id, at) WHERE n.id = planned.id`;

const LIST = `
  SELECT id, reason, circle_id AS circle, at, read_at AS "readAt"
  FROM notifications WHERE person_id = $1 ORDER BY at DESC LIMIT $2`;

const READ = `
  UPDATE notifications SET read_at = $4, tell_at = NULL
  WHERE person_id = $1 AND read_at IS NULL AND (id = ANY($2::uuid[]) OR circle_id = $3)
  RETURNING id`;

/** Of people who have more than is kept: a batch of them, without what is older. */
const FORGET_OLD = `
  DELETE FROM notifications n USING (
    SELECT person_id FROM notifications GROUP BY person_id HAVING count(*) > $1 LIMIT $2) crowded
  WHERE n.person_id = crowded.person_id AND n.at < (
    SELECT k.at FROM notifications k WHERE k.person_id = n.person_id
     ORDER BY k.at DESC OFFSET $1 - 1 LIMIT 1)
  RETURNING n.id`;

export interface Attention {
  readonly reason: AttentionReason;
  readonly urgency: Urgency;
  readonly circle: CircleId | null;
  /** With the instant at which each is told; null where nothing says when they are back. */
  readonly people: readonly { readonly person: PersonId; readonly tellAt: number | null }[];
  readonly at: number;
}

interface Waiting {
  readonly id: Uuid;
  readonly reason: AttentionReason;
  readonly urgency: Urgency;
}

@Injectable()
export class NotificationRows {
  constructor(private readonly database: Database) {}

  /**
   * One notification a person and a reason, told when it is planned; whoever was told of it already
   * is told again only where it has become urgent.
   */
  async add(transaction: Transaction, attention: Attention): Promise<void> {
    const { reason, urgency, circle, people, at } = attention;
    const persons = people.map(({ person }) => person);
    const times = people.map(({ tellAt }) => tellAt);
    await transaction.query(ADD, [persons, times, reason, circle, at, urgency]);
  }

  /** Plans anew what somebody was not told of yet: their hours have changed. */
  async planAgain(
    transaction: Transaction,
    person: PersonId,
    plan: (waiting: Waiting) => number | null,
  ): Promise<void> {
    const waiting = await transaction.query<Waiting & Record<string, unknown>>(WAITING, [person]);
    const ids = waiting.map(({ id }) => id);
    await transaction.query(PLAN, [ids, waiting.map(plan)]);
  }

  async list(person: PersonId): Promise<Notification[]> {
    const rows = await this.database.query(LIST, [person, LIMITS.notificationsKept.value]);
    return rows.map((row) => Notification.parse(row));
  }

  /** Returns how many went; none where nobody has more than is kept. */
  async forgetOld(): Promise<number> {
    const [kept, batch] = [LIMITS.notificationsKept.value, LIMITS.sweepBatch.value];
    return (await this.database.query(FORGET_OLD, [kept, batch])).length;
  }

  async markRead(
    person: PersonId,
    ids: readonly Uuid[],
    circle: CircleId | undefined,
    at: number,
  ): Promise<number> {
    return (await this.database.query(READ, [person, ids, circle ?? null, at])).length;
  }

  async preference(person: PersonId): Promise<MailPreference> {
    const rows = await this.database.query(
      'SELECT address, language FROM mail_preferences WHERE person_id = $1',
      [person],
    );
    return MailPreference.parse(rows[0] ?? { address: '', language: 'fr' });
  }

  async setPreference(person: PersonId, { address, language }: MailPreference): Promise<void> {
    await this.database.query(
      `INSERT INTO mail_preferences VALUES ($1, $2, $3)
       ON CONFLICT (person_id) DO UPDATE SET address = $2, language = $3`,
      [person, address, language],
    );
  }
}
