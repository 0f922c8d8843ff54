/**
 * A handoff as one act: file and outline circles, letter, plan and offer, all or none. Who may
 * know everything are members of both; those who may only know the outline get the file when they
 * have accepted, by a device of the sending team.
 */
import type { AttachmentRef } from '@liaison/contract/attachment';
import type { CircleId, EntryId, MemberId, Uuid } from '@liaison/contract/ids';
import { missingRubrics } from '@liaison/contract/letter';
import { randomText } from '../crypto/random.js';
import type { HandoffDraft, NewTask } from '../face.js';
import { awaitedStep } from './absentees.js';
import type { Act, CreateStep, EntryStep, FirstMember, Step } from '../sync/act.js';

export const FILE = '@file';
export const HANDOFF = '@handoff';

export interface OfferParts {
  readonly draft: HandoffDraft;
  readonly attachments: readonly AttachmentRef[];
  readonly community: CircleId | null;
  readonly newId: () => EntryId;
}

export function offerAct(parts: OfferParts): Act {
  const { draft, attachments } = parts;
  const all = [...new Set(draft.to)];
  const care = all.filter((member) => !(draft.outlineOnly ?? []).includes(member));
  const ids = attachments.map(({ id }) => id);
  const circles = { from: draft.from, community: parts.community };
  const tasks = draft.tasks.map((task) => taskStep({ newId: parts.newId, due: draft.due }, task));
  const steps: Step[] = [
    createStep(circles, FILE, 'file', care),
    letterStep(parts),
    ...tasks,
    createStep(circles, HANDOFF, 'handoff', all),
    offerStep(parts, all),
    ...awaited(parts, tasks),
    ...supersededSteps(parts.newId, draft.supersedes),
  ];
  const uploads = { circle: FILE, ids } as const;
  return { id: draft.id, lane: draft.id, as: draft.from, steps, uploads, draft: draft.id };
}

export function createStep(
  { from, community }: { readonly from: MemberId; readonly community: CircleId | null },
  ref: typeof FILE | typeof HANDOFF,
  kind: 'file' | 'handoff',
  addressees: readonly MemberId[],
): CreateStep {
  const others = [...new Set(addressees)].filter((member) => member !== from);
  const members: FirstMember[] = [
    { member: from, role: 'admin' },
    ...others.map((member) => ({ member, role: 'writer' as const })),
  ];
  const linked = kind === 'handoff' ? FILE : null;
  const nothing = { finess: null, nameHash: null };
  return { do: 'create', ref, kind, salt: randomText(), community, members, linked, ...nothing };
}

function letterStep({ draft, attachments, newId }: OfferParts): EntryStep {
  const letter = { ...draft.letter, attachments: [...draft.letter.attachments, ...attachments] };
  const facts = {
    missing: missingRubrics(letter),
    incompleteReason: draft.incompleteReason,
    attachments: letter.attachments.map(({ id }) => id),
  };
  return { do: 'entry', circle: FILE, id: newId(), kind: 'letter.filed', facts, body: letter };
}

/** An item without a time of its own is wanted when the answer is. */
export function taskStep(
  { newId, due: wanted }: { readonly newId: () => EntryId; readonly due: number },
  { title, detail, owner, due }: NewTask,
): EntryStep {
  const facts = { task: newId() as string as Uuid, owner, due: due ?? wanted };
  const body = { title, detail };
  return { do: 'entry', circle: FILE, id: newId(), kind: 'task.planned', facts, body };
}

function offerStep({ draft, newId }: OfferParts, addressees: readonly MemberId[]): EntryStep {
  const { urgency, due, supersedes, outline: body } = draft;
  const facts = { file: FILE, addressees, urgency, due, supersedes };
  return { do: 'entry', circle: HANDOFF, id: newId(), kind: 'handoff.offered', facts, body };
}

/** Who has no account is named in the same act, with the items that are meant for them. */
function awaited({ draft, newId }: OfferParts, tasks: readonly EntryStep[]): EntryStep[] {
  const { absentees = [], due } = draft;
  return absentees.map((one) => {
    const meant = tasks.filter((_, at) => draft.tasks[at]?.absentee === one.absentee);
    const ids = meant.map(({ facts }) => facts['task'] as Uuid);
    return awaitedStep({ newId, circle: HANDOFF, due }, one, ids);
  });
}

/** What this one replaces ends with it, in the same act. */
export function supersededSteps(newId: () => EntryId, circle: CircleId | null): EntryStep[] {
  if (circle === null) return [];
  const facts = { by: HANDOFF };
  const kind = 'handoff.superseded';
  return [{ do: 'entry', circle, id: newId(), kind, facts, body: { note: '' } }];
}
