/**
 * When an epoch may end and what the next one must look like: part of the law of a circle
 * (circle-rules.ts), and as pure as that. It must never ask a clock.
 */
import type { CirclePolicy, EpochFacts, MemberSpec } from './circle.js';
import type { ErrorCode } from './errors.js';
import type { Hash, MemberId } from './ids.js';
import type { ItemHeader } from './item.js';

export interface EpochState {
  readonly epoch: number;
  readonly commitment: Hash;
  readonly publicKey: string;
  readonly recipients: EpochFacts['recipients'];
  readonly openedAt: number;
  readonly openedK: number;
  /** Membership head before its statement: part of the context of its sealed copies. */
  readonly prev: Hash;
}

/** What of a circle's state its epochs are judged by. */
export interface EpochBasis {
  readonly policy: CirclePolicy;
  readonly members: ReadonlyMap<MemberId, MemberSpec>;
  readonly epoch: EpochState | null;
  /** Commitments of all epochs so far, by number: a backlink must name one of these. */
  readonly commitments: ReadonlyMap<number, Hash>;
  /** Somebody left since the epoch was opened: it is due to end. */
  readonly leftSince: boolean;
}

/** Members at an instant: guests whose time is over are sealed to no more. */
export function membersAt(state: EpochBasis, instant: number): MemberSpec[] {
  const specs = [...state.members.values()];
  return specs.filter((spec) => spec.until === null || instant < spec.until);
}

/**
 * Whether an epoch's shape is right: next number, each member once, no older key, true backlinks.
 */
export function judgeEpoch(
  state: EpochBasis,
  header: ItemHeader,
  facts: EpochFacts,
): ErrorCode | null {
  if (facts.epoch !== (state.epoch?.epoch ?? 0) + 1) return 'epoch_stale';
  const pinned = new Set(facts.recipients.map((pin) => pin.member));
  const lapsed = new Set(facts.lapsed?.map(({ member }) => member));
  const present = membersAt(state, header.at);
  const members = present.filter(({ member }) => !lapsed.has(member));
  if (members.length + (facts.lapsed?.length ?? 0) !== present.length) return 'copies_mismatch';
  const each = pinned.size === facts.recipients.length && pinned.size === members.length;
  if (!each || !members.every((spec) => pinned.has(spec.member))) return 'copies_mismatch';
  const before = generationsOf(state);
  if (facts.recipients.some((pin) => pin.generation < (before.get(pin.member) ?? 0))) {
    return 'copies_mismatch';
  }
  return judgeBacklinks(state, facts);
}

function generationsOf(state: EpochBasis): ReadonlyMap<MemberId, number> {
  return new Map(state.epoch?.recipients.map((pin) => [pin.member, pin.generation]));
}

/**
 * An epoch links to the one before it and to no other, so that nobody undoes an admin's cut by
 * linking past it. Only the cut itself chooses what it links to.
 */
function judgeBacklinks(state: EpochBasis, facts: EpochFacts): ErrorCode | null {
  const linked = facts.backlinks.map((link) => link.epoch);
  const named = facts.backlinks.every(
    (link) => state.commitments.get(link.epoch) === link.commitment,
  );
  if (!named || new Set(linked).size !== linked.length) return 'item_invalid';
  if (facts.because === 'history-cut') return null;
  const wanted = state.epoch === null ? [] : [state.epoch.epoch];
  return linked.length === wanted.length && linked[0] === wanted[0] ? null : 'item_invalid';
}

const DAY_MS = 86_400_000;

/** Whether the epoch in force is due to end, by what this statement and those before it commit. */
export function isDue(state: EpochBasis, header: ItemHeader, facts: EpochFacts): boolean {
  const now = state.epoch;
  switch (facts.because) {
    case 'first':
      return now === null;
    case 'member-removed':
      return false;
    case 'member-left':
      return state.leftSince || membersAt(state, header.at).length < state.members.size;
    case 'history-cut':
      return true;
    case 'age':
      return (
        now !== null &&
        (header.at - now.openedAt >= state.policy.epochMaxAgeDays * DAY_MS ||
          header.seen.k - now.openedK >= state.policy.epochMaxItems)
      );
    case 'key-moved':
      if (facts.lapsed !== undefined) return true;
      return facts.recipients.some((pin) => {
        const before = now?.recipients.find((old) => old.member === pin.member);
        return before !== undefined && pin.generation > before.generation;
      });
  }
}
