/**
 * How a device comes to speak for a person: the first one opens the identity log, a later one is
 * let in by the recovery code. Keys and statements exist before anybody signs in, so that the
 * provider's token attests these very keys and no others.
 */
import { fromBase64Url, toBase64Url } from '@liaison/contract/bytes';
import { Problem } from '@liaison/contract/errors';
import { type PersonId, ZERO_HASH } from '@liaison/contract/ids';
import { type Attestation, IDENTITY_ROUTES, type IdentityHead } from '@liaison/contract/identity';
import type { Session } from '@liaison/contract/session';
import { SESSION_ROUTES } from '@liaison/contract/session';
import type { CallInput } from '../api.js';
import type { PersonKeys } from '../crypto/epoch.js';
import { newRecoveryEntropy, recoveryKeys } from '../crypto/recovery.js';
import { signingPairFromSeed } from '../crypto/signing.js';
import { Fault } from '../fault.js';
import type { Ground } from '../ground.js';
import {
  attested,
  type BuiltStatement,
  buildGenesis,
  buildStatement,
  type Genesis,
  invitationProof,
  NO_STATEMENT,
  recoveryPayload,
} from '../logs/identity-statements.js';
import type { IdentityState } from '../logs/identity-state.js';
import { copyPersonKey, openPersonKeys, rotatePersonKey } from '../logs/person-keys.js';
import type { Vault } from '../vault.js';
import { foldStatements } from './own-log.js';
import { LINK_ASKED, type LinkAsked } from './link.asked.js';
import type { PendingSignIn, Purpose } from './sign-in.js';

const GENESIS = 'genesis';
/** The entropy of the recovery code, until its owner has shown that they kept it. */
export const RECOVERY_ENTROPY = 'recovery-entropy';
export const INVITATION_SEED = 'invitation-seed';

export class Enrolment {
  constructor(
    private readonly ground: Ground,
    private readonly vault: Vault,
  ) {}

  /** The statement that would open this device's log: made once, so retries attest the same. */
  async genesis(): Promise<Genesis> {
    return this.ground.store.transaction(async (tx) => {
      const known = await tx.get<Genesis>('secrets', GENESIS);
      if (known !== undefined) return known;
      const { origin } = this.ground;
      const device = this.vault.device();
      const genesis = buildGenesis({ origin, at: this.ground.clock(), device });
      tx.put('secrets', GENESIS, genesis);
      return genesis;
    });
  }

  async purposeOfGenesis(): Promise<Purpose> {
    const { wire, head } = await this.genesis();
    const wish = { purpose: 'genesis', person: null, entropy: null } as const;
    return { ...wish, statement: wire, head: NO_STATEMENT, hash: head.h };
  }

