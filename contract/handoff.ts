/**
 * The handoff (transition ville–hôpital): its entry kinds and their facts and bodies.
 *
 * Two circles (docs/protocol.md, "Two envelopes"): the *outline* (`handoff`) is sealed to every
 * team that the chain may reach and carries no identity; the *file* (`file`) holds identity,
 * letter, plan and conversation for the care team. Releasing the file = adding a member to it.
 * What each kind of handoff is stands in kinds/, who may do what and when in handoff-steps.ts.
 */
import { z } from 'zod';
import { ABSENTEE_KINDS } from './absentee.js';
import {
  ASKED_KINDS,
  CANCEL_REASONS,
  DECLINE_REASONS,
  HANDOFF_KIND_NAMES,
  INCOMPLETE_REASONS,
  RECALL_REASONS,
  REQUEST_TEMPLATES,
} from './handoff.lists.js';
import { entryKind } from './entry-kind.js';
import { CircleId, Instant, MemberId, Uuid } from './ids.js';
import { DischargeLetter, Rubric } from './letter.js';
import { ADMISSION_FILE } from './kinds/admission.file.js';
import { CARE_REQUEST_FILE } from './kinds/care-request.file.js';
import { OPINION_FILE } from './kinds/opinion.file.js';
import { REQUEST_FILE } from './kinds/request.file.js';
import { LIMITS } from './limits.js';
import { Outline } from './outline.js';
import { PLAN_KINDS, TASK_KINDS } from './task.js';

const Note = z.strictObject({ note: z.string().max(LIMITS.textLength.value) });

export const Urgency = z.enum(['routine', 'same-day', 'urgent']);
export type Urgency = z.infer<typeof Urgency>;

export const HandoffKindName = z.enum(HANDOFF_KIND_NAMES);
export type HandoffKindName = z.infer<typeof HandoffKindName>;

export const AskedKind = z.enum(ASKED_KINDS);
export type AskedKind = z.infer<typeof AskedKind>;

export const RequestTemplate = z.enum(REQUEST_TEMPLATES);
export type RequestTemplate = z.infer<typeof RequestTemplate>;

/** Who is asked from one instant on, and until when they may take their time. */
export const Wave = z.strictObject({
  opensAt: Instant,
  due: Instant,
  members: z.array(MemberId).min(1).max(LIMITS.addresseesPerHandoff.value),
});
export type Wave = z.infer<typeof Wave>;

export const DeclineReason = z.enum(DECLINE_REASONS);
export type DeclineReason = z.infer<typeof DeclineReason>;

export const CancelReason = z.enum(CANCEL_REASONS);
export type CancelReason = z.infer<typeof CancelReason>;

export const RecallReason = z.enum(RECALL_REASONS);
export type RecallReason = z.infer<typeof RecallReason>;

/** Why a letter goes although a rubric is empty. */
export const IncompleteReason = z.enum(INCOMPLETE_REASONS);
export type IncompleteReason = z.infer<typeof IncompleteReason>;

const outlineKind = { version: 1, critical: true, circles: ['handoff'] } as const;
const fileKind = { version: 1, critical: true, circles: ['file'] } as const;

export const HANDOFF_KINDS = {
  /** From version 2 on it may ask nobody who is here: then somebody is awaited (absentee.ts). */
  'handoff.offered': entryKind({
    ...outlineKind,
    version: 2,
    facts: z.strictObject({
      file: CircleId,
      addressees: z.array(MemberId).max(LIMITS.addresseesPerHandoff.value),
      urgency: Urgency,
      /** Answer wanted before this instant; the same day for a discharge. */
      due: Instant,
      /** The handoff that this one replaces. */
      supersedes: CircleId.nullable(),
    }),
    body: Outline,
    countable: true,
  }),
  /** Begins every kind but the discharge, whose own beginning is older and stays as it is. */
  'handoff.asked': entryKind({
    ...outlineKind,
    facts: z.strictObject({
      kind: AskedKind,
      /** What a `request` asks for; null in the other kinds. */
      template: RequestTemplate.nullable(),
      file: CircleId,
      /** Asked one after the other: the next when its time comes, or nobody before is left. */
      waves: z.array(Wave).min(1).max(LIMITS.wavesPerHandoff.value),
      urgency: Urgency,
      supersedes: CircleId.nullable(),
    }),
    body: Outline,
    countable: true,
  }),
  'handoff.reassigned': entryKind({
    ...outlineKind,
    facts: z.strictObject({ from: MemberId, to: MemberId, due: Instant }),
    body: Note,
    countable: true,
  }),
  'handoff.accepted': entryKind({
    ...outlineKind,
    facts: z.strictObject({ addressee: MemberId }),
    body: Note,
    countable: true,
  }),
  'handoff.declined': entryKind({
    ...outlineKind,
    facts: z.strictObject({ addressee: MemberId, reason: DeclineReason }),
    body: Note,
    countable: true,
  }),
  'handoff.done': entryKind({
    ...outlineKind,
    facts: z.strictObject({ addressee: MemberId }),
    body: Note,
    countable: true,
  }),
  /** Of version 1, also where nobody had accepted. */
  'handoff.closed': entryKind({
    ...outlineKind,
    version: 2,
    facts: z.strictObject({}),
    body: Note,
    countable: false,
  }),
  'handoff.cancelled': entryKind({
    ...outlineKind,
    facts: z.strictObject({ reason: CancelReason }),
    body: Note,
    countable: true,
  }),
  /** It should not have reached them: the sender takes it back, and who had it sees so. */
  'handoff.recalled': entryKind({
    ...outlineKind,
    facts: z.strictObject({ reason: RecallReason }),
    body: Note,
    countable: true,
  }),
  'handoff.superseded': entryKind({
    ...outlineKind,
    facts: z.strictObject({ by: CircleId }),
    body: Note,
    countable: true,
  }),
  /** Of version 1, without the template that it began from. */
  'letter.filed': entryKind({
    ...fileKind,
    version: 2,
    facts: z
      .strictObject({
        missing: z.array(Rubric).max(Rubric.options.length),
        incompleteReason: IncompleteReason.nullable(),
        attachments: z.array(Uuid).max(LIMITS.attachmentsPerEntry.value),
      })
      .refine((facts) => facts.missing.length === 0 || facts.incompleteReason !== null, {
        error: 'letter_incomplete',
        path: ['incompleteReason'],
      }),
    body: DischargeLetter,
    countable: false,
  }),
  ...ABSENTEE_KINDS,
  ...TASK_KINDS,
  ...PLAN_KINDS,
  ...ADMISSION_FILE,
  ...CARE_REQUEST_FILE,
  ...OPINION_FILE,
  ...REQUEST_FILE,
} as const;
