/**
 * The signed-in device's side of linking: it answers a code with the statement that it would sign,
 * shows the digits, and signs once its person says so. Nothing of it outlives the screen: who
 * leaves begins again with a fresh code.
 */
import type { Hash } from '@liaison/contract/ids';
import { IDENTITY_ROUTES, type PersonKeyCopy } from '@liaison/contract/identity';
import {
  LINK_ROUTES,
  type LinkAnswer,
  linkCardIn,
  type LinkCode,
  type LinkView,
  typedLinkCode,
} from '@liaison/contract/link';
import { deviceIdHashed } from '@liaison/contract/signing';
import type { DeviceId } from '@liaison/contract/ids';
import { hash } from '../crypto/hash.js';
import { linkCommitment, linkDigits, linkMac } from '../crypto/link.js';
import { randomText } from '../crypto/random.js';
import type { EvidenceRoom } from '../evidence.js';
import type { LinkOfferView } from '../face.devices.js';
import { Fault } from '../fault.js';
import type { Ground } from '../ground.js';
import type { IdentityState } from '../logs/identity-state.js';
import { type BuiltStatement, buildStatement } from '../logs/identity-statements.js';
import { copyPersonKey } from '../logs/person-keys.js';
import type { People } from '../people.js';
import type { Vault } from '../vault.js';
import { foldStatements } from './own-log.js';

interface Offer {
  readonly code: LinkCode;
  /** As the camera or, failing it, the server first said it. */
  readonly commitment: Hash;
  readonly isScanned: boolean;
  readonly before: IdentityState;
  readonly built: BuiltStatement;
  readonly answer: LinkAnswer;
  readonly link: LinkView;
}

export interface GrantingParts {
  readonly ground: Ground;
  readonly vault: Vault;
  readonly people: People;
  readonly evidence: EvidenceRoom;
}

export class LinkGranting {
  #offer: Offer | null = null;

  constructor(private readonly parts: GrantingParts) {}

  /** Takes what was typed, or what the camera read, and answers it. */
  async open(text: string): Promise<LinkOfferView> {
    const { ground } = this.parts;
    const card = linkCardIn(ground.origin, text.trim());
    const code = card?.code ?? typedLinkCode(text);
    if (code === null) throw new Fault('code-wrong', 'no code in this text');
    const params = { code };
    const { link } = await ground.api.call(LINK_ROUTES.link, { params });
    const commitment = card?.commitment ?? link.ask.commitment;
    if (link.ask.commitment !== commitment) await this.#altered(link);
    const before = await this.#ownLog();
    const built = this.#draft(before, link);
    const random = randomText();
    const said = built.wire.text;
    const mac = card === null ? null : linkMac(card.secret, commitment, said, random);
    const answer = { text: said, random, mac };
    const answered = await ground.api.call(LINK_ROUTES.answerLink, { params, body: answer });
    const isScanned = card !== null;
    const offer = { code, commitment, isScanned, before, built, answer, link: answered.link };
    return this.#show(offer);
  }

  /** One step further, if the new device took one; null where nothing is under way. */
  async look(): Promise<LinkOfferView | null> {
    const offer = this.#offer;
    if (offer === null) return null;
    const params = { code: offer.code };
    const { link } = await this.parts.ground.api.call(LINK_ROUTES.link, { params });
    return this.#show({ ...offer, link });
  }

  /** Lets the new device in: the person saw that it is theirs. */
  async grant(): Promise<void> {
    const offer = this.#offer;
    const possession = offer?.link.reveal?.possession;
    if (offer === null || possession === undefined) {
      throw new Fault('not-ready', 'the new device has not shown itself yet');
    }
    const { ground, vault, people } = this.parts;
    const wire = { ...offer.built.wire, possession };
    const log = foldStatements(vault.me(), [{ wire }], offer.before);
    const recipient = deviceOf(offer.link);
    const copies = log.generations.flatMap((key): PersonKeyCopy[] => {
      const own = vault.generation(key.generation);
      return own === null ? [] : [copyPersonKey(log, key, own, recipient)];
    });
    const params = { person: vault.me() };
    const body = { statements: [wire], copies };
    await ground.api.call(IDENTITY_ROUTES.appendIdentity, { params, body });
    await this.#end('granted');
    await people.forget(vault.me());
    ground.changes.tell({ what: 'devices' });
  }

  async refuse(): Promise<void> {
    await this.#end('refused');
  }

  async #end(ended: 'granted' | 'refused'): Promise<void> {
    const offer = this.#offer;
    if (offer === null) return;
    this.#offer = null;
    const params = { code: offer.code };
    await this.parts.ground.api.call(LINK_ROUTES.endLink, { params, body: { ended } });
  }

  async #show(offer: Offer): Promise<LinkOfferView> {
    const { ground } = this.parts;
    const { code, commitment, answer, link, isScanned } = offer;
    this.#offer = offer;
    const base = { code, askedAt: link.askedAt, until: link.until };
    if (link.ended !== null) return { ...base, state: link.ended, digits: null };
    if (link.reveal === null) return { ...base, state: 'waiting', digits: null };
    const { random } = link.reveal;
    const isTrue = linkCommitment(ground.origin, keysOf(offer), random) === commitment;
    if (!isTrue) await this.#altered(link);
    const digits = linkDigits(commitment, answer, random);
    return { ...base, state: isScanned ? 'scanned' : 'compare', digits };
  }

  /** The server showed other keys than those that were committed to: nobody is let in. */
  async #altered(link: LinkView): Promise<never> {
    this.#offer = null;
    await this.parts.evidence.exhibit('link-altered', 'other keys than committed to', link);
    throw new Fault('link-altered', 'the keys of the new device were changed on the way');
  }

  #draft(before: IdentityState, { ask }: LinkView): BuiltStatement {
    const { ground, vault } = this.parts;
    const { signingKey, sealingKey } = ask;
    const { device, signing } = vault.device();
    const keys = { device: deviceOf({ ask }), signingKey, sealingKey, kind: 'durable' } as const;
    return buildStatement({
      origin: ground.origin,
      person: vault.me(),
      head: before.head,
      at: ground.clock(),
      signer: { id: device, signing },
      payload: { kind: 'device.added', keys },
    });
  }

  async #ownLog(): Promise<IdentityState> {
    const { people, vault } = this.parts;
    await people.forget(vault.me());
    return people.state(vault.me());
  }
}

function deviceOf({ ask }: Pick<LinkView, 'ask'>): DeviceId {
  return hash(deviceIdHashed(ask.signingKey, ask.sealingKey)) as string as DeviceId;
}

/** The keys that our answer names: whatever the server serves by now. */
function keysOf({ code, built }: Offer) {
  const { payload } = built.statement;
  if (payload.kind !== 'device.added') throw new RangeError('link: an answer that adds no device');
  const { signingKey, sealingKey } = payload.keys;
  return { code, signingKey, sealingKey };
}
