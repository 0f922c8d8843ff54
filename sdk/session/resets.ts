/**
 * Beginning anew, for who lost every device and the paper: asked for in the open, done after a wait
 * that any live device may end. It opens nothing that was sealed before, and lets nobody in again:
 * that is for colleagues to decide.
 */
import { fromBase64Url, toBase64Url } from '@liaison/contract/bytes';
import type { DeviceId, PersonId } from '@liaison/contract/ids';
import {
  IDENTITY_ROUTES,
  type IdentityPayload,
  type PersonKeyCopy,
  type WireStatement,
} from '@liaison/contract/identity';
import { isSigning } from '@liaison/contract/identity-rules';
import { LIMITS } from '@liaison/contract/limits';
import type { Session } from '@liaison/contract/session';
import { newRecoveryEntropy, recoveryKeys } from '../crypto/recovery.js';
import type { ResetAskedView, ResetView } from '../face.recovery.js';
import { Fault } from '../fault.js';
import type { Ground } from '../ground.js';
import type { IdentityState } from '../logs/identity-state.js';
import { buildStatement, recoveryPayload } from '../logs/identity-statements.js';
import { rotatePersonKey } from '../logs/person-keys.js';
import type { People } from '../people.js';
import type { Vault } from '../vault.js';
import { RECOVERY_ENTROPY } from './enrolment.js';
import type { KeyChange } from './key-change.js';
import { foldStatements, headOf } from './own-log.js';
import type { PendingSignIn, Purpose } from './sign-in.js';

export interface ResetParts {
  readonly ground: Ground;
  readonly vault: Vault;
  readonly people: People;
  readonly keyChange: KeyChange;
}

export class Resets {
  constructor(private readonly parts: ResetParts) {}

  /** How far this device, which is in nobody's log, has come. */
  view(state: IdentityState): ResetView {
    const { asked, devices, statements } = state.log;
    const own = this.#askedHere(state);
    if (own !== null) {
      const until = own.at + LIMITS.resetWaitMs.value;
      const isOver = this.parts.ground.clock() >= until;
      return { state: isOver ? 'due' : 'waiting', askedAt: own.at, until };
    }
    const waits = [...devices.values()].some(isSigning);
    const last = statements.findLast(
      ({ payload }) =>
        payload.kind === 'identity.reset-asked' && payload.keys.device === this.#device(),
    );
    const refusal = statements.findLast(
      ({ payload }) => payload.kind === 'identity.reset-refused' && payload.asked === last?.n,
    );
    if (refusal === undefined || asked.has(last?.n ?? -1)) return { state: 'none', waits };
    return { state: 'refused', refusedAt: refusal.at, waits };
  }

  /** What is asked for in the owner's name, by devices that are not theirs yet. */
  asked(state: IdentityState): ResetAskedView[] {
    return [...state.log.asked].map(([n, { at }]) => {
      return { asked: n, askedAt: at, until: at + LIMITS.resetWaitMs.value };
    });
  }

  /** What the coming sign-in attests: the wish, or the reset once its wait is over. */
  purpose(state: IdentityState): Purpose {
    const { device, signing, keys } = this.parts.vault.device();
    const view = this.view(state);
    if (view.state === 'waiting') throw new Fault('not-ready', 'the wait is not over');
    const asked = view.state === 'due' ? (this.#askedHere(state)?.n ?? null) : null;
    const mayBegin = !('waits' in view) || !view.waits;
    const payload: IdentityPayload = mayBegin
      ? { kind: 'identity.reset', keys, asked }
      : { kind: 'identity.reset-asked', keys };
    const { wire, head } = buildStatement({
      origin: this.parts.ground.origin,
      person: state.person,
      head: state.head,
      at: this.parts.ground.clock(),
      signer: { id: device, signing },
      payload,
      holder: signing,
    });
    const wish = { purpose: 'reset', person: state.person, entropy: null } as const;
    return { ...wish, statement: wire, head: state.head, hash: head.h };
  }

  /** Says what the sign-in attested; a reset brings a new paper and a new key with it. */
  async finish(session: Session, pending: PendingSignIn, state: IdentityState): Promise<void> {
    const { statement, random } = pending;
    if (statement === null || session.signIn === null) {
      throw new Fault('not-ready', 'no reset was begun here');
    }
    const { idToken } = session.signIn;
    const attestation = { type: 'provider', purpose: 'reset', idToken, random } as const;
    const said = { ...statement, attestation };
    const { lastReset } = foldStatements(state.person, [{ wire: said }], state);
    if (lastReset <= state.head.n) return this.#send(state.person, [said], []);
    const { statements, copies, keys } = await this.#begun(state, said);
    await this.#send(state.person, statements, copies);
    await this.parts.vault.belongTo(state.person, keys);
  }

  /** On a live device: this was not me. */
  async refuse(asked: number): Promise<void> {
    const { keyChange, vault, ground } = this.parts;
    const before = await keyChange.log();
    if (!before.log.asked.has(asked)) return;
    const { wire } = keyChange.state(before, { kind: 'identity.reset-refused', asked });
    await this.#send(vault.me(), [wire], []);
    ground.changes.tell({ what: 'devices' });
  }

  /** The reset, with the paper and the key that are the first of the new beginning. */
  async #begun(state: IdentityState, said: WireStatement) {
    const { ground, vault } = this.parts;
    const { person } = state;
    const { device, signing } = vault.device();
    const signer = { id: device, signing };
    const at = ground.clock();
    const place = { origin: ground.origin, person, at, signer };
    const recovery = recoveryKeys(await this.#entropy(), person);
    const payload = recoveryPayload(recovery, at);
    const head = headOf(said);
    const paper = buildStatement({ ...place, head, payload, holder: recovery.signing });
    const log = foldStatements(person, [{ wire: said }, paper], state);
    const draft = { ...place, log, head: paper.head };
    const rotated = rotatePersonKey({ ...draft, reason: 'reset', previous: null });
    const keys = new Map([[log.lastGeneration + 1, rotated.keys]]);
    return { statements: [said, paper.wire, rotated.wire], copies: [...rotated.copies], keys };
  }

  /** Kept until its owner has shown that they printed it, as at a first set-up. */
  #entropy(): Promise<Uint8Array> {
    return this.parts.ground.store.transaction(async (tx) => {
      const known = await tx.get<string>('secrets', RECOVERY_ENTROPY);
      const text = known ?? toBase64Url(newRecoveryEntropy());
      if (known === undefined) tx.put('secrets', RECOVERY_ENTROPY, text);
      return fromBase64Url(text);
    });
  }

  async #send(person: PersonId, statements: WireStatement[], copies: PersonKeyCopy[]) {
    const { ground, people } = this.parts;
    const input = { params: { person }, body: { statements, copies } };
    await ground.api.call(IDENTITY_ROUTES.appendIdentity, input);
    await people.forget(person);
  }

  /** What this very device asked for, and nobody refused. */
  #askedHere({ log }: IdentityState): { readonly n: number; readonly at: number } | null {
    const device = this.#device();
    const own = [...log.asked].find(([, { keys }]) => keys.device === device);
    return own === undefined ? null : { n: own[0], at: own[1].at };
  }

  #device(): DeviceId {
    return this.parts.vault.device().device;
  }
}
