/**
 * Epoch secrets: from the sealed copies that the server holds for us and our teams, and from the
 * backlinks of later epochs. A secret counts once it is the one the circle committed to.
 */
import { Problem } from '@liaison/contract/errors';
import type { EpochFacts } from '@liaison/contract/circle';
import { CIRCLE_ROUTES, type ServedCopy } from '@liaison/contract/circle-routes';
import { type CircleId, type MemberId, memberRef } from '@liaison/contract/ids';
import type { EpochKeys, PersonKeys } from '../crypto/epoch.js';
import type { SealingPair } from '../crypto/sealing.js';
import type { EvidenceRoom } from '../evidence.js';
import { isFresh } from '../freshness.js';
import type { Ground } from '../ground.js';
import {
  type EpochOrigin,
  epochOpenedBy,
  openEarlier,
  openServedCopy,
  pinOf,
} from '../logs/epoch-copies.js';
import type { Vault } from '../vault.js';
import type { Book } from './circle.book.js';
import type { Library } from './library.js';

/**
 * How long an answer that gave no key is believed: a server that withheld one may give it later.
 */
const ASKED_MS = 30_000;

interface Asked {
  readonly at: number;
  readonly copies: Promise<readonly ServedCopy[]>;
}

type Origins = ReadonlyMap<number, EpochOrigin>;

/** What evidence about the copies of a circle is kept under. */
const copiesOf = (circle: CircleId): string => `copies/${circle}`;
const keyOf = (circle: CircleId, epoch: number): string => `${circle}/${String(epoch)}`;

export class Keyring {
  readonly #known = new Map<string, EpochKeys>();
  readonly #looking = new Map<string, Promise<EpochKeys | null>>();
  readonly #asked = new Map<string, Asked>();

  constructor(
    private readonly ground: Ground,
    private readonly vault: Vault,
    private readonly library: Library,
    private readonly evidence: EvidenceRoom,
  ) {}

  /** Our own key of a generation: set by the session, which fetches those of other devices. */
  own: (generation: number) => Promise<PersonKeys | null> = (generation) =>
    Promise.resolve(this.vault.generation(generation));

  /** A copy that was sealed wrongly: told to the circle by whoever may write in it. */
  disputed: (book: Book, copy: ServedCopy) => void = () => undefined;

  /** Keys of an epoch, or null while the piece that gives them has not arrived. */
  epoch(circle: CircleId, epoch: number): Promise<EpochKeys | null> {
    const key = keyOf(circle, epoch);
    const known = this.#known.get(key);
    if (known !== undefined) return Promise.resolve(known);
    // A screen opens many bodies of one epoch at once: they share one look.
    const looking = this.#looking.get(key) ?? this.#look(circle, epoch);
    this.#looking.set(key, looking);
    return looking.finally(() => this.#looking.delete(key));
  }

  async #look(circle: CircleId, epoch: number): Promise<EpochKeys | null> {
    const kept = await this.kept(circle, epoch);
    if (kept !== null) return kept;
    const book = await this.library.book(circle);
    if (book.state?.commitments.has(epoch) !== true) return null;
    await this.#obtain(book);
    return this.#known.get(keyOf(circle, epoch)) ?? null;
  }

  /** Keys of an epoch as this device has them, without asking. */
  async kept(circle: CircleId, epoch: number): Promise<EpochKeys | null> {
    const known = this.#known.get(keyOf(circle, epoch));
    if (known !== undefined) return known;
    const commitment = (await this.library.book(circle)).state?.commitments.get(epoch);
    const kept = await this.vault.epoch(circle, epoch);
    // A secret of ours whose statement was refused is kept under a number that others then took.
    if (commitment === undefined || kept?.commitment !== commitment) return null;
    this.#known.set(keyOf(circle, epoch), kept);
    return kept;
  }

  /** Keys that this device is about to state: kept before anybody is told. */
  async keep(circle: CircleId, epoch: number, keys: EpochKeys): Promise<void> {
    await this.vault.keepEpoch(circle, epoch, keys.secret);
  }

