/**
 * The items of a plan: dressing, INR, pending result, appointment. Words are sealed; who is asked,
 * until when, and how it ended are facts. Their life stands in task-rules.ts.
 */
import { z } from 'zod';
import { entryKind } from './entry-kind.js';
import { DECLINE_REASONS, IMPOSSIBLE_REASONS, PLAN_END_REASONS } from './handoff.lists.js';
import { Instant, MemberId, Uuid } from './ids.js';
import { LIMITS } from './limits.js';

const Note = z.strictObject({ note: z.string().max(LIMITS.textLength.value) });
const fileKind = { version: 1, critical: true, circles: ['file'] } as const;

export const TaskDeclineReason = z.enum(DECLINE_REASONS);
export const ImpossibleReason = z.enum(IMPOSSIBLE_REASONS);
export type ImpossibleReason = z.infer<typeof ImpossibleReason>;

export const PlanEndReason = z.enum(PLAN_END_REASONS);
export type PlanEndReason = z.infer<typeof PlanEndReason>;

export const TASK_KINDS = {
  /**
   * Version 2 begins the closed loop: it is done by its owner only, who accepted it before, and has
   * a due instant. Items of version 1 keep the life that they had.
   */
  'task.planned': entryKind({
    ...fileKind,
    version: 2,
    facts: z.strictObject({ task: Uuid, owner: MemberId, due: Instant.nullable() }),
    body: z.strictObject({
      title: z.string().min(1).max(LIMITS.lineLength.value),
      detail: z.string().max(LIMITS.textLength.value),
    }),
    countable: false,
  }),
  'task.accepted': entryKind({
    ...fileKind,
    facts: z.strictObject({ task: Uuid }),
    body: Note,
    countable: false,
  }),
  'task.declined': entryKind({
    ...fileKind,
    facts: z.strictObject({ task: Uuid, reason: TaskDeclineReason }),
    body: Note,
    countable: true,
  }),
  /** Somebody else is asked to do it. */
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
  'task.impossible': entryKind({
    ...fileKind,
    facts: z.strictObject({ task: Uuid, reason: ImpossibleReason }),
    body: Note,
    countable: true,
  }),
} as const;

export const PLAN_KINDS = {
  /**
   * Everything that is still open in the plan ends, whoever had it: its handoff did. One entry for
   * all of them, so that an item done at the same moment is no reason to refuse it.
   */
  'plan.ended': entryKind({
    ...fileKind,
    facts: z.strictObject({ reason: PlanEndReason }),
    body: Note,
    countable: false,
  }),
} as const;
