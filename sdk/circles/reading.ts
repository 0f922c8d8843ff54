/**
 * From when on a member reads a circle, out of committed bytes only: which epochs there were, which
 * of them each links to, and through which somebody was let in.
 */
import { type EpochFacts, type MemberSpec, STATEMENT_FACTS } from '@liaison/contract/circle';
import type { MemberId } from '@liaison/contract/ids';
import { epochOpenedBy } from '../logs/epoch-copies.js';
import type { Book, Item } from './circle.book.js';

interface OpenedAt {
  readonly facts: EpochFacts;
  readonly at: number;
}

/** What a member reads, by intent, and whether the keys they were given say the same. */
export interface Reading {
  /** Instant; null: from the beginning. */
  readonly from: number | null;
  readonly locked: boolean;
}

const EVERYTHING: Reading = { from: null, locked: false };

function epochsOf(book: Book): ReadonlyMap<number, OpenedAt> {
  const epochs = new Map<number, OpenedAt>();
  for (const { header, flaw } of book.items) {
    const origin = flaw === null ? epochOpenedBy(header) : null;
    if (origin !== null) epochs.set(origin.facts.epoch, { facts: origin.facts, at: header.at });
  }
  return epochs;
}

/** The epoch in force at an instant; the first one where the circle is younger. */
export function epochAt(book: Book, instant: number): number {
  const before = [...epochsOf(book)].filter(([, { at }]) => at <= instant);
  return Math.max(1, ...before.map(([epoch]) => epoch));
}

/** The earliest epoch that the links of one epoch reach, one after the other. */
function reachOf(epochs: ReadonlyMap<number, OpenedAt>, from: number): number {
  const reached = new Set<number>();
  const waiting = [from];
  for (let epoch = waiting.pop(); epoch !== undefined; epoch = waiting.pop()) {
    if (reached.has(epoch)) continue;
    reached.add(epoch);
    waiting.push(...(epochs.get(epoch)?.facts.backlinks ?? []).map((link) => link.epoch));
  }
  return Math.min(...reached);
}

function isAdditionOf({ header, flaw }: Item, member: MemberId): boolean {
  if (flaw !== null || header.kind !== 'member.added') return false;
  const facts = STATEMENT_FACTS['member.added'].safeParse(header.facts);
  return facts.success && facts.data.spec.member === member;
}

/**
 * How members read a book. Whoever was given everything was given what links lead back to from the
 * epoch through which they came: what an admin cut off before stays closed to them too.
 */
export class Readings {
  readonly #epochs: ReadonlyMap<number, OpenedAt>;

  constructor(private readonly book: Book) {
    this.#epochs = epochsOf(book);
  }

  of(spec: MemberSpec): Reading {
    const first = this.firstOf(spec);
    if (first <= 1) return EVERYTHING;
    const from = this.#epochs.get(first)?.at ?? null;
    return { from, locked: this.#givenTo(spec) >= first };
  }

  /** The first epoch that a member is meant to read, as far as any key leads back. */
  firstOf(spec: MemberSpec): number {
    return Math.max(spec.historyFrom, this.#givenTo(spec));
  }

  /** The first epoch that the key opens with which a member was let in. */
  #givenTo({ member, historyFrom }: MemberSpec): number {
    if (historyFrom <= 1 && !this.#isCut()) return 1;
    const added = this.book.items.findLast((item) => isAdditionOf(item, member));
    return added === undefined ? 1 : reachOf(this.#epochs, added.header.epoch);
  }

  /** Mostly it is not: then nobody's addition is looked for. */
  #isCut(): boolean {
    return [...this.#epochs].some(
      ([epoch, { facts }]) => epoch > 1 && facts.backlinks.length === 0,
    );
  }
}

/** The first epoch that one of these members is meant to read. */
export function firstEpochOf(book: Book, members: readonly MemberId[]): number {
  const mine = specsOf(book, members).map((spec) => spec.historyFrom);
  return mine.length === 0 ? 0 : Math.min(...mine);
}

/** The first that one of them was given a key to: of those before it none will ever come. */
export function firstGivenTo(book: Book, members: readonly MemberId[]): number {
  const readings = new Readings(book);
  const mine = specsOf(book, members).map((spec) => readings.firstOf(spec));
  return mine.length === 0 ? 0 : Math.min(...mine);
}

const specsOf = ({ state }: Book, members: readonly MemberId[]): MemberSpec[] =>
  members.flatMap((member) => state?.members.get(member) ?? []);
