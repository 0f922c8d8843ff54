/** Any other help for a patient, by template: a médecin traitant, home support, prevention. */
import { DAY_MS, HOUR_MS, type HandoffKind } from '../handoff-kind.js';
import { EXCLUSIVE_STEPS } from '../handoff-steps.js';
import { STRANGERS_DECLINE_REASONS } from '../handoff.lists.js';
import { Outline } from '../outline.js';

export const REQUEST: HandoffKind = {
  begins: 'handoff.asked',
  outline: Outline,
  file: 'request.filed',
  answer: null,
  addressees: ['team', 'person'],
  waves: 4,
  exclusive: true,
  templated: true,
  answerMs: { routine: 7 * DAY_MS, 'same-day': 4 * HOUR_MS, urgent: 2 * HOUR_MS },
  coordinatorMs: 2 * DAY_MS,
  unansweredMs: 4 * HOUR_MS,
  declineReasons: STRANGERS_DECLINE_REASONS,
  steps: EXCLUSIVE_STEPS,
};
