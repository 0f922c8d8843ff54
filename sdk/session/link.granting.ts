/**
 * The signed-in device's side of linking: it answers a code with the statement that it would sign,
 * shows the digits, and signs once its person says so. Nothing of it outlives the screen: who
 * leaves begins again with a fresh code.
 */
import type { Hash } from '@liaison/contract/ids';
import {
  IDENTITY_ROUTES,
  type PersonKeyCopy,
  type WireStatement,
} from '@liaison/contract/identity';
import { type Lease, leaseText } from '@liaison/contract/lease';
import { LIMITS } from '@liaison/contract/limits';
import {
  LINK_ROUTES,
  type LinkAnswer,
  type LinkAsk,
  linkCardIn,
  type LinkCode,
  type LinkView,
  typedLinkCode,
} from '@liaison/contract/link';
import { deviceIdHashed, leasedIdHashed, leaseSigned } from '@liaison/contract/signing';
import type { DeviceId } from '@liaison/contract/ids';
import { hash } from '../crypto/hash.js';
import { linkCommitment, linkDigits, linkMac } from '../crypto/link.js';
import { randomText } from '../crypto/random.js';
import { sign } from '../crypto/signing.js';
import type { EvidenceRoom } from '../evidence.js';
import type { LinkOfferView } from '../face.devices.js';
import { Fault } from '../fault.js';
import type { Ground } from '../ground.js';
import type { IdentityState } from '../logs/identity-state.js';
import { type BuiltStatement, buildStatement } from '../logs/identity-statements.js';
import { copyPersonKey, sealPersonKey } from '../logs/person-keys.js';
import type { People } from '../people.js';
import type { Vault } from '../vault.js';
import { foldStatements } from './own-log.js';
import type { OwnKeys } from './person-keys.js';

interface Offer {
  readonly code: LinkCode;
  /** The keys that our answer names: whatever the server serves by now. */
  readonly ask: LinkAsk;
  /** As the camera or, failing it, the server first said it. */
  readonly commitment: Hash;
  readonly isScanned: boolean;
  readonly before: IdentityState;
  readonly built: BuiltStatement | BuiltLease;
  readonly answer: LinkAnswer;
  readonly link: LinkView;
}

/** What a post would get; its signature is held back until our person agrees. */
interface BuiltLease {
  readonly lease: Lease;
  readonly text: string;
}

export interface GrantingParts {
  readonly ground: Ground;
  readonly vault: Vault;
  readonly people: People;
  readonly evidence: EvidenceRoom;
  readonly ownKeys: OwnKeys;
}

export class LinkGranting {
  #offer: Offer | null = null;

  constructor(private readonly parts: GrantingParts) {}

  /** Takes what was typed, or what the camera read, and answers it. */
  async open(text: string): Promise<LinkOfferView> {
    const { ground, vault } = this.parts;
    vault.mustBeOwn();
    const card = linkCardIn(ground.origin, text.trim());
    const code = card?.code ?? typedLinkCode(text);
    if (code === null) throw new Fault('code-wrong', 'no code in this text');
    const params = { code };
    const { link } = await ground.api.call(LINK_ROUTES.link, { params });
    const commitment = card?.commitment ?? link.ask.commitment;
    if (link.ask.commitment !== commitment) await this.#altered(link);
    const before = await this.#ownLog();
    const isPost = link.ask.wish === 'post';
    const built = isPost ? this.#lease(before, link) : this.#draft(before, link);
    const random = randomText();
    const said = textOf(built);
    const mac = card === null ? null : linkMac(card.secret, commitment, said, random);
    const answer = { text: said, random, mac };
    const answered = await ground.api.call(LINK_ROUTES.answerLink, { params, body: answer });
    const isScanned = card !== null;
    const { ask } = link;
    const offer = { code, ask, commitment, isScanned, before, built, answer, link: answered.link };
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

  /** Lets the new device or post in: the person saw that it is theirs. */
  async grant(): Promise<void> {
    const offer = this.#offer;
    const reveal = offer?.link.reveal ?? null;
    if (offer === null || reveal === null) {
      throw new Fault('not-ready', 'the new device has not shown itself yet');
    }
    const { built } = offer;
    if ('lease' in built) await this.#lend(offer, built);
    else await this.#admit(offer, { ...built.wire, possession: reveal.possession });
    this.parts.ground.changes.tell({ what: 'devices' });
  }

  async #admit(offer: Offer, wire: WireStatement): Promise<void> {
    const { ground, vault, people } = this.parts;
    const log = foldStatements(vault.me(), [{ wire }], offer.before);
    const recipient = deviceOf(offer.ask);
    const copies = log.generations.flatMap((key): PersonKeyCopy[] => {
      const own = vault.generation(key.generation);
      return own === null ? [] : [copyPersonKey(log, key, own, recipient)];
    });
    const params = { person: vault.me() };
    const body = { statements: [wire], copies };
    await ground.api.call(IDENTITY_ROUTES.appendIdentity, { params, body });
    await this.#end('granted');
    await people.forget(vault.me());
  }

