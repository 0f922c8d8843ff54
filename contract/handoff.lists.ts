/**
 * The closed lists of a handoff, in the order in which people read them. They stand apart from the
 * schemas that are made of them, so that the first screen offers them without a schema library.
 */
export const DECLINE_REASONS = [
  'no-capacity',
  'out-of-area',
  'not-my-patient',
  'not-my-skill',
  'absent',
  'other',
] as const;

export const CANCEL_REASONS = [
  'wrong-patient',
  'wrong-addressee',
  'postponed',
  'readmitted',
  'died',
  'other',
] as const;

/** Why a letter goes although a rubric is empty. */
export const INCOMPLETE_REASONS = [
  'awaiting-doctor',
  'awaiting-result',
  'emergency',
  'other',
] as const;

/** The six legal rubrics of a discharge letter. */
export const RUBRICS = [
  'identification',
  'reason',
  'synthesis',
  'treatments',
  'pending-results',
  'follow-up',
] as const;
