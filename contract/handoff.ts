/**
 * The handoff (transition ville–hôpital): its entry kinds and their facts and bodies.
 *
 * Two circles (docs/protocol.md, "Two envelopes"): the *outline* (`handoff`) is sealed to every
 * team that the chain may reach and carries no identity; the *file* (`file`) holds identity,
 * letter, plan and conversation for the care team. Releasing the file = adding a member to it.
 * Who may do what and when stands as data in handoff-rules.ts.
 */
import { z } from 'zod';
import { CANCEL_REASONS, DECLINE_REASONS, INCOMPLETE_REASONS } from './handoff.lists.js';
import { entryKind } from './entry-kind.js';
import { CircleId, Instant, MemberId, Uuid } from './ids.js';
import { DischargeLetter, Rubric } from './letter.js';
import { LIMITS } from './limits.js';

const Note = z.strictObject({ note: z.string().max(LIMITS.textLength.value) });

export const Urgency = z.enum(['routine', 'same-day', 'urgent']);
export type Urgency = z.infer<typeof Urgency>;

export const DeclineReason = z.enum(DECLINE_REASONS);
export type DeclineReason = z.infer<typeof DeclineReason>;

export const CancelReason = z.enum(CANCEL_REASONS);
export type CancelReason = z.infer<typeof CancelReason>;

/** Why a letter goes although a rubric is empty. */
export const IncompleteReason = z.enum(INCOMPLETE_REASONS);
export type IncompleteReason = z.infer<typeof IncompleteReason>;

/** What the outline may say: the act, the town and the window, nothing that names a patient. */
export const Outline = z.strictObject({
  act: z.string().min(1).max(LIMITS.lineLength.value),
  town: z.string().max(LIMITS.lineLength.value),
  window: z.string().max(LIMITS.lineLength.value),
  note: z.string().max(LIMITS.textLength.value),
  sender: z.string().max(LIMITS.lineLength.value),
  phone: z.string().max(LIMITS.lineLength.value),
});
export type Outline = z.infer<typeof Outline>;

const outlineKind = { version: 1, critical: true, circles: ['handoff'] } as const;
const fileKind = { version: 1, critical: true, circles: ['file'] } as const;

export const HANDOFF_KINDS = {
  'handoff.offered': entryKind({
    ...outlineKind,
    facts: z.strictObject({
      file: CircleId,
      addressees: z.array(MemberId).min(1).max(LIMITS.addresseesPerHandoff.value),
      urgency: Urgency,
      /** Answer wanted before this instant; the same day for a discharge. */
      due: Instant,
      /** The handoff that this one replaces. */
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
  'handoff.closed': entryKind({
    ...outlineKind,
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
  'handoff.superseded': entryKind({
    ...outlineKind,
    facts: z.strictObject({ by: CircleId }),
    body: Note,
    countable: true,
  }),
  'letter.filed': entryKind({
    ...fileKind,
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
  'task.planned': entryKind({
    ...fileKind,
    facts: z.strictObject({ task: Uuid, owner: MemberId, due: Instant.nullable() }),
    body: z.strictObject({
      title: z.string().min(1).max(LIMITS.lineLength.value),
      detail: z.string().max(LIMITS.textLength.value),
    }),
    countable: false,
  }),
  /** Whoever is asked instead of somebody takes their tasks over. */
  'task.handed-on': entryKind({
    ...fileKind,
    facts: z.strictObject({ task: Uuid, owner: MemberId }),
    body: Note,
    countable: false,
  }),
  'task.done': entryKind({
    ...fileKind,
    facts: z.strictObject({ task: Uuid }),
    body: Note,
    countable: true,
  }),
} as const;