  /** Keys of former epochs in which nothing is left to open, once something was erased. */
  async forgetUnused({ circle, state, items }: Book): Promise<void> {
    const left = new Set(items.flatMap(({ sealed, header }) => (sealed ? [header.epoch] : [])));
    for (const epoch of state?.commitments.keys() ?? []) {
      if (left.has(epoch) || epoch === state?.epoch?.epoch) continue;
      this.#known.delete(keyOf(circle, epoch));
      await this.vault.forgetEpoch(circle, epoch);
    }
  }

  /** Asks again for copies at the next need: something about them has moved. */
  forgetAnswers(): void {
    this.#asked.clear();
  }

  /** Opens every copy that we can, and what its backlinks reach. */
  async #obtain(book: Book): Promise<void> {
    const origins = originsOf(book);
    const factsOf = (epoch: number): EpochFacts | null => origins.get(epoch)?.facts ?? null;
    const newest = [...(await this.#copies(book))].sort((a, b) => b.epoch - a.epoch);
    for (const copy of newest) {
      if (this.#known.has(keyOf(book.circle, copy.epoch))) continue;
      const keys = await this.#open(book, copy, origins);
      if (keys === null) continue;
      const { open } = openEarlier(book.circle, copy.epoch, keys, factsOf);
      for (const [epoch, one] of open) await this.#learn(book.circle, epoch, one);
    }
  }

  async #learn(circle: CircleId, epoch: number, keys: EpochKeys): Promise<void> {
    if (this.#known.has(keyOf(circle, epoch))) return;
    await this.vault.keepEpoch(circle, epoch, keys.secret);
    this.#known.set(keyOf(circle, epoch), keys);
    await this.evidence.heal(copiesOf(circle));
  }

  async #open(book: Book, copy: ServedCopy, origins: Origins): Promise<EpochKeys | null> {
    const carrier = book.items[copy.k]?.header;
    const origin = origins.get(copy.epoch);
    const pin = carrier === undefined ? null : pinOf(carrier, copy.member);
    // The copy may be of a statement that has not come yet.
    if (carrier === undefined || origin === undefined) return null;
    if (pin === null) return this.#notCarried(book, copy);
    const pair = await this.#pairOf(copy.member, pin.generation);
    if (pair === null) return null;
    const opened = openServedCopy(book.circle, copy, carrier, origin, pair);
    if (opened.ok) return opened.keys;
    if (opened.why === 'not-carried') return this.#notCarried(book, copy);
    // The others are the sealer's duds: the words say that keys are awaited until a resealing.
    this.disputed(book, copy);
    return null;
  }

  /** The server gave another copy than the one that was sealed. */
  async #notCarried({ circle }: Book, copy: ServedCopy): Promise<null> {
    const why = `copy of epoch ${String(copy.epoch)}`;
    await this.evidence.record(circle, 'copy-not-carried', why, copy, copiesOf(circle));
    return null;
  }

  async #pairOf(member: MemberId, generation: number): Promise<SealingPair | null> {
    const ref = memberRef(member);
    if (ref.type === 'team') return (await this.epoch(ref.team, generation))?.sealing ?? null;
    if (ref.person !== this.vault.person()) return null;
    return (await this.own(generation))?.sealing ?? null;
  }

  /** One question a membership, and again after a while: an honest answer changes no sooner. */
  #copies(book: Book): Promise<readonly ServedCopy[]> {
    const key = keyOf(book.circle, book.state?.membersHead.k ?? -1);
    const known = this.#asked.get(key);
    const at = this.ground.clock();
    if (known !== undefined && isFresh(known.at, at, ASKED_MS)) return known.copies;
    const input = { params: { circle: book.circle }, query: {} };
    const copies = this.ground.api
      .call(CIRCLE_ROUTES.copies, input)
      .then((reply) => reply.copies, orNoneOfAStranger);
    this.#asked.set(key, { at, copies });
    copies.catch(() => this.#asked.delete(key));
    return copies;
  }
}

/** Of a circle that somebody is in no more the server says what it says of any other: nothing. */
function orNoneOfAStranger(error: unknown): readonly ServedCopy[] {
  if (error instanceof Problem && error.code === 'circle_unknown') return [];
  throw error;
}

function originsOf(book: Book): Origins {
  const origins = new Map<number, EpochOrigin>();
  for (const { header, flaw } of book.items) {
    const origin = flaw === null ? epochOpenedBy(header) : null;
    if (origin !== null) origins.set(origin.facts.epoch, origin);
  }
  return origins;
}
