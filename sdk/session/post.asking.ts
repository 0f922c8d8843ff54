/**
 * A shared post's side of being let in: it shows a card with nobody signed in, and becomes whoever
 * lends it their word, for some hours at most. All of it stands in memory: the post must have no
 * store that outlives it, and a reload begins again.
 */
import { parseCanonical } from '@liaison/contract/encoding';
import { Problem } from '@liaison/contract/errors';
import type { Lease } from '@liaison/contract/lease';
import { LeaseText } from '@liaison/contract/lease';
import { LINK_ROUTES, type LinkAnswer, type LinkAsk, type LinkGrant } from '@liaison/contract/link';
import { linkClaimed } from '@liaison/contract/signing';
import { orNull } from '../crypto/aead.js';
import { linkMac } from '../crypto/link.js';
import { sign } from '../crypto/signing.js';
import type { EvidenceRoom } from '../evidence.js';
import type { LinkAskView } from '../face.devices.js';
import { Fault } from '../fault.js';
import type { Ground } from '../ground.js';
import { signerAt } from '../logs/leases.js';
import { openPersonKeys } from '../logs/person-keys.js';
import type { People } from '../people.js';
import type { Vault } from '../vault.js';
import type { Asked } from './link.asked.js';
import { askFor, readLink, viewOf } from './link.words.js';
import type { Sessions } from './sessions.js';

export interface PostParts {
  readonly ground: Ground;
  readonly vault: Vault;
  readonly people: People;
  readonly evidence: EvidenceRoom;
  readonly sessions: Sessions;
}

export class PostAsking {
  #asked: Asked | null = null;

  constructor(private readonly parts: PostParts) {}

  async ask(): Promise<LinkAskView> {
    const { ground, vault, sessions } = this.parts;
    await sessions.endLeftOver();
    return this.#keep(await askFor(ground, vault, 'post'));
  }

  async look(): Promise<LinkAskView | null> {
    const asked = this.#asked;
    if (asked === null) return null;
    const link = await readLink(this.parts.ground, asked);
    // A fresh code was shown meanwhile: what the former one heard is nobody's any more.
    if (this.#asked !== asked) return this.#asked === null ? null : this.#view(this.#asked);
    if (link === null) return this.#over(asked, 'expired');
    if (link.ended === 'refused') return this.#over(asked, 'refused');
    if (asked.answer === null) {
      return link.answer === null ? this.#view(asked) : this.#hear(asked, link.answer);
    }
    if (!asked.isAgreed || link.grant === null) return this.#view(asked);
    return this.#enter(asked, asked.answer, link.grant);
  }

  async compared(same: boolean): Promise<LinkAskView | null> {
    const asked = this.#asked;
    if (asked === null) return null;
    if (same && asked.answer !== null) return this.#keep({ ...asked, isAgreed: true });
    return this.#refuse(asked);
  }

  async #hear(asked: Asked, answer: LinkAnswer): Promise<LinkAskView> {
    const { ground, vault, evidence } = this.parts;
    const { ask, secret, random } = asked;
    const mac = linkMac(secret, ask.commitment, answer.text, answer.random);
    const isForged = answer.mac !== null && answer.mac !== mac;
    const terms = this.#termsFor(ask, answer);
    if (isForged || terms === null) {
      await evidence.exhibit('link-altered', 'the answer is not for this post', answer);
      await this.#refuse(asked);
      throw new Fault('link-altered', 'the answer was changed on the way');
    }
    // Open already, and asking for more time: what was typed here is nobody else's to send.
    if (vault.person() !== null && vault.person() !== terms.person) {
      await this.#refuse(asked);
      throw new Fault('other-person', 'the post is open in the name of somebody else');
    }
    const view = this.#keep({ ...asked, answer, isAgreed: answer.mac !== null });
    const body = { random, possession: null };
    await ground.api.call(LINK_ROUTES.revealLink, { params: { code: ask.code }, body });
    return view;
  }

  #termsFor(ask: LinkAsk, { text }: LinkAnswer): LeaseText | null {
    const terms = LeaseText.safeParse(orNull(() => parseCanonical(text))).data;
    if (terms?.origin !== this.parts.ground.origin) return null;
    return terms.key === ask.signingKey ? terms : null;
  }

  /** Signs in, and believes the lease only if the person's own verified log bears it out. */
  async #enter(asked: Asked, answer: LinkAnswer, grant: LinkGrant): Promise<LinkAskView> {
    const { ground, vault, people, sessions } = this.parts;
    const { code } = asked.ask;
    // It was heard: only an answer with a lease for this post is.
    const terms = LeaseText.parse(parseCanonical(answer.text));
    const { signing, sealing } = vault.device();
    const signature = sign(signing.secretKey, linkClaimed(ground.origin, asked.ask));
    const input = { params: { code }, body: { signature } };
    const { session } = await ground.api.call(LINK_ROUTES.claimLink, input);
    const { person, by, identity, key, from, until } = terms;
    const lease: Lease = { by, identity, key, from, until, signature: grant.signature };
    await people.learn([{ person, n: identity.n }]);
    const log = await people.state(person);
    const [device] = grant.copies.map(({ recipient }) => recipient);
    if (device === undefined || device === 'recovery') throw new Fault('no-keys', 'no keys came');
    const signer = signerAt(log, { device, lease, at: ground.clock() }, log.head.n);
    const keys = openPersonKeys(log.log, grant.copies, device, sealing);
    const isWhole = keys.has(log.log.generations.at(-1)?.generation ?? 0);
    if (signer?.live !== true || !isWhole || session?.person !== person) {
      throw new Fault('link-altered', 'the lease is not borne out by the log');
    }
    await vault.serve(person, lease, keys);
    await sessions.take(session);
    return this.#over(asked, 'linked');
  }

  async #refuse(asked: Asked): Promise<LinkAskView> {
    const body = { ended: 'refused' } as const;
    const params = { code: asked.ask.code };
    try {
      await this.parts.ground.api.call(LINK_ROUTES.endLink, { params, body });
    } catch (error) {
      // It ends by itself where the server cannot be told.
      if (!(error instanceof Problem) && !(error instanceof Fault)) throw error;
    }
    return this.#over(asked, 'refused');
  }

  #over(asked: Asked, state: 'refused' | 'expired' | 'linked'): LinkAskView {
    this.#asked = null;
    return { ...this.#view(asked), state };
  }

  #keep(asked: Asked): LinkAskView {
    this.#asked = asked;
    return this.#view(asked);
  }

  #view(asked: Asked): LinkAskView {
    return viewOf(this.parts.ground, asked);
  }
}
