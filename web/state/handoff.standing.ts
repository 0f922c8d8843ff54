/**
 * Where a handoff stands for whoever looks at it, from its view and an instant alone. No words:
 * those are in handoff.reading.ts.
 */
import type { MemberId } from '@liaison/contract/ids';
import type { AbsenteeView, AddresseeView, HandoffView } from '@liaison/sdk/face';

/** My teams, or myself, that were asked and have not answered. */
export const mineUnanswered = (view: HandoffView): readonly AddresseeView[] =>
  view.addressees.filter(
    ({ party, phase }) => phase === 'offered' && view.mine.includes(party.member),
  );

export const awaitsMe = (view: HandoffView): boolean =>
  view.phase === 'sent' && view.acts.includes('accept') && mineUnanswered(view).length > 0;

export const takenByUs = (view: HandoffView): boolean =>
  view.phase === 'sent' &&
  view.addressees.some(
    ({ party, phase }) =>
      view.mine.includes(party.member) && (phase === 'accepted' || phase === 'done'),
  );

const OVER: readonly AddresseeView['phase'][] = ['taken', 'declined', 'reassigned'];

/** It goes on among others: we declined, or somebody else was first. */
export const isOverForUs = ({ addressees, mine, iSent }: HandoffView): boolean => {
  const ours = addressees.filter(({ party }) => mine.includes(party.member));
  return !iSent && ours.length > 0 && ours.every(({ phase }) => OVER.includes(phase));
};

export const isRunning = (view: HandoffView): boolean => view.phase === 'sent';

/** A clock between two readings may pass a due time: the screen says late before it is told. */
export const isLate = (one: AddresseeView, now: number): boolean =>
  one.phase === 'offered' && (one.overdue || one.due <= now);

/** As `isLate`, for whom has no account: told on the telephone or not, nobody has taken it. */
export const isAbsentLate = ({ phase, overdue, due }: AbsenteeView, now: number): boolean =>
  phase === 'awaited' && (overdue || due <= now);

/** Whoever is asked only later owes nothing yet. The first never wait, however slow a clock is. */
export const isAskedBy = ({ wave, opensAt }: AddresseeView, now: number): boolean =>
  wave === 0 || opensAt <= now;

/** Through which of mine I answer: the one that was asked and waits. */
export const answeringMember = (view: HandoffView): MemberId | null =>
  mineUnanswered(view)[0]?.party.member ?? view.mine[0] ?? null;

export const firstDue = (view: HandoffView): number => {
  const waiting = view.addressees.filter(({ phase }) => phase === 'offered');
  const awaited = view.absentees.filter(({ phase }) => phase === 'awaited');
  return Math.min(...[...waiting, ...awaited].map(({ due }) => due), Infinity);
};
