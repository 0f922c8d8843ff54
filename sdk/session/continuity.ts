/**
 * One person under another name or number: marriage, a typing error put right, a number of another
 * register. A device that speaks for them says so, with a fresh sign-in behind it; colleagues and
 * the server go on with the same person. It must never tie two people together: what the provider
 * does not tie, and no same name ties, is left to whoever signs in as somebody else.
 */
import {
  type CertifiedClaims,
  certifiedClaims,
  continuityOf,
  isSameName,
} from '@liaison/contract/certified-claims';
import { IDENTITY_ROUTES } from '@liaison/contract/identity';
import type { Session } from '@liaison/contract/session';
import { decodeJwt } from 'jose';
import type { IdentityMoveView } from '../face.trust.js';
import { Fault } from '../fault.js';
import type { Ground } from '../ground.js';
import type { IdentityState } from '../logs/identity-state.js';
import { buildStatement } from '../logs/identity-statements.js';
import type { People } from '../people.js';
import { calledName } from '../person-name.js';
import type { Vault } from '../vault.js';
import type { PendingSignIn, Purpose } from './sign-in.js';

export class Continuity {
  constructor(
    private readonly ground: Ground,
    private readonly vault: Vault,
    private readonly people: People,
  ) {}

  /** What the provider says of the owner now and their log does not say yet; null: nothing. */
  async view(session: Session): Promise<IdentityMoveView | null> {
    const was = await this.#certified();
    const is = claimsOf(session);
    if (was === null || is === null || isSameName(was, is)) return null;
    // Somebody else at this device: they are nobody whom it speaks for.
    if (continuityOf(was, is) === 'another') return null;
    return { was: shown(was), is: shown(is) };
  }

  /** The statement that the coming sign-in attests. */
  async purpose(): Promise<Purpose> {
    const { device, signing } = this.vault.device();
    const log = await this.#log();
    const { wire, head } = buildStatement({
      origin: this.ground.origin,
      person: log.person,
      head: log.head,
      at: this.ground.clock(),
      signer: { id: device, signing },
      payload: { kind: 'identity.attested' },
    });
    const wish = { purpose: 'continuity', person: log.person, entropy: null } as const;
    return { ...wish, statement: wire, head: log.head, hash: head.h };
  }

  async finish(session: Session, { statement, random, person }: PendingSignIn): Promise<void> {
    if (statement === null || person === null || session.signIn === null) {
      throw new Fault('not-ready', 'nothing was begun here');
    }
    const { idToken } = session.signIn;
    const attestation = { type: 'provider', purpose: 'continuity', idToken, random } as const;
    const input = { params: { person }, body: { statement: { ...statement, attestation } } };
    await this.ground.api.call(IDENTITY_ROUTES.continueIdentity, input);
    await this.people.forget(person);
    this.ground.changes.tell({ what: 'people' });
  }

  /** As the server has it: a statement on an old head would be refused. */
  async #log(): Promise<IdentityState> {
    const person = this.vault.me();
    await this.people.forget(person);
    return this.people.state(person);
  }

  async #certified(): Promise<CertifiedClaims | null> {
    const person = this.vault.person();
    const trust = person === null ? undefined : (await this.people.kept(person))?.trust;
    return trust?.level === 'certified' ? trust.claims : null;
  }
}

/** By the token while it is at hand, since it alone names former numbers; else as the session. */
function claimsOf({ signIn, claims }: Session): CertifiedClaims | null {
  if (signIn !== null) return certifiedClaims(decodeJwt(signIn.idToken));
  if (claims?.certified !== true) return null;
  const { nationalId, familyName, givenName } = claims;
  return { subject: '', nationalId, familyName, givenName, professions: [], otherIds: [] };
}

const shown = ({ givenName, familyName, nationalId }: CertifiedClaims): IdentityMoveView['was'] => {
  return { level: 'certified', name: calledName(givenName, familyName), nationalId };
};
