/**
 * What the views of handoffs say of patient and demand, in the words of the screens. Where they
 * stand is asked of handoff.standing.ts.
 */
import type { Patient } from '@liaison/contract/patient';
import type { HandoffView } from '@liaison/sdk/face';
import { ageAt } from '../words/times.js';
import { w } from '../words/words.js';

/** Who it is about, wherever the kind keeps it; null while that is sealed to us. */
export function patientOf({ letter, asked }: HandoffView): Patient | null {
  if (letter.state === 'open') return letter.value.patient;
  return asked.state === 'open' ? asked.value.patient : null;
}

/** Somebody else was first: nothing is left for those who were asked. */
export const takenByOthers = (view: HandoffView): HandoffView['takenBy'] =>
  view.takenBy !== null && !view.mine.includes(view.takenBy.party.member) ? view.takenBy : null;

/** "M. R., 79 ans": enough in a corridor; the whole name stands on the handoff's own page. */
export function patientShort(view: HandoffView, now: number): string {
  if (view.erased !== null) return w().ends.erasedTitle;
  const patient = patientOf(view);
  if (patient === null) {
    return view.outline.state === 'open' ? view.outline.value.act : w().home.sealed;
  }
  const name = patient.usualName || patient.birthName;
  const age = ageAt(patient.birthDate, now);
  const title = w().story.sexes[patient.sex];
  const initial = `${title} ${name.charAt(0).toUpperCase()}.`.trim();
  return age === null ? initial : `${initial}, ${w().story.years(age)}`;
}

export const actOf = (view: HandoffView): string =>
  view.outline.state === 'open' ? view.outline.value.act : '';
