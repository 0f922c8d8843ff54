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

export function readingOf(book: Book, { member, historyFrom }: MemberSpec): Reading {
  if (historyFrom <= 1) return EVERYTHING;
  const epochs = epochsOf(book);
  const added = book.items.findLast((item) => isAdditionOf(item, member));
  const given = added?.header.epoch ?? historyFrom;
  const from = epochs.get(historyFrom)?.at ?? null;
  return { from, locked: reachOf(epochs, given) >= historyFrom };
}

/** The first epoch that one of these members is meant to read. */
export function firstEpochOf(book: Book, members: readonly MemberId[]): number {
  const mine = members.flatMap((member) => book.state?.members.get(member) ?? []);
  return mine.length === 0 ? 0 : Math.min(...mine.map((spec) => spec.historyFrom));
}