  /** The keys to read with go to this post alone, through the server and sealed to its own key. */
  async #lend({ code, before, ask }: Offer, { lease }: BuiltLease): Promise<void> {
    const { ground, vault } = this.parts;
    const recipient = postOf(lease);
    const copies = before.log.generations.flatMap((key): PersonKeyCopy[] => {
      const own = vault.generation(key.generation);
      if (own === null) return [];
      return [sealPersonKey(before.log, key, own, recipient, ask.sealingKey)];
    });
    const body = { signature: lease.signature, copies };
    await ground.api.call(LINK_ROUTES.grantLink, { params: { code }, body });
    this.#offer = null;
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
    const { wish } = link.ask;
    const lendsUntil = 'lease' in offer.built ? offer.built.lease.until : null;
    const base = { wish, code, askedAt: link.askedAt, until: link.until, lendsUntil };
    if (link.ended !== null) return { ...base, state: link.ended, digits: null };
    if (link.reveal === null) return { ...base, state: 'waiting', digits: null };
    const { random } = link.reveal;
    const isTrue = linkCommitment(ground.origin, offer.ask, random) === commitment;
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
    const keys = { device: deviceOf(ask), signingKey, sealingKey, kind: 'durable' } as const;
    return buildStatement({
      origin: ground.origin,
      person: vault.me(),
      head: before.head,
      at: ground.clock(),
      signer: { id: device, signing },
      payload: { kind: 'device.added', keys },
    });
  }

  #lease(before: IdentityState, { ask }: LinkView): BuiltLease {
    const { ground, vault } = this.parts;
    const { device, signing } = vault.device();
    // The post's clock may be behind ours by what a server allows.
    const from = ground.clock() - LIMITS.clockSkewMs.value;
    const until = from + LIMITS.leaseMs.value;
    const terms = { by: device, identity: before.head, key: ask.signingKey, from, until };
    const said = leaseSigned(ground.origin, vault.me(), terms);
    const signature = sign(signing.secretKey, said);
    return { lease: { ...terms, signature }, text: leaseText(ground.origin, vault.me(), terms) };
  }

  /** With the keys that other devices made: whoever is let in gets every one of them. */
  async #ownLog(): Promise<IdentityState> {
    const { people, vault, ownKeys } = this.parts;
    await people.forget(vault.me());
    await ownKeys.catchUp();
    return people.state(vault.me());
  }
}

const textOf = (built: Offer['built']): string => ('lease' in built ? built.text : built.wire.text);

function deviceOf({ signingKey, sealingKey }: LinkAsk): DeviceId {
  return hash(deviceIdHashed(signingKey, sealingKey)) as string as DeviceId;
}

const postOf = ({ key }: Lease): DeviceId => hash(leasedIdHashed(key)) as string as DeviceId;
