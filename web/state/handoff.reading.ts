/**
 * What the views of handoffs say, asked in the screens' own questions. Pure: the same view and the
 * same instant give the same answer.
 */
import type { AddresseeView, HandoffView } from '@liaison/sdk/face';
import type { MemberId } from '@liaison/contract/ids';
import { ageAt } from '../words/times.js';
import { w } from '../words/words.js';

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

export const isRunning = (view: HandoffView): boolean => view.phase === 'sent';

/** A clock between two readings may pass a due time: the screen says late before it is told. */
export const isLate = (one: AddresseeView, now: number): boolean =>
  one.phase === 'offered' && (one.overdue || one.due <= now);

export interface BoardCounts {
  readonly toTake: number;
  readonly taken: number;
  readonly late: number;
  readonly refused: number;
}

export function countBoard(views: readonly HandoffView[], now: number): BoardCounts {
  const asked = views.flatMap(({ addressees }) => addressees);
  const late = asked.filter((one) => isLate(one, now)).length;
  const count = (...phases: readonly AddresseeView['phase'][]): number =>
    asked.filter(({ phase }) => phases.includes(phase)).length;
  return {
    toTake: count('offered') - late,
    taken: count('accepted', 'done'),
    late,
    refused: count('declined'),
  };
}

/** "M. R., 79 ans": enough in a corridor; the whole name stands on the handoff's own page. */
export function patientShort(view: HandoffView, now: number): string {
  if (view.letter.state !== 'open') {
    return view.outline.state === 'open' ? view.outline.value.act : w().home.sealed;
  }
  const { patient } = view.letter.value;
  const name = patient.usualName || patient.birthName;
  const age = ageAt(patient.birthDate, now);
  const title = w().story.sexes[patient.sex];
  const initial = `${title} ${name.charAt(0).toUpperCase()}.`.trim();
  return age === null ? initial : `${initial}, ${w().story.years(age)}`;
}

export const actOf = (view: HandoffView): string =>
  view.outline.state === 'open' ? view.outline.value.act : '';

/** Through which of mine I answer: the one that was asked and waits. */
export const answeringMember = (view: HandoffView): MemberId | null =>
  mineUnanswered(view)[0]?.party.member ?? view.mine[0] ?? null;

export const firstDue = (view: HandoffView): number => {
  const waiting = view.addressees.filter(({ phase }) => phase === 'offered');
  return Math.min(...waiting.map(({ due }) => due), Infinity);
};
