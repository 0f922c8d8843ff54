/**
 * A sign-in on its way: what was prepared before the person left for the provider, kept until they
 * come back. The nonce commits to it, so a token made for one purpose is worthless for another.
 */
import type { Hash, PersonId } from '@liaison/contract/ids';
import type { IdentityHead, NoncePurpose, WireStatement } from '@liaison/contract/identity';
import type { Nonce, Session } from '@liaison/contract/session';
import { SESSION_ROUTES } from '@liaison/contract/session';
import type { z } from 'zod';
import { Fault } from '../fault.js';
import type { Ground } from '../ground.js';
import { nonceFor } from '../logs/attestation.js';

const PENDING = 'sign-in';
const TABLES_OF_PENDING = ['secrets', 'meta'] as const;

/** A plain sign-in prepares nothing secret, and must be possible while the store is shut. */
const tableOf = (purpose: NoncePurpose): 'secrets' | 'meta' =>
  purpose === 'session' ? 'meta' : 'secrets';

export interface PendingSignIn {
  readonly purpose: NoncePurpose;
  readonly nonce: z.infer<typeof Nonce>;
  readonly random: Hash;
  /** The statement to attest; null for a plain session. */
  readonly statement: WireStatement | null;
  readonly person: PersonId | null;
  /** For a recovery: the code's entropy, needed once more when the person is back. */
  readonly entropy: string | null;
}

export type Purpose = Omit<PendingSignIn, 'nonce' | 'random'> & {
  readonly head: IdentityHead;
  /** Hash of the statement, or ZERO_HASH. */
  readonly hash: Hash;
};

export class SignIn {
  constructor(private readonly ground: Ground) {}

  /** Prepares a nonce for the purpose and asks where to go. */
  async begin(wish: Purpose, returnTo: string): Promise<{ readonly authorizeUrl: string }> {
    const { purpose, head, hash, statement, person, entropy } = wish;
    const { nonce, random } = nonceFor(purpose, this.ground.origin, head, hash);
    const pending: PendingSignIn = { purpose, nonce, random, statement, person, entropy };
    await this.ground.store.transaction((tx) => {
      tx.put(tableOf(purpose), PENDING, pending);
    });
    const { api } = this.ground;
    const { authorizeUrl } = await api.call(SESSION_ROUTES.login, { body: { nonce, returnTo } });
    if (!asks(authorizeUrl, nonce)) {
      throw new Fault('sign-in-altered', 'the provider would be asked for another nonce');
    }
    return { authorizeUrl };
  }

  /** What was prepared, if this very session came of it. */
  async ofSession(session: Session): Promise<PendingSignIn | null> {
    for (const table of TABLES_OF_PENDING) {
      const pending = await this.ground.store.get<PendingSignIn>(table, PENDING);
      if (pending !== undefined && session.signIn?.nonce === pending.nonce) return pending;
    }
    return null;
  }

  async end(): Promise<void> {
    await this.ground.store.transaction((tx) => {
      for (const table of TABLES_OF_PENDING) tx.delete(table, PENDING);
    });
  }
}

/**
 * Whether the provider is asked for this very nonce. Under another, a server could use the sign-in
 * of today to attest an identity of its own making; a request object would say something else
 * again.
 */
function asks(authorizeUrl: string, nonce: string): boolean {
  const { searchParams } = new URL(authorizeUrl);
  const named = searchParams.getAll('nonce');
  const hidden = searchParams.has('request') || searchParams.has('request_uri');
  return named.length === 1 && named[0] === nonce && !hidden;
}
