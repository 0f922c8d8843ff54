/**
 * Who is signed in, and what this device still needs before it can act. The last answer is kept, so
 * that what was read before can be read offline.
 */
import { fromBase64Url } from '@liaison/contract/bytes';
import { Problem } from '@liaison/contract/errors';
import { INVITATION_ROUTES, seedOfInvitation } from '@liaison/contract/invitation';
import type { PersonId } from '@liaison/contract/ids';
import { PASSKEY_ROUTES } from '@liaison/contract/passkey';
import { type RoleId, type Session, SESSION_ROUTES } from '@liaison/contract/session';
import { redemptionSigned } from '@liaison/contract/signing';
import { toBase64Url } from '@liaison/contract/bytes';
import type { Profession } from '@liaison/contract/profession';
import { sign, signingPairFromSeed } from '../crypto/signing.js';
import { NO_STATEMENT } from '../logs/identity-statements.js';
import type { EndedView, SessionView } from '../face.js';
import type { PaperView, ResetView } from '../face.recovery.js';
import type { IdentityMoveView } from '../face.trust.js';
import { isAway } from '../away.js';
import { Fault } from '../fault.js';
import type { Ground } from '../ground.js';
import type { IdentityState } from '../logs/identity-state.js';
import type { People } from '../people.js';
import type { Self } from '../self.js';
import type { Vault } from '../vault.js';
import type { Continuity } from './continuity.js';
import { endOf } from './device-end.js';
import {
  type Enrolment,
  INVITATION_SEED,
  purposeOfSession,
  RECOVERY_ENTROPY,
} from './enrolment.js';
import type { DeviceNames } from './device-names.js';
import type { Papers } from './papers.js';
import { isLeaseOver, isLeftOver } from './post.standing.js';
import type { Resets } from './resets.js';
import type { PendingSignIn, SignIn } from './sign-in.js';

export type PasskeyUse = 'register' | 'unlock' | 'sign-in';

export interface SessionParts {
  readonly ground: Ground;
  readonly vault: Vault;
  readonly people: People;
  readonly self: Self;
  readonly names: DeviceNames;
  readonly enrolment: Enrolment;
  readonly signIn: SignIn;
  readonly papers: Papers;
  readonly resets: Resets;
  readonly continuity: Continuity;
}

const LAST = 'session';
/** Whose a store is that a passkey shuts: in its open part, so that they can sign in again. */
const OWNER = 'owner';
/** Not signed in (any more), and locked. */
const SESSION_OVER: readonly number[] = [401, 423];

export class Sessions {
  #last: Session | null = null;
  #looking = false;

