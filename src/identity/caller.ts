/**
 * Who a request comes from, as the guard established it. Handlers take it from here and nowhere
 * else; nothing in a request's body or address says who somebody is.
 */
import { Problem } from '@liaison/contract/errors';
import type { PersonId, Uuid } from '@liaison/contract/ids';
import type { Profession } from '@liaison/contract/profession';
import type { RoleId } from '@liaison/contract/session';

export interface Caller {
  readonly accountId: Uuid;
  readonly sessionId: Uuid;
  /** Null until the account's identity log is open. */
  readonly person: PersonId | null;
  /** Null while several are possible and none was chosen. */
  readonly role: RoleId | null;
  /** The professions in which the account may act, as its sign-in or its voucher said. */
  readonly professions: readonly Profession[];
  readonly locked: boolean;
}

const CALLERS = new WeakMap<object, Caller>();

/** For the guard only: what it found out about a request. */
export function rememberCaller(request: object, caller: Caller): void {
  CALLERS.set(request, caller);
}

/** Null on routes that anybody may call, when nobody is signed in. */
export function callerOf(request: object): Caller | null {
  return CALLERS.get(request) ?? null;
}

/** The caller of a route whose access is `session` or more. */
export function signedInOf(request: object): Caller {
  const caller = callerOf(request);
  if (caller === null) throw new Problem('not_signed_in');
  return caller;
}

/** Whose request it is, on a route whose access is `person`. */
export function personOf(request: object): PersonId {
  const { person } = signedInOf(request);
  if (person === null) throw new Problem('identity_needed');
  return person;
}
