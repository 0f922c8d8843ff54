/**
 * Sessions: opened by a sign-in, locked by idleness, ended by time, by hand or from elsewhere. A
 * new token is given at each change of what a session may do, so that an old one is worth nothing.
 */
import { randomUUID } from 'node:crypto';
import { Problem } from '@liaison/contract/errors';
import type { PersonId, Uuid } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import type { RoleId, SessionSummary, SignInMeans } from '@liaison/contract/session';
import { Injectable } from '@nestjs/common';
import { Committed } from '../events/committed.js';
import type { DomainEvent } from '../events/domain-event.js';
import { Outbox } from '../events/outbox.js';
import { Clock } from '../platform/clock/clock.js';
import { Database, type Transaction } from '../platform/database/database.js';
import { type Account } from './account.js';
import { onlyRole } from './account.roles.js';
import { isLocked, type LiveSession, type SessionRow, sessionSummary } from './live-session.js';
import { SessionFinder } from './session.finder.js';
import { SQL } from './session.statements.js';
import { newToken, tokenHash } from './token.js';

type Act = Extract<DomainEvent, { type: 'session.changed' }>['act'];

/** What a sign-in knows of itself. */
export interface SignedIn {
  readonly means: SignInMeans;
  readonly idToken?: string;
  readonly nonce?: string;
}

interface Owner {
  readonly accountId: Uuid;
  readonly person: PersonId | null;
}

@Injectable()
export class Sessions {
  private readonly finder: SessionFinder;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly committed: Committed,
  ) {
    this.finder = new SessionFinder(database);
  }

  /** The session that a cookie's token opens; null when there is none (any more). */
  find(token: string): Promise<LiveSession | null> {
    return this.finder.find(tokenHash(token), this.clock.now());
  }

  /** Of these, the ones that are neither over nor locked, by hand or by idleness. */
  async stillOpen(sessions: readonly Uuid[]): Promise<ReadonlySet<Uuid>> {
    const now = this.clock.now();
    const idleSince = now - LIMITS.sessionIdleMs.value;
    const rows = await this.database.query<{ sessionId: Uuid }>(SQL.stillOpen, [
      sessions,
      now,
      idleSince,
    ]);
    return new Set(rows.map(({ sessionId }) => sessionId));
  }

  /** Notes that its person is there, at most once a minute; a locked session stays as it is. */
  async touch(session: LiveSession): Promise<void> {
    const now = this.clock.now();
    if (isLocked(session, now)) {
      if (session.lockedAt === null) await this.database.query(SQL.lock, [session.sessionId, now]);
    } else if (now - session.seenAt >= LIMITS.sessionTouchMs.value) {
      await this.database.prepared(SQL.touch, [session.sessionId, now]);
    }
  }

  /** Opens a session; the one that the same browser had, if any, ends with it. */
  async open(
    transaction: Transaction,
    account: Account,
    proof: SignedIn,
    replaced: string | undefined,
  ): Promise<string> {
    const now = this.clock.now();
    const token = newToken();
    if (replaced !== undefined) await transaction.query(SQL.endByToken, [tokenHash(replaced)]);
    await transaction.query(SQL.open, [
      randomUUID(),
      account.accountId,
      tokenHash(token),
      proof.means,
      onlyRole(account.roles),
      now,
      now + LIMITS.sessionMaxMs.value,
      proof.idToken ?? null,
      proof.nonce ?? null,
    ]);
    await transaction.query(SQL.endOldest, [account.accountId, LIMITS.sessionsPerAccount.value]);
    await this.record(transaction, account, 'opened');
    return token;
  }

  async chooseRole(session: LiveSession, role: RoleId): Promise<string> {
    if (!session.account.roles.some(({ id }) => id === role)) throw new Problem('role_unknown');
    const token = newToken();
    const until = this.clock.now() + LIMITS.sessionFormerMs.value;
    await this.change(session, 'role-chosen', SQL.chooseRole, [role, tokenHash(token), until]);
    return token;
  }

  async lock(session: LiveSession): Promise<void> {
    await this.change(session, 'locked', SQL.lock, [this.clock.now()]);
    this.tell(session.account.person, 'locked');
  }

  /** After a passkey's proof. The former token opens nothing: it may be in other hands. */
  async unlock(session: LiveSession): Promise<string> {
    const token = newToken();
    await this.change(session, 'unlocked', SQL.unlock, [this.clock.now(), tokenHash(token)]);
    return token;
  }

  async end(session: LiveSession): Promise<void> {
    await this.change(session, 'closed', SQL.end, []);
    this.tell(session.account.person, 'closed');
  }

  /** Ends one of the same account's sessions, wherever it is open. */
  async revoke(owner: Owner, sessionId: Uuid): Promise<void> {
    await this.database.transaction(async (transaction) => {
      const rows = await transaction.query(SQL.revoke, [sessionId, owner.accountId]);
      if (rows.length === 0) throw new Problem('not_found');
      await this.record(transaction, owner, 'revoked');
    });
    this.tell(owner.person, 'closed');
  }

  async list(account: Uuid, here: Uuid): Promise<SessionSummary[]> {
    const now = this.clock.now();
    const rows = await this.database.query<SessionRow & Record<string, unknown>>(SQL.list, [
      account,
      now,
    ]);
    return rows.map((row) => sessionSummary(row, here, now));
  }

  /** Ended sessions, spent tokens and abandoned attempts. */
  async sweep(): Promise<void> {
    const now = this.clock.now();
    await this.database.query(SQL.sweepSessions, [now]);
    await this.database.query(SQL.sweepTokens, [now - LIMITS.loginAttemptMs.value]);
    await this.database.query(SQL.sweepAttempts, [now]);
  }

  async refused(transaction: Transaction, owner: Owner): Promise<void> {
    await this.record(transaction, owner, 'refused');
  }

  private async change(
    { sessionId, account }: LiveSession,
    act: Act,
    sql: string,
    values: readonly unknown[],
  ): Promise<void> {
    await this.database.transaction(async (transaction) => {
      await transaction.query(sql, [sessionId, ...values]);
      await this.record(transaction, account, act);
    });
  }

  private record(transaction: Transaction, owner: Owner, act: Act): Promise<void> {
    const { accountId, person } = owner;
    return this.outbox.record(transaction, {
      type: 'session.changed',
      account: accountId,
      person,
      act,
    });
  }

  /** The person's sockets are told; each client then asks whether its own session still lives. */
  private tell(person: PersonId | null, state: 'locked' | 'closed'): void {
    if (person === null) return;
    this.committed.publish({ event: 'session', payload: { state }, people: [person] });
  }
}
