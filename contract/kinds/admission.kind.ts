/** From town to hospital: reason, treatments and allergies, to one unit after the other. */
import { DAY_MS, HOUR_MS, MINUTE_MS, type HandoffKind } from '../handoff-kind.js';
import { EXCLUSIVE_STEPS } from '../handoff-steps.js';
import { STRANGERS_DECLINE_REASONS } from '../handoff.lists.js';
import { Outline } from '../outline.js';

export const ADMISSION: HandoffKind = {
  begins: 'handoff.asked',
  outline: Outline,
  file: 'admission.filed',
  answer: null,
  addressees: ['team'],
  waves: 3,
  exclusive: true,
  templated: false,
  answerMs: { routine: DAY_MS, 'same-day': 2 * HOUR_MS, urgent: 30 * MINUTE_MS },
  coordinatorMs: HOUR_MS,
  unansweredMs: 15 * MINUTE_MS,
  declineReasons: STRANGERS_DECLINE_REASONS,
  steps: EXCLUSIVE_STEPS,
};
