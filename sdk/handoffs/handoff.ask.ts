/**
 * A handoff of any kind but the discharge, as one act: file and outline circles, what is asked, the
 * plan, and whom it asks in which order. Where one takes it, the file goes to that one alone.
 */
import type { AttachmentRef } from '@liaison/contract/attachment';
import { ENTRY_KINDS } from '@liaison/contract/entry-kinds';
import { Problem } from '@liaison/contract/errors';
import { HANDOFF_KIND_TABLE } from '@liaison/contract/handoff-kinds';
import type { CircleId, EntryId } from '@liaison/contract/ids';
import type { z } from 'zod';
import type { AskDraft } from '../face.care.js';
import type { Act, EntryStep } from '../sync/act.js';
import { createStep, FILE, HANDOFF, supersededSteps, taskStep } from './handoff.offer.js';

export interface AskParts {
  readonly draft: AskDraft;
  readonly attachments: readonly AttachmentRef[];
  readonly community: CircleId | null;
  readonly newId: () => EntryId;
}

export function askAct(parts: AskParts): Act {
  const { draft, attachments, community, newId } = parts;
  const { id, from, waves, supersedes } = draft;
  const all = waves.flatMap(({ members }) => members);
  const circles = { from, community };
  const care = HANDOFF_KIND_TABLE[draft.kind].exclusive ? [] : all;
  const due = Math.max(...waves.map((wave) => wave.due));
  const tasks = draft.tasks.map((task) => taskStep({ newId, due }, task));
  const steps = [
    createStep(circles, FILE, 'file', [...care, ...draft.tasks.map(({ owner }) => owner)]),
    filedStep(parts),
    ...tasks,
    createStep(circles, HANDOFF, 'handoff', all),
    askedStep(parts),
    ...supersededSteps(newId, supersedes),
  ];
  const uploads = { circle: FILE, ids: attachments.map((ref) => ref.id) } as const;
  return { id, lane: id, as: from, steps, uploads, draft: id };
}

function filedStep({ draft, attachments, newId }: AskParts): EntryStep {
  const kind = HANDOFF_KIND_TABLE[draft.kind].file;
  const all = [...draft.file.attachments, ...attachments];
  const body = readable(ENTRY_KINDS[kind].body, { ...draft.file, attachments: all });
  const facts = { attachments: all.map((ref) => ref.id) };
  return { do: 'entry', circle: FILE, id: newId(), kind, facts, body };
}

function askedStep({ draft, newId }: AskParts): EntryStep {
  const { kind, template, waves, urgency, supersedes } = draft;
  const facts = { kind, template, file: FILE, waves, urgency, supersedes };
  const body = readable(HANDOFF_KIND_TABLE[kind].outline, draft.outline);
  return { do: 'entry', circle: HANDOFF, id: newId(), kind: 'handoff.asked', facts, body };
}

/** No server reads what is sealed: whatever no reader could take must not leave this device. */
export function readable(schema: z.ZodType, body: unknown): unknown {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new Problem('item_invalid', 'a body that no reader takes');
  return parsed.data;
}
