/**
 * Templates of discharges: what a team writes again and again for a pathway. They stand in the
 * team's own circle, sealed to it, and never carry a patient: the schema has no place for one. Who
 * may save and what a version is stand in template-rules.ts.
 */
import { z } from 'zod';
import { entryKind } from './entry-kind.js';
import { Urgency } from './handoff.js';
import { Uuid } from './ids.js';
import { LIMITS } from './limits.js';
import { PATHWAYS, TRADES } from './template.lists.js';
import { TemplateRef } from './template-ref.js';

const Line = z.string().max(LIMITS.lineLength.value);
const Text = z.string().max(LIMITS.textLength.value);

export const Pathway = z.enum(PATHWAYS);
export type Pathway = z.infer<typeof Pathway>;

export const Trade = z.enum(TRADES);
export type Trade = z.infer<typeof Trade>;

/** An item of the plan: by whom it is usually done, and how long after the discharge. */
export const TemplateTask = z.strictObject({
  title: Line.min(1),
  detail: Text,
  trade: Trade,
  afterHours: z.int().positive().max(LIMITS.templateTaskHours.value).nullable(),
});
export type TemplateTask = z.infer<typeof TemplateTask>;

/** The letter's rubrics as the team begins them, with blanks to fill, and the usual plan. */
export const Template = z.strictObject({
  name: Line.min(1),
  pathway: Pathway,
  act: Line,
  urgency: Urgency,
  reason: Text,
  synthesis: Text,
  treatmentsNote: Text,
  pendingResults: Text,
  followUp: Text,
  tasks: z.array(TemplateTask).max(LIMITS.tasksPerHandoff.value),
  /** The template of another team, or the starter, that it was made from. */
  copiedFrom: TemplateRef.nullable(),
});
export type Template = z.infer<typeof Template>;

export const TEMPLATE_KINDS = {
  'template.saved': entryKind({
    version: 1,
    critical: false,
    circles: ['team'],
    countable: false,
    facts: z.strictObject({ template: Uuid }),
    body: Template,
  }),
  'template.retired': entryKind({
    version: 1,
    critical: false,
    circles: ['team'],
    countable: false,
    facts: z.strictObject({ template: Uuid }),
    body: z.strictObject({ note: Text }),
  }),
} as const;
