/**
 * The closed lists of a handoff, in the order in which people read them. They stand apart from the
 * schemas that are made of them, so that the first screen offers them without a schema library.
 */
/** What a handoff may be about. A discharge begins with `handoff.offered`, the others are asked. */
export const ASKED_KINDS = ['admission', 'unscheduled-care', 'expert-opinion', 'request'] as const;
export const HANDOFF_KIND_NAMES = ['discharge', ...ASKED_KINDS] as const;

/** What a `request` asks for. */
export const REQUEST_TEMPLATES = [
  'attending-physician',
  'home-support',
  'prevention-follow-up',
  'other',
] as const;

/** Why an item of a plan that somebody had taken cannot be done. */
export const IMPOSSIBLE_REASONS = [
  'patient-refused',
  'patient-absent',
  'hospitalised',
  'died',
  'not-needed',
  'means-missing',
  'other',
] as const;

export const DECLINE_REASONS = [
  'no-capacity',
  'out-of-area',
  'not-my-patient',
  'not-my-skill',
  'absent',
  'other',
] as const;

/** Where whoever is asked had never to do with the patient, "not my patient" says nothing. */
export const STRANGERS_DECLINE_REASONS = [
  'no-capacity',
  'out-of-area',
  'not-my-skill',
  'absent',
  'other',
] as const;

/** Distance is no reason not to answer a question. */
export const EXPERTS_DECLINE_REASONS = ['no-capacity', 'not-my-skill', 'absent', 'other'] as const;

export const CANCEL_REASONS = [
  'wrong-patient',
  'wrong-addressee',
  'postponed',
  'readmitted',
  'died',
  'other',
] as const;
type EndReason = (typeof CANCEL_REASONS)[number];

/** What follows from an end before the time. */
interface EarlyEnd {
  /** `recall`: it should not have reached them, so it is taken back. `cancel`: nothing is to do. */
  readonly step: 'recall' | 'cancel';
  /** What identifies the patient is destroyed with it. */
  readonly erases: boolean;
  /** What was written is kept as a draft for whom it was meant for. */
  readonly keepsDraft: boolean;
}

/** Whatever the reason, the plan ends too: nobody is reminded of what is not to be done. */
export const EARLY_ENDS: Readonly<Record<EndReason, EarlyEnd>> = {
  'wrong-patient': { step: 'recall', erases: true, keepsDraft: false },
  'wrong-addressee': { step: 'recall', erases: true, keepsDraft: true },
  postponed: { step: 'cancel', erases: false, keepsDraft: true },
  readmitted: { step: 'cancel', erases: false, keepsDraft: false },
  died: { step: 'cancel', erases: false, keepsDraft: false },
  other: { step: 'cancel', erases: false, keepsDraft: false },
};

export const RECALL_REASONS = ['wrong-patient', 'wrong-addressee', 'other'] as const;

/** Why a plan ends as a whole: with its handoff. */
export const PLAN_END_REASONS = [...CANCEL_REASONS, 'superseded'] as const;

/** Why what somebody wrote is destroyed. */
export const ERASE_REASONS = ['wrong-patient', 'wrong-addressee', 'wrong-place', 'other'] as const;

/** How a letter reaches somebody who has no account. */
export const HAND_OVER_WAYS = ['phone', 'fax', 'mssante', 'paper', 'other'] as const;

/** Why a letter goes although a rubric is empty. */
export const INCOMPLETE_REASONS = [
  'awaiting-doctor',
  'awaiting-result',
  'emergency',
  'other',
] as const;

/** Of a declination that nobody wrote: whoever was asked has left. */
export const LEFT = 'left';

/** The six legal rubrics of a discharge letter. */
export const RUBRICS = [
  'identification',
  'reason',
  'synthesis',
  'treatments',
  'pending-results',
  'follow-up',
] as const;
