/**
 * The new device's side of linking. It believes an answer only if the camera's secret stands behind
 * it, or its person found the same digits on both screens; then it waits until its person's log
 * holds the very statement that was answered. What it waits for outlives a reload.
 */
import { canonical, parseCanonical } from '@liaison/contract/encoding';
import { Problem } from '@liaison/contract/errors';
import type { PersonId } from '@liaison/contract/ids';
import { IDENTITY_ROUTES, IdentityStatement } from '@liaison/contract/identity';
import { LINK_ROUTES, type LinkAnswer } from '@liaison/contract/link';
import { possessionSigned } from '@liaison/contract/signing';
import { linkMac } from '../crypto/link.js';
import { sign } from '../crypto/signing.js';
import type { EvidenceRoom } from '../evidence.js';
import type { LinkAskView } from '../face.devices.js';
import { Fault } from '../fault.js';
import type { Ground } from '../ground.js';
import { openPersonKeys } from '../logs/person-keys.js';
import type { People } from '../people.js';
import type { Vault } from '../vault.js';
import type { Enrolment } from './enrolment.js';
import { LINK_ASKED, type LinkAsked } from './link.asked.js';
import { askFor, readLink, viewOf } from './link.words.js';

export interface AskingParts {
  readonly ground: Ground;
  readonly vault: Vault;
  readonly people: People;
  readonly evidence: EvidenceRoom;
  readonly enrolment: Enrolment;
}

export class LinkAsking {
  constructor(private readonly parts: AskingParts) {}

  /** Shows a fresh code: the one before, if any, is given up. */
  async ask(person: PersonId): Promise<LinkAskView> {
    const { ground, vault } = this.parts;
    await this.cancel();
    return this.#keep({ person, ...(await askFor(ground, vault, 'device')) });
  }

  /** One step further, if the other device took one; null where nothing was asked. */
  async look(): Promise<LinkAskView | null> {
    const pending = await this.#pending();
    if (pending === null) return null;
    const link = await readLink(this.parts.ground, pending);
    const still = await this.#pending();
    // Another look heard the answer meanwhile, or the code was given up and the keys with it: to
    // fresh keys an honest answer to the former ones would seem to be for another device.
    if (!isSame(still, pending)) return still === null ? null : viewOf(this.parts.ground, still);
    if (link?.ended === 'refused') return this.#over(pending, 'refused');
    if (pending.isAgreed && (await this.#isLinked(pending))) return this.#enter(pending);
    if (link === null) return this.#over(pending, 'expired');
    if (pending.answer === null && link.answer !== null) return this.#hear(pending, link.answer);
    return viewOf(this.parts.ground, pending);
  }

  /** The person compared the digits on both screens. */
  async compared(same: boolean): Promise<LinkAskView | null> {
    const pending = await this.#pending();
    if (pending === null) return null;
    if (same && pending.answer !== null) return this.#keep({ ...pending, isAgreed: true });
    return this.#refuse(pending);
  }

  async cancel(): Promise<void> {
    const pending = await this.#pending();
    if (pending !== null) await this.#refuse(pending);
  }

  async #hear(pending: LinkAsked, answer: LinkAnswer): Promise<LinkAskView> {
    const { ground, vault, evidence } = this.parts;
    const { ask, secret, random } = pending;
    const { code, commitment } = ask;
    const mac = linkMac(secret, commitment, answer.text, answer.random);
    const isForged = answer.mac !== null && answer.mac !== mac;
    if (isForged || !this.#isForUs(pending.person, answer.text)) {
      await evidence.exhibit('link-altered', 'the answer is not for this device', answer);
      await this.#refuse(pending);
      throw new Fault('link-altered', 'the answer was changed on the way');
    }
    const kept = { ...pending, answer, isAgreed: answer.mac !== null };
    // Kept before anything is revealed: after a reload no second answer is heard.
    const view = await this.#keep(kept);
    const said = possessionSigned(ground.origin, answer.text);
    const body = { random, possession: sign(vault.device().signing.secretKey, said) };
    await ground.api.call(LINK_ROUTES.revealLink, { params: { code }, body });
    return view;
  }

  #isForUs(person: PersonId, text: string): boolean {
    const statement = readStatement(text);
    const { ground, vault } = this.parts;
    if (statement?.origin !== ground.origin || statement.person !== person) return false;
    const { payload } = statement;
    if (payload.kind !== 'device.added') return false;
    return canonical(payload.keys) === canonical(vault.device().keys);
  }

  /** Whether the log holds the statement that was answered: its `prev` names all before it. */
  async #isLinked({ person, answer }: LinkAsked): Promise<boolean> {
    await this.parts.people.forget(person);
    const n = readStatement(answer?.text ?? '')?.n ?? -1;
    const known = this.parts.people.known(person)?.log.statements[n];
    return known !== undefined && canonical(known) === answer?.text;
  }

  async #enter(pending: LinkAsked): Promise<LinkAskView> {
    const { ground, vault, people, enrolment } = this.parts;
    const { person } = pending;
    const { log } = await people.state(person);
    const params = { person };
    const { copies } = await ground.api.call(IDENTITY_ROUTES.personKeyCopies, { params });
    const { device, sealing } = vault.device();
    const keys = openPersonKeys(log, copies, device, sealing);
    if (!keys.has(log.generations.at(-1)?.generation ?? 0)) {
      throw new Fault('no-keys', 'the new device was given no key that opens');
    }
    await enrolment.belong(person, keys);
    return this.#over(pending, 'linked');
  }

  async #refuse(pending: LinkAsked): Promise<LinkAskView> {
    const params = { code: pending.ask.code };
    try {
      const body = { ended: 'refused' } as const;
      await this.parts.ground.api.call(LINK_ROUTES.endLink, { params, body });
    } catch (error) {
      // It ends by itself where the server cannot be told.
      if (!(error instanceof Problem) && !(error instanceof Fault)) throw error;
    }
    return this.#over(pending, 'refused');
  }

  async #over(pending: LinkAsked, state: 'refused' | 'expired' | 'linked'): Promise<LinkAskView> {
    await this.parts.ground.store.transaction((tx) => {
      tx.delete('secrets', LINK_ASKED);
    });
    // Keys that signed for an answer which nobody believed never speak for anybody.
    const isSpoilt = state !== 'linked' && pending.answer !== null;
    if (isSpoilt) await this.parts.vault.forget();
    return { ...viewOf(this.parts.ground, pending), state };
  }

  async #keep(pending: LinkAsked): Promise<LinkAskView> {
    await this.parts.ground.store.transaction((tx) => {
      tx.put('secrets', LINK_ASKED, pending);
    });
    return viewOf(this.parts.ground, pending);
  }

  async #pending(): Promise<LinkAsked | null> {
    return (await this.parts.ground.store.get<LinkAsked>('secrets', LINK_ASKED)) ?? null;
  }
}

/** Whether nothing was heard or said of what was asked in between. */
const isSame = (now: LinkAsked | null, before: LinkAsked): boolean =>
  now?.ask.code === before.ask.code &&
  now.answer?.random === before.answer?.random &&
  now.isAgreed === before.isAgreed;

function readStatement(text: string): IdentityStatement | null {
  try {
    return IdentityStatement.safeParse(parseCanonical(text)).data ?? null;
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
