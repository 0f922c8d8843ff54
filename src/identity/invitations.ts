/**
 * Invitations: kept by their public key, redeemed once by whoever shows the secret half. The name
 * is the inviter's word, held to the hash that the inviter signed.
 */
import { generateKeyPairSync } from 'node:crypto';
import { fromBase64Url } from '@liaison/contract/bytes';
import { parseCanonical } from '@liaison/contract/encoding';
import { Problem } from '@liaison/contract/errors';
import { InvitationText } from '@liaison/contract/identity';
import { InvitedFunction } from '@liaison/contract/profession';
import type { Origin, SigningKey, Signature } from '@liaison/contract/ids';
import {
  invitationLink,
  type OpenInvitation,
  type SentInvitation,
} from '@liaison/contract/invitation';
import { LIMITS } from '@liaison/contract/limits';
import type { Voucher } from '@liaison/contract/session';
import { nameHashed } from '@liaison/contract/signing';
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { Config } from '../platform/config/config.js';
import { Database, type Queryable, type Transaction } from '../platform/database/database.js';
import { hash } from '../platform/hash/blake.js';
import { isStrictKey } from '../platform/signatures/ed25519.js';
import { Accounts } from './accounts.js';
import type { LiveSession } from './live-session.js';

export interface InvitationRow extends Record<string, unknown> {
  readonly key: SigningKey;
  readonly inviter: NonNullable<OpenInvitation['inviter']>['person'] | null;
  readonly text: string | null;
  readonly signature: Signature | null;
  readonly name: string;
  readonly role: InvitationText['role'];
  readonly until: number;
  readonly withdrawnAt: number | null;
  readonly redeemedBy: string | null;
}

const COLUMNS = `key, inviter, text, signature, name, role, until, withdrawn_at AS "withdrawnAt",
  redeemed_by AS "redeemedBy"`;

const INSERT = `
  INSERT INTO invitations (key, inviter, inviter_account, text, signature, name, role, created_at,
    until)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (key) DO NOTHING`;

const OPEN_OF = `
  SELECT count(*) AS open FROM invitations WHERE inviter_account = $1 AND redeemed_by IS NULL
    AND withdrawn_at IS NULL AND until > $2`;

function readText(text: string): InvitationText {
  try {
    return InvitationText.parse(parseCanonical(text));
  } catch (error) {
    throw new Problem('request_invalid', 'body.text', undefined, { cause: error });
  }
}

function stateOf(row: InvitationRow, now: number): SentInvitation['state'] {
  if (row.redeemedBy !== null) return 'redeemed';
  if (row.withdrawnAt !== null) return 'withdrawn';
  return row.until > now ? 'open' : 'expired';
}

/** What the invited account keeps of it: its attestation repeats these very bytes. */
export function voucherOf(row: InvitationRow): Voucher {
  const { inviter, key, role, text, signature } = row;
  if (inviter === null || text === null || signature === null) return { type: 'operator', role };
  return { type: 'invitation', inviter, key, role, text, signature };
}

@Injectable()
export class Invitations {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly accounts: Accounts,
    private readonly config: Config,
  ) {}

  /**
   * The inviter's signature is checked where it counts: by the invited person's log, and clients.
   */
  async record(
    session: LiveSession,
    sent: { readonly text: string; readonly signature: Signature; readonly name: string },
  ): Promise<void> {
    const text = readText(sent.text);
    this.check(session, text, sent.name);
    const now = this.clock.now();
    const { accountId } = session.account;
    const [count] = await this.database.query<{ open: number }>(OPEN_OF, [accountId, now]);
    if ((count?.open ?? 0) >= LIMITS.invitationsOpen.value) {
      throw new Problem('too_many_requests', 'invitationsOpen');
    }
    const { key, inviter, role, until } = text;
    const { signature, name } = sent;
    await this.database.query(INSERT, [
      key,
      inviter,
      accountId,
      sent.text,
      signature,
      name,
      role,
      now,
      until,
    ]);
  }

  /** For whoever runs the server: the link of a first coordinator. Its secret is not kept. */
  async ofOperator(name: string, role: InvitationText['role']): Promise<string> {
    const pair = generateKeyPairSync('ed25519');
    const { d, x } = pair.privateKey.export({ format: 'jwk' });
    const now = this.clock.now();
    const until = now + LIMITS.invitationMs.value;
    await this.database.query(INSERT, [x, null, null, null, null, name, role, now, until]);
    return invitationLink(this.config.publicOrigin as Origin, fromBase64Url(d ?? ''));
  }

  async sent(session: LiveSession): Promise<SentInvitation[]> {
    const now = this.clock.now();
    const rows = await this.database.query<InvitationRow>(
      `SELECT ${COLUMNS} FROM invitations WHERE inviter_account = $1
       ORDER BY created_at DESC, key LIMIT ${LIMITS.pageItems.value}`,
      [session.account.accountId],
    );
    return rows.map((row) => ({
      key: row.key,
      name: row.name,
      role: row.role,
      until: row.until,
      state: stateOf(row, now),
    }));
  }

  async withdraw(session: LiveSession, key: SigningKey): Promise<void> {
    const rows = await this.database.query(
      `UPDATE invitations SET withdrawn_at = $3
       WHERE key = $1 AND inviter_account = $2 AND redeemed_by IS NULL AND withdrawn_at IS NULL
       RETURNING 1`,
      [key, session.account.accountId, this.clock.now()],
    );
    if (rows.length === 0) throw new Problem('invitation_unknown');
  }

  /** An invitation that can still be redeemed. */
  async open(queryable: Queryable, key: string, lock = false): Promise<InvitationRow> {
    const [row] = await queryable.query<InvitationRow>(
      `SELECT ${COLUMNS} FROM invitations WHERE key = $1 ${lock ? 'FOR UPDATE' : ''}`,
      [key],
    );
    if (row === undefined || stateOf(row, this.clock.now()) !== 'open') {
      throw new Problem('invitation_unknown');
    }
    return row;
  }

  async show(key: SigningKey): Promise<OpenInvitation> {
    const row = await this.open(this.database, key);
    const [inviter] = row.inviter === null ? [] : await this.accounts.ofPeople([row.inviter]);
    return {
      name: row.name,
      role: row.role,
      until: row.until,
      inviter: row.inviter === null ? null : { person: row.inviter, name: inviter?.name ?? '' },
    };
  }

  async redeemed(transaction: Transaction, key: string, account: string): Promise<void> {
    await transaction.query('UPDATE invitations SET redeemed_by = $2 WHERE key = $1', [
      key,
      account,
    ]);
  }

  private check(session: LiveSession, text: InvitationText, name: string): void {
    const now = this.clock.now();
    const latest = text.at + LIMITS.invitationMs.value;
    if (text.origin !== this.config.publicOrigin) throw new Problem('origin_mismatch');
    if (text.inviter !== session.account.person) throw new Problem('not_allowed', 'inviter');
    if (!InvitedFunction.safeParse(text.role).success) throw new Problem('request_invalid', 'role');
    if (!isStrictKey(fromBase64Url(text.key))) throw new Problem('key_invalid', 'key');
    if (text.at > now + LIMITS.clockSkewMs.value) throw new Problem('clock_skew');
    if (text.until <= now || text.until > latest) throw new Problem('request_invalid', 'until');
    if (text.nameHash !== hash(nameHashed(null, name)))
      throw new Problem('request_invalid', 'name');
  }
}