  constructor(private readonly parts: SessionParts) {
    parts.ground.api.onRefusal = ({ status }) => {
      if (SESSION_OVER.includes(status)) parts.ground.aside(this.#lookAgain());
    };
  }

  get last(): Session | null {
    return this.#last;
  }

  /** The session as the server has it, or as it last was while the server is away. */
  async read(): Promise<Session | null> {
    const { api, store } = this.parts.ground;
    try {
      const { session } = await api.call(SESSION_ROUTES.session, {});
      await this.#recognise(session);
      return await this.take(session);
    } catch (error) {
      const isOver = error instanceof Problem && SESSION_OVER.includes(error.status);
      if (isOver || !isAway(error)) throw error;
      return this.take((await store.get<Session>('meta', LAST)) ?? null);
    }
  }

  /**
   * For a screen that opens: the server's answer where it comes soon, since the session may have
   * locked meanwhile; otherwise as it last was, until the answer comes.
   */
  async readSoon(): Promise<void> {
    const { reach, store } = this.parts.ground;
    await reach.soon(() => this.read());
    if (this.#last === null) await this.take((await store.get<Session>('meta', LAST)) ?? null);
  }

  /** A device that belongs to nobody may be in its owner's log all the same. */
  async #recognise(session: Session | null): Promise<void> {
    const { people, vault, enrolment } = this.parts;
    if (session === null || session.locked || session.person === null) return;
    if (vault.person() !== null || this.isShut() || isLeftOver(session, vault)) return;
    try {
      await people.refresh([session.person], 0);
    } catch (error) {
      // The session stands all the same; the next look at it finds the log.
      if (!isAway(error)) throw error;
    }
    const log = people.known(session.person);
    if (log !== null) await enrolment.recognise(log);
  }

  async take(session: Session | null): Promise<Session | null> {
    this.#last = session;
    this.parts.self.profession = professionOf(session);
    // Who was at a post must not stand in a store that outlives it.
    const kept = isLeftOver(session, this.parts.vault) ? null : session;
    await this.parts.ground.store.transaction((tx) => {
      // The token is for today's attestation alone, and this table is not sealed.
      tx.put('meta', LAST, kept === null ? null : { ...kept, signIn: null });
    });
    this.parts.ground.changes.tell({ what: 'session' });
    return session;
  }

  /** The server just said that this session is locked or over, and the screens do not know it. */
  async #lookAgain(): Promise<void> {
    if (this.#looking || this.#last === null || this.#last.locked) return;
    this.#looking = true;
    try {
      await this.read();
    } catch (error) {
      // The next refusal makes us look again.
      if (!(error instanceof Fault) && !(error instanceof Problem)) throw error;
    } finally {
      this.#looking = false;
    }
  }

  /** What this device has read is shown to nobody while it is locked or signed out. */
  mustBeOpen(): void {
    if (this.#last === null) throw new Problem('not_signed_in');
    if (this.#last.locked) throw new Problem('session_locked');
    if (this.isShut()) throw new Fault('store-shut', 'a passkey must open this store first');
  }

  /** What this device keeps is closed by a passkey that was not asked yet. */
  isShut(): boolean {
    return this.parts.ground.store.latch?.state === 'shut';
  }

  /** Whose session this is, whether or not this device speaks for them. */
  person(): PersonId {
    const person = this.#last?.person ?? null;
    if (person === null) throw new Fault('not-ready', 'sign in first');
    return person;
  }

  async state(): Promise<SessionView['state']> {
    const session = this.#last;
    if (session === null) return 'signed-out';
    if (isLeftOver(session, this.parts.vault)) return 'post-gone';
    if (session.locked) return 'locked';
    if (this.isShut()) return 'shut';
    const own = this.parts.vault.person();
    if (session.person === null) return (await this.move()) === null ? 'no-identity' : 'moved';
    if (own !== session.person) return 'other-device';
    if ((await this.ended()) !== null) return 'device-ended';
    if (this.isLeaseOver()) return 'lease-over';
    const entropy = await this.parts.ground.store.get('secrets', RECOVERY_ENTROPY);
    return entropy === undefined ? 'ready' : 'backup-needed';
  }

  /** This device's end in the person's log; null while it is live, or is nobody's. */
  async ended(): Promise<EndedView | null> {
    const { vault, people, names } = this.parts;
    const person = vault.person();
    if (person === null) return null;
    const called = await names.known();
    return endOf(await people.kept(person), vault.device().device, called);
  }

  /** What the provider says of this device's owner and their log does not say yet. */
  async move(): Promise<IdentityMoveView | null> {
    return this.#last === null ? null : this.parts.continuity.view(this.#last);
  }

  async beginContinuity(returnTo: string): Promise<{ readonly authorizeUrl: string }> {
    return this.parts.signIn.begin(await this.parts.continuity.purpose(), returnTo);
  }

  isLeaseOver(): boolean {
    const { vault, people, ground } = this.parts;
    const person = vault.person();
    if (person === null) return false;
    return isLeaseOver(vault, people.known(person), ground.clock());
  }

  /** A post that was reloaded has lost its keys: its session serves nobody any more. */
  async endLeftOver(): Promise<void> {
    if (isLeftOver(this.#last, this.parts.vault)) await this.end();
  }

  async begin(returnTo: string): Promise<{ readonly authorizeUrl: string }> {
    const { vault, people, enrolment, signIn } = this.parts;
    const { store } = this.parts.ground;
    const person = this.isShut() ? await store.get<PersonId>('meta', OWNER) : vault.person();
    if (person === null || person === undefined) {
      return signIn.begin(await enrolment.purposeOfGenesis(), returnTo);
    }
    const head = (await people.kept(person))?.head ?? NO_STATEMENT;
    return signIn.begin(purposeOfSession(head), returnTo);
  }

  async beginRecovery(
    words: readonly string[],
    returnTo: string,
  ): Promise<{ readonly authorizeUrl: string }> {
    const { enrolment, signIn, papers } = this.parts;
    const log = await this.ownLog();
    const entropy = papers.opening(words, log);
    return signIn.begin(enrolment.purposeOfRecovery(log, entropy), returnTo);
  }

  async readPaper(words: readonly string[]): Promise<PaperView> {
    return this.parts.papers.read(words, await this.ownLog());
  }

  /** The log of whoever signed in, as the server has it now: this device may know nothing of it. */
  async ownLog(): Promise<IdentityState> {
    const person = this.#last?.person ?? null;
    if (person === null) throw new Fault('not-ready', 'sign in before recovering');
    await this.parts.people.forget(person);
    return this.parts.people.state(person);
  }

  /** Completes whatever was begun: enrols the first device, or lets this one in. */
  async finish(): Promise<void> {
    const { signIn, vault } = this.parts;
    const session = await this.read();
    // A shut store belongs to somebody: nothing was begun but their sign-in.
    if (session === null || session.locked || this.isShut()) return;
    const pending = await signIn.ofSession(session);
    if (session.person === null && vault.person() === null) {
      if (pending?.purpose !== 'genesis' && session.voucher === null) return;
      await this.#enrol(session, pending);
      await this.read();
    }
    if (pending !== null && vault.person() === null) await this.#comeBack(session, pending);
    if (pending?.purpose === 'continuity') {
      await this.parts.continuity.finish(session, pending);
      await this.read();
    }
    await signIn.end();
  }

  /** Somebody known, on a device that is not theirs yet: by their paper, or as a new beginning. */
  async #comeBack(session: Session, pending: PendingSignIn): Promise<void> {
    const { enrolment, people, resets } = this.parts;
    const { purpose, person } = pending;
    if (person === null) return;
    if (purpose === 'recovery') {
      await enrolment.recover(session, pending, await people.state(person));
      await people.forget(person);
    }
    if (purpose === 'reset') await resets.finish(session, pending, await this.ownLog());
  }

  /** Asks to begin anew, or begins anew once the wait is over. */
  async beginReset(returnTo: string): Promise<{ readonly authorizeUrl: string }> {
    const { signIn, resets } = this.parts;
    return signIn.begin(resets.purpose(await this.ownLog()), returnTo);
  }

  async resetView(): Promise<ResetView> {
    return this.parts.resets.view(await this.ownLog());
  }

  /** A log that exists is ours where an answer got lost: the session then says whose it is. */
  async #enrol(session: Session, pending: PendingSignIn | null): Promise<void> {
    try {
      await this.parts.enrolment.enrol(session, pending);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'identity_exists') throw error;
    }
  }

  /** Told before the store is shut, so that its owner can sign in while it is. */
  async noteOwner(): Promise<void> {
    const person = this.parts.vault.me();
    await this.parts.ground.store.transaction((tx) => {
      tx.put('meta', OWNER, person);
    });
  }

  async chooseRole(role: string): Promise<void> {
    const body = { role: role as RoleId };
    await this.take(
      (await this.parts.ground.api.call(SESSION_ROUTES.chooseRole, { body })).session,
    );
  }

  async lock(): Promise<void> {
    await this.take((await this.parts.ground.api.call(SESSION_ROUTES.lockSession, {})).session);
  }

  async end(): Promise<void> {
    await this.parts.ground.api.call(SESSION_ROUTES.signOut, { body: {} });
    await this.take(null);
  }

  async passkeyOptions(use: PasskeyUse): Promise<unknown> {
    const { api } = this.parts.ground;
    if (use === 'register')
      return (await api.call(PASSKEY_ROUTES.passkeyRegistrationOptions, {})).options;
    if (use === 'unlock') return (await api.call(PASSKEY_ROUTES.unlockOptions, {})).options;
    return (await api.call(PASSKEY_ROUTES.passkeySignInOptions, {})).options;
  }

  async passkeyAnswer(use: PasskeyUse, given: unknown): Promise<void> {
    const { api } = this.parts.ground;
    // The route's schema on the server is what judges an answer: here it only passes through.
    const body = { answer: given as never };
    if (use === 'register') {
      await api.call(PASSKEY_ROUTES.registerPasskey, { body });
      await this.read();
    } else if (use === 'unlock') {
      await this.take((await api.call(PASSKEY_ROUTES.unlockSession, { body })).session);
    } else {
      await this.take((await api.call(PASSKEY_ROUTES.passkeySignIn, { body })).session);
    }
  }

  async openInvitation(link: string): Promise<{ readonly name: string; readonly inviter: string }> {
    const { key } = invitationPair(link);
    const input = { params: { key } };
    const said = await this.parts.ground.api.call(INVITATION_ROUTES.openInvitation, input);
    return { name: said.name, inviter: said.inviter?.name ?? '' };
  }

  async invitationOptions(link: string): Promise<unknown> {
    const input = { params: { key: invitationPair(link).key } };
    return (await this.parts.ground.api.call(INVITATION_ROUTES.redeemOptions, input)).options;
  }

  /** The challenge is in what the authenticator signed: the invitation's key signs the same. */
  async acceptInvitation(link: string, given: unknown): Promise<void> {
    const { ground } = this.parts;
    const { key, secretKey, seed } = invitationPair(link);
    await ground.store.transaction((tx) => {
      tx.put('secrets', INVITATION_SEED, toBase64Url(seed));
    });
    const proof = sign(secretKey, redemptionSigned(ground.origin, challengeOf(given)));
    const body = { answer: given as never, proof };
    const reply = await ground.api.call(INVITATION_ROUTES.redeemInvitation, {
      params: { key },
      body,
    });
    await this.take(reply.session);
    await this.finish();
  }
}

function professionOf(session: Session | null): Profession {
  const role = session?.roles.find(({ id }) => id === session.role) ?? session?.roles[0];
  return role?.profession ?? session?.voucher?.role ?? 'other';
}

function invitationPair(link: string) {
  const seed = seedOfInvitation(link);
  if (seed === null) throw new Fault('link-wrong', 'no invitation in this address');
  const { publicKey: key, secretKey } = signingPairFromSeed(seed);
  return { key, secretKey, seed };
}

function challengeOf(given: unknown): string {
  const { response } = given as { response: { clientDataJSON: string } };
  const text = new TextDecoder().decode(fromBase64Url(response.clientDataJSON));
  return (JSON.parse(text) as { challenge: string }).challenge;
}
