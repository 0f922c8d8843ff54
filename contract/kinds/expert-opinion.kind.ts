/** A question to an expert: whoever takes it answers, and the answer stays in the file. */
import { DAY_MS, HOUR_MS, type HandoffKind } from '../handoff-kind.js';
import { EXCLUSIVE_STEPS } from '../handoff-steps.js';
import { EXPERTS_DECLINE_REASONS } from '../handoff.lists.js';
import { Outline } from '../outline.js';

export const EXPERT_OPINION: HandoffKind = {
  begins: 'handoff.asked',
  outline: Outline,
  file: 'question.filed',
  answer: 'opinion.given',
  addressees: ['team', 'person'],
  waves: 2,
  exclusive: true,
  templated: false,
  answerMs: { routine: 3 * DAY_MS, 'same-day': 4 * HOUR_MS, urgent: HOUR_MS },
  coordinatorMs: DAY_MS,
  unansweredMs: 2 * HOUR_MS,
  declineReasons: EXPERTS_DECLINE_REASONS,
  steps: EXCLUSIVE_STEPS,
};
