/**
 * Stands where the server keeps accounts and sessions and asks the national provider: a person who
 * comes back from the provider has a session with a token for the nonce that was asked for. What
 * makes an attestation right stays the server's own rule; only whose token it is, is known here.
 */
import { Problem } from '@liaison/contract/errors';
import { NationalId, type PersonId, Uuid } from '@liaison/contract/ids';
import type { Session } from '@liaison/contract/session';
import { LIMITS } from '@liaison/contract/limits';
import { toHex } from '@liaison/contract/bytes';
import type { Caller } from '../../../src/identity/caller.js';
import type { ProofOwner, SignInProofs } from '../../../src/identity/sign-in.proofs.js';
import type { Transaction } from '../../../src/platform/database/database.js';
import type { Chance } from '../chance.js';
import { signToken } from '../primitives/jose.face.js';

export const PROVIDER = {
  issuer: 'https://provider.test/auth',
  audience: 'liaison',
  minimumAcr: 'eidas1',
  jwks: { keys: [{ kty: 'RSA', kid: 'one', alg: 'RS256', use: 'sig', n: 'AQAB', e: 'AQAB' }] },
  fictional: true,
} as const;

interface Account {
  readonly id: Uuid;
  readonly nationalId: NationalId;
  person: PersonId | null;
}

interface OpenSession {
  readonly id: Uuid;
  readonly account: Account;
  readonly createdAt: number;
  readonly nonce: string;
  readonly idToken: string;
}

/** What a desk remembers. */
export interface DeskState {
  readonly sessions: readonly (readonly [cookie: string, session: OpenSession])[];
}

const DAY_MS = 86_400_000;

export class SignInDesk {
  readonly #accounts = new Map<string, Account>();
  /** By the cookie of the device. */
  readonly #sessions = new Map<string, OpenSession>();

  constructor(
    private readonly chance: Chance,
    private readonly clock: () => number,
  ) {}

  /** Accounts and sessions as they are now. */
  state(): DeskState {
    const sessions = [...this.#sessions].map(([cookie, session]) => {
      return [cookie, { ...session, account: { ...session.account } }] as const;
    });
    return { sessions };
  }

  /** Begins with those of another: everybody who has an account there has a session too. */
  load({ sessions }: DeskState): void {
    for (const [cookie, session] of sessions) {
      const { nationalId } = session.account;
      const account = this.#accounts.get(nationalId) ?? { ...session.account };
      this.#accounts.set(nationalId, account);
      this.#sessions.set(cookie, { ...session, account });
    }
  }

  authorizeUrl(nonce: string): string {
    return `${PROVIDER.issuer}?nonce=${nonce}`;
  }

  /** Somebody is back from the provider, where they showed who they are. */
  comeBack(cookie: string, authorizeUrl: string, nationalId: string): void {
    const nonce = new URL(authorizeUrl).searchParams.get('nonce') ?? '';
    const createdAt = this.clock();
    const account = this.#accountOf(nationalId);
    const idToken = signToken(claimsOf(nationalId, nonce, createdAt));
    this.#sessions.set(cookie, { id: this.#uuid(), account, createdAt, nonce, idToken });
  }

  end(cookie: string): void {
    this.#sessions.delete(cookie);
  }

  caller(cookie: string): Caller | null {
    const session = this.#sessions.get(cookie);
    if (session === undefined) return null;
    const { id: sessionId, account } = session;
    const { id: accountId, person } = account;
    return { accountId, sessionId, person, role: null, locked: false, professions: [] };
  }

  /** Whose line of the socket it is. */
  personOf(cookie: string): PersonId | null {
    return this.#sessions.get(cookie)?.account.person ?? null;
  }

  view(cookie: string): Session | null {
    const session = this.#sessions.get(cookie);
    if (session === undefined) return null;
    const { id, account, createdAt, nonce, idToken } = session;
    const { nationalId } = account;
    const isFresh = this.clock() - createdAt < LIMITS.loginAttemptMs.value;
    return {
      session: id,
      account: account.id,
      person: account.person,
      name: nationalId,
      means: 'provider',
      claims: { nationalId, familyName: 'ROUX', givenName: 'Marie', certified: true },
      voucher: null,
      roles: [],
      role: null,
      locked: false,
      locksAt: this.clock() + DAY_MS,
      endsAt: this.clock() + DAY_MS,
      hasPasskey: false,
      fictional: true,
      signIn: isFresh ? { idToken, nonce } : null,
    };
  }

  /** As the rooms of the server ask whether a token belongs to the caller's own sign-in. */
  proofs(): SignInProofs {
    const refused = (why: string): Problem => new Problem('attestation_invalid', why);
    const face: unknown = {
      checkToken: (_on: Transaction, owner: ProofOwner, idToken: string, nonce: string) => {
        const session = this.#owned(owner);
        const isFresh = this.clock() - session.createdAt < LIMITS.loginAttemptMs.value;
        if (!isFresh) throw refused('the sign-in is no longer fresh');
        if (idToken !== session.idToken) throw refused('the token of another sign-in');
        if (nonce !== session.nonce) throw refused('the nonce binds something else');
        return Promise.resolve();
      },
      bindPerson: (on: Transaction, owner: ProofOwner, person: PersonId) => {
        const { account } = this.#owned(owner);
        if (account.person !== null) throw new Problem('identity_exists');
        on.afterCommit(() => {
          account.person = person;
        });
        return Promise.resolve();
      },
    };
    return face as SignInProofs;
  }

  #owned(owner: ProofOwner): OpenSession {
    const session = [...this.#sessions.values()].find(({ id }) => id === owner.sessionId);
    if (session === undefined) throw new Problem('session_expired');
    return session;
  }

  #accountOf(nationalId: string): Account {
    const known = this.#accounts.get(nationalId);
    if (known !== undefined) return known;
    const account = { id: this.#uuid(), nationalId: NationalId.parse(nationalId), person: null };
    this.#accounts.set(nationalId, account);
    return account;
  }

  #uuid(): Uuid {
    const digits = toHex(this.chance.bytes(16));
    const parts = [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(13, 16)}`];
    return Uuid.parse([...parts, `a${digits.slice(17, 20)}`, digits.slice(20)].join('-'));
  }
}

function claimsOf(nationalId: string, nonce: string, at: number): object {
  return {
    iss: PROVIDER.issuer,
    aud: PROVIDER.audience,
    iat: Math.floor(at / 1000),
    exp: Math.floor(at / 1000) + 120,
    acr: 'eidas1',
    nonce,
    sub: `f:99970000-0000-4000-8000-000000009997:${nationalId}`,
    SubjectNameID: nationalId,
    family_name: 'ROUX',
    given_name: 'Marie',
    SubjectRefPro: { exercices: [{ codeProfession: '60' }] },
  };
}
