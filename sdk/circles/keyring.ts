/**
 * Epoch secrets: from the sealed copies that the server holds for us and our teams, and from the
 * backlinks of later epochs. A secret counts once it is the one the circle committed to.
 */
import type { EpochFacts } from '@liaison/contract/circle';
import { CIRCLE_ROUTES, type ServedCopy } from '@liaison/contract/circle-routes';
import { type CircleId, type MemberId, memberRef } from '@liaison/contract/ids';
import type { EpochKeys } from '../crypto/epoch.js';
import type { SealingPair } from '../crypto/sealing.js';
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

type Origins = ReadonlyMap<number, EpochOrigin>;

const keyOf = (circle: CircleId, epoch: number): string => `${circle}/${String(epoch)}`;

export class Keyring {
  readonly #known = new Map<string, EpochKeys>();
  readonly #asked = new Map<string, Promise<readonly ServedCopy[]>>();

  constructor(
    private readonly ground: Ground,
    private readonly vault: Vault,
    private readonly library: Library,
  ) {}

  /** Keys of an epoch, or null while the piece that gives them has not arrived. */
  async epoch(circle: CircleId, epoch: number): Promise<EpochKeys | null> {
    const known = this.#known.get(keyOf(circle, epoch));
    if (known !== undefined) return known;
    const book = await this.library.book(circle);
    const commitment = book.state?.commitments.get(epoch);
    if (commitment === undefined) return null;
    const kept = await this.vault.epoch(circle, epoch);
    // A secret of ours whose statement was refused is kept under a number that others then took.
    if (kept?.commitment === commitment) {
      this.#known.set(keyOf(circle, epoch), kept);
      return kept;
    }
    await this.#obtain(book);
    return this.#known.get(keyOf(circle, epoch)) ?? null;
  }

  /** Keys that this device is about to state: kept before anybody is told. */
  async keep(circle: CircleId, epoch: number, keys: EpochKeys): Promise<void> {
    await this.vault.keepEpoch(circle, epoch, keys.secret);
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
  }

  async #open(book: Book, copy: ServedCopy, origins: Origins): Promise<EpochKeys | null> {
    const carrier = book.items[copy.k]?.header;
    const origin = origins.get(copy.epoch);
    const pin = carrier === undefined ? null : pinOf(carrier, copy.member);
    if (carrier === undefined || origin === undefined || pin === null) return null;
    const pair = await this.#pairOf(copy.member, pin.generation);
    if (pair === null) return null;
    const opened = openServedCopy(book.circle, copy, carrier, origin, pair);
    return opened.ok ? opened.keys : null;
  }

  async #pairOf(member: MemberId, generation: number): Promise<SealingPair | null> {
    const ref = memberRef(member);
    if (ref.type === 'team') return (await this.epoch(ref.team, generation))?.sealing ?? null;
    return ref.person === this.vault.person()
      ? (this.vault.generation(generation)?.sealing ?? null)
      : null;
  }

  /** One question a membership: its answer cannot change until the next statement. */
  #copies(book: Book): Promise<readonly ServedCopy[]> {
    const key = keyOf(book.circle, book.state?.membersHead.k ?? -1);
    const known = this.#asked.get(key);
    if (known !== undefined) return known;
    const input = { params: { circle: book.circle }, query: {} };
    const asked = this.ground.api.call(CIRCLE_ROUTES.copies, input).then((reply) => reply.copies);
    this.#asked.set(key, asked);
    asked.catch(() => this.#asked.delete(key));
    return asked;
  }
}

function originsOf(book: Book): Origins {
  const origins = new Map<number, EpochOrigin>();
  for (const { header, flaw } of book.items) {
    const origin = flaw === null ? epochOpenedBy(header) : null;
    if (origin !== null) origins.set(origin.facts.epoch, origin);
  }
  return origins;
}
