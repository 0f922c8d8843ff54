/**
 * A session as a request finds it: whose it is, whether it is locked, and until when. Pure: the
 * instant is given, so that idleness is the same for whoever asks.
 */
import type { Uuid } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import type { RoleId, Session, SessionSummary, SignInMeans } from '@liaison/contract/session';
import type { Account } from './account.js';
import type { Caller } from './caller.js';

export interface SessionRow {
  readonly sessionId: Uuid;
  readonly means: SignInMeans;
  readonly role: RoleId | null;
  readonly createdAt: number;
  readonly seenAt: number;
  readonly endsAt: number;
  readonly lockedAt: number | null;
  readonly idToken: string | null;
  readonly nonce: string | null;
}

export interface LiveSession extends SessionRow {
  readonly account: Account;
  readonly hasPasskey: boolean;
}

export const SESSION_COLUMNS = `
  s.session_id AS "sessionId", s.means, s.role, s.created_at AS "createdAt",
  s.seen_at AS "seenAt", s.ends_at AS "endsAt", s.locked_at AS "lockedAt",
  s.id_token AS "idToken", s.nonce`;

const locksAt = (session: SessionRow): number => session.seenAt + LIMITS.sessionIdleMs.value;

export const isLocked = (session: SessionRow, now: number): boolean =>
  session.lockedAt !== null || now >= locksAt(session);

export function callerIn(session: LiveSession, now: number): Caller {
  return {
    accountId: session.account.accountId,
    sessionId: session.sessionId,
    person: session.account.person,
    role: session.role,
    professions: session.account.roles.map(({ profession }) => profession),
    locked: isLocked(session, now),
  };
}

function claimsOf({ nationalId, familyName, givenName, certified }: Account): Session['claims'] {
  if (nationalId === null) return null;
  return { nationalId, familyName: familyName ?? '', givenName: givenName ?? '', certified };
}

/** The token of this sign-in, while it is fresh and the session open. */
function signInOf(session: LiveSession, now: number): Session['signIn'] {
  const { idToken, nonce } = session;
  const fresh = now - session.createdAt < LIMITS.loginAttemptMs.value && !isLocked(session, now);
  return fresh && idToken !== null && nonce !== null ? { idToken, nonce } : null;
}

export function sessionView(session: LiveSession, now: number): Session {
  const { account } = session;
  return {
    session: session.sessionId,
    account: account.accountId,
    person: account.person,
    name: account.name,
    means: session.means,
    claims: claimsOf(account),
    voucher: account.voucher,
    roles: [...account.roles],
    role: session.role,
    locked: isLocked(session, now),
    locksAt: locksAt(session),
    endsAt: session.endsAt,
    hasPasskey: session.hasPasskey,
    fictional: account.fictional,
    signIn: signInOf(session, now),
  };
}

export function sessionSummary(row: SessionRow, here: string, now: number): SessionSummary {
  return {
    session: row.sessionId,
    means: row.means,
    createdAt: row.createdAt,
    seenAt: row.seenAt,
    endsAt: row.endsAt,
    locked: isLocked(row, now),
    here: row.sessionId === here,
  };
}
