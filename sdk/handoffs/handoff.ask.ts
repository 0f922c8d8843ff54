/**
 * A handoff of any kind but the discharge, as one act: file and outline circles, what is asked, the
 * plan, and whom it asks in which order. Where one takes it, the file goes to that one alone.
 */
import { HANDOFF_KIND_TABLE } from '@liaison/contract/handoff-kinds';
import type { CircleId, EntryId } from '@liaison/contract/ids';
import type { AskDraft } from '../face.care.js';
import type { Act, EntryStep } from '../sync/act.js';
import { createStep, FILE, HANDOFF, taskStep } from './handoff.offer.js';

export interface AskParts {
  readonly draft: AskDraft;
  readonly community: CircleId | null;
  readonly newId: () => EntryId;
}

export function askAct({ draft, community, newId }: AskParts): Act {
  const { id, from, kind, template, waves, urgency, supersedes, file: body } = draft;
  const rule = HANDOFF_KIND_TABLE[kind];
  const all = waves.flatMap(({ members }) => members);
  const circles = { from, community };
  const care = rule.exclusive ? [] : all;
  const due = Math.max(...waves.map((wave) => wave.due));
  const filed: EntryStep = {
    do: 'entry',
    circle: FILE,
    id: newId(),
    kind: rule.file,
    facts: { attachments: body.attachments.map((ref) => ref.id) },
    body,
  };
  const asked: EntryStep = {
    do: 'entry',
    circle: HANDOFF,
    id: newId(),
    kind: 'handoff.asked',
    facts: { kind, template, file: FILE, waves, urgency, supersedes },
    body: draft.outline,
  };
  const tasks = draft.tasks.map((task) => taskStep({ newId, due }, task));
  const steps = [
    createStep(circles, FILE, 'file', [...care, ...draft.tasks.map(({ owner }) => owner)]),
    filed,
    ...tasks,
    createStep(circles, HANDOFF, 'handoff', all),
    asked,
  ];
  return { id, lane: id, as: from, steps };
}
