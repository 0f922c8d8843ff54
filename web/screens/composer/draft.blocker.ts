/**
 * What still keeps a draft from leaving: the first thing only, because the button names one thing
 * to do and leads to it. `target` is the id of the element that takes the focus.
 */
import { missingRubrics, type Rubric } from '@liaison/contract/letter';
import { insKeyIsRight, type Patient } from '@liaison/contract/patient';
import type { HandoffDraft } from '@liaison/sdk/face';
import { w } from '../../words/words.js';
import { BLANK } from './template.reading.js';

export interface Blocker {
  readonly word: string;
  readonly target: string;
}

/** Everybody who is asked, with or without an account. */
export const askedIn = ({ to, absentees = [] }: HandoffDraft): number =>
  to.length + absentees.length;

export const rubricTarget = (rubric: Rubric): string => `rubric-${rubric}`;

export function patientBlocker(patient: Patient): Blocker | null {
  const words = w().composer.missing;
  const named = patient.birthName.trim() !== '' && patient.givenNames.trim() !== '';
  if (!named || patient.birthDate === '') return { word: words.patient, target: 'part-patient' };
  if (patient.ins === null || insKeyIsRight(patient.ins.number)) return null;
  return { word: words.ins, target: 'part-patient' };
}

function letterBlocker(draft: HandoffDraft): Blocker | null {
  const [first, ...others] = missingRubrics(draft.letter);
  if (first === undefined || draft.incompleteReason !== null) return null;
  const word = w().composer.missing.letter(others.length + 1);
  return { word, target: rubricTarget(first) };
}

/** A blank of a template, which is no answer, counts as missing, whatever the reason. */
function blankBlocker({ letter }: HandoffDraft): Blocker | null {
  const texts: readonly (readonly [Rubric, string])[] = [
    ['reason', letter.reason],
    ['synthesis', letter.synthesis],
    ['treatments', letter.treatmentsNote],
    ['pending-results', letter.pendingResults],
    ['follow-up', letter.followUp],
  ];
  const [rubric] = texts.find(([, text]) => text.includes(BLANK)) ?? [];
  if (rubric === undefined) return null;
  return { word: w().templates.blankLeft, target: rubricTarget(rubric) };
}

function requestBlocker(draft: HandoffDraft, now: number): Blocker | null {
  const words = w().composer.missing;
  if (draft.tasks.some(({ title }) => title.trim() === '')) {
    return { word: words.task, target: 'part-plan' };
  }
  if (askedIn(draft) === 0) return { word: words.to, target: 'part-to' };
  if (draft.outline.act.trim() === '') return { word: words.ask, target: 'part-ask' };
  return draft.due <= now ? { word: words.due, target: 'part-due' } : null;
}

export const blockerOf = (draft: HandoffDraft, now: number): Blocker | null =>
  patientBlocker(draft.letter.patient) ??
  letterBlocker(draft) ??
  blankBlocker(draft) ??
  requestBlocker(draft, now);