  /** Opens the log with the attestation that this session can give. */
  async enrol(session: Session, pending: PendingSignIn | null): Promise<PersonId> {
    const made = await this.genesis();
    const genesis = attested(made, await this.#attest(session, pending, made));
    const { person } = genesis;
    const { origin } = this.ground;
    const at = this.ground.clock();
    const device = this.vault.device();
    const signer = { id: device.keys.device, signing: device.signing };
    const recovery = recoveryKeys(await this.#recoveryEntropy(), person);
    const payload = recoveryPayload(recovery, at);
    const holder = recovery.signing;
    const paper = buildStatement({
      origin,
      person,
      head: genesis.head,
      at,
      signer,
      payload,
      holder,
    });
    const log = foldStatements(person, [genesis, paper]);
    const base = { origin, log, head: paper.head, at, signer };
    const key = rotatePersonKey({ ...base, reason: 'genesis', previous: null });
    const statements = [genesis.wire, paper.wire, key.wire];
    const body = { statements, copies: [...key.copies] };
    await this.#open(body);
    await this.belong(person, new Map([[1, key.keys]]));
    return person;
  }

  /** A statement of a clock that was wrong stays wrong: whoever sets the clock makes another. */
  async #open(body: CallInput<typeof IDENTITY_ROUTES.enrol>['body']): Promise<void> {
    try {
      await this.ground.api.call(IDENTITY_ROUTES.enrol, { body });
    } catch (error) {
      if (error instanceof Problem && error.code === 'clock_skew') {
        await this.ground.store.transaction((tx) => {
          tx.delete('secrets', GENESIS);
        });
      }
      throw error;
    }
  }

  /**
   * Whether the log of whoever signed in holds this device already: then an answer got lost, or we
   * ended, between the server's word and ours. The keys come by the copies that are sealed to it.
   */
  async recognise(log: IdentityState): Promise<void> {
    const { device } = this.vault.device();
    if (log.log.devices.get(device)?.revokedAt !== null) return;
    // A link that its person has not agreed to yet is no link, whatever log holds it.
    const asked = await this.ground.store.get<LinkAsked>('secrets', LINK_ASKED);
    if (asked?.isAgreed === false) return;
    await this.belong(log.person, new Map());
  }

  /** The statement by which the recovery code lets this device in, to be attested by a sign-in. */
  purposeOfRecovery(log: IdentityState, entropy: Uint8Array): Purpose {
    const { wire, head } = this.#admission(log, entropy, this.ground.clock());
    const { person, head: before } = log;
    const wish = { purpose: 'recovery', person, entropy: toBase64Url(entropy) } as const;
    return { ...wish, statement: wire, head: before, hash: head.h };
  }

  /** Lets this device in, with a copy of the person key that the recovery key opens. */
  async recover(session: Session, pending: PendingSignIn, log: IdentityState): Promise<void> {
    const { statement, entropy } = pending;
    if (statement === null || entropy === null || session.signIn === null) {
      throw new Fault('not-ready', 'no recovery was begun here');
    }
    const paper = recoveryKeys(fromBase64Url(entropy), log.person);
    const { person } = log;
    const served = await this.ground.api.call(IDENTITY_ROUTES.personKeyCopies, {
      params: { person },
    });
    const keys = openPersonKeys(log.log, served.copies, 'recovery', paper.sealing);
    const { idToken } = session.signIn;
    const { random } = pending;
    const attestation = { type: 'provider', purpose: 'recovery', idToken, random } as const;
    const admitted = foldStatements(person, [{ wire: statement }], log);
    const device = this.vault.device().keys.device;
    const copies = log.log.generations.flatMap((key) => {
      const own = keys.get(key.generation);
      return own === undefined ? [] : [copyPersonKey(admitted, key, own, device)];
    });
    const body = { statements: [{ ...statement, attestation }], copies };
    await this.ground.api.call(IDENTITY_ROUTES.appendIdentity, { params: { person }, body });
    await this.belong(person, keys);
  }

  #admission(log: IdentityState, entropy: Uint8Array, at: number): BuiltStatement {
    const device = this.vault.device();
    const { signing } = recoveryKeys(entropy, log.person);
    return buildStatement({
      origin: this.ground.origin,
      person: log.person,
      head: log.head,
      at,
      signer: { id: 'recovery', signing },
      payload: { kind: 'device.added', keys: device.keys },
      holder: device.signing,
    });
  }

  /** The device is in the person's log: what its way in needed is forgotten. */
  async belong(person: PersonId, keys: ReadonlyMap<number, PersonKeys>): Promise<void> {
    await this.vault.belongTo(person, keys);
    await this.ground.store.transaction((tx) => {
      tx.delete('secrets', GENESIS);
      tx.delete('secrets', INVITATION_SEED);
    });
  }

  async #recoveryEntropy(): Promise<Uint8Array> {
    const text = await this.ground.store.transaction(async (tx) => {
      const known = await tx.get<string>('secrets', RECOVERY_ENTROPY);
      const entropy = known ?? toBase64Url(newRecoveryEntropy());
      if (known === undefined) tx.put('secrets', RECOVERY_ENTROPY, entropy);
      return entropy;
    });
    return fromBase64Url(text);
  }

  async #attest(
    session: Session,
    pending: PendingSignIn | null,
    genesis: Genesis,
  ): Promise<Attestation> {
    const statement = genesis.head.h;
    if (pending?.purpose === 'genesis' && session.signIn !== null) {
      const { idToken } = session.signIn;
      return { type: 'provider', purpose: 'genesis', idToken, random: pending.random };
    }
    if (session.voucher?.type === 'invitation') {
      const seed = await this.ground.store.get<string>('secrets', INVITATION_SEED);
      const pair = signingPairFromSeed(fromBase64Url(seed ?? ''));
      const proof = invitationProof(pair, this.ground.origin, statement);
      const { text, signature } = session.voucher;
      return { type: 'invitation', text, signature, proof };
    }
    if (session.voucher?.type !== 'operator') {
      throw new Fault('not-ready', 'this sign-in attests nothing: sign in again');
    }
    const body = { genesis: statement };
    const { proof } = await this.ground.api.call(SESSION_ROUTES.operatorProof, { body });
    return { type: 'operator', proof };
  }
}

/** A plain sign-in attests nothing but the head that this device knows. */
export function purposeOfSession(head: IdentityHead): Purpose {
  const wish = { purpose: 'session', person: null, entropy: null } as const;
  return { ...wish, statement: null, head, hash: ZERO_HASH };
}
