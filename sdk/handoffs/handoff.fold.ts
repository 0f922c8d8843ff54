/**
 * A handoff folded from the verified items of its two circles, with the same table that the server
 * runs. An entry that the table does not allow changes nothing here, whoever let it in.
 */
import { actingMember } from '@liaison/contract/circle-rules';
import {
  DRAFT,
  type HandoffState,
  isHandoffStep,
  stepHandoff,
} from '@liaison/contract/handoff-rules';
import { HANDOFF_KIND_TABLE } from '@liaison/contract/handoff-kinds';
import type { MemberId, PersonId, Uuid } from '@liaison/contract/ids';
import type { ItemHeader } from '@liaison/contract/item';
import { leaveHandoff, leaversIn, leaveTask } from '@liaison/contract/leaving-rules';
import { droppedTask, stepTask, taskOf, type TaskState } from '@liaison/contract/task-rules';
import type { Book, Item } from '../circles/circle.book.js';

/** A step that counted, with the addressee it was about. */
export interface CountedStep {
  readonly item: Item;
  readonly addressee: MemberId | null;
}

interface Done {
  readonly at: number;
  readonly by: PersonId;
  /** In which role. */
  readonly as: ItemHeader['as'];
}

export interface FoldedTask extends TaskState {
  readonly planned: Item;
  readonly done: Done | null;
}

export interface FoldedHandoff {
  readonly state: HandoffState;
  readonly offered: Item | null;
  readonly steps: readonly CountedStep[];
}

export interface FoldedFile {
  /** The last letter filed: a later one replaces those before it. */
  readonly letter: Item | null;
  /** The last file of another kind. */
  readonly asked: Item | null;
  /** Answers that a kind asks for, the oldest first. */
  readonly answers: readonly Item[];
  readonly tasks: readonly FoldedTask[];
}

/** A fold holds until its book changes: a screen asks for all of them at each change. */
function remembered<T>(fold: (book: Book) => T): (book: Book) => T {
  const known = new WeakMap<Book, { readonly revision: number; readonly folded: T }>();
  return (book) => {
    const { revision } = book;
    const before = known.get(book);
    if (before?.revision === revision) return before.folded;
    const folded = fold(book);
    known.set(book, { revision, folded });
    return folded;
  };
}

export const foldHandoff = remembered((book: Book): FoldedHandoff => {
  let state: HandoffState = DRAFT;
  let offered: Item | null = null;
  const steps: CountedStep[] = [];
  for (const item of book.items) {
    if (item.flaw !== null) continue;
    state = leaveHandoff(state, leaversIn(item.header), item.header.at);
    if (!isHandoffStep(item.header.kind)) continue;
    const verdict = stepHandoff(state, item.header, actingMember(item.header));
    if (!verdict.ok) continue;
    if (state.phase === 'draft') offered = item;
    state = verdict.state;
    const facts = item.header.facts as { addressee?: MemberId; from?: MemberId };
    steps.push({ item, addressee: facts.addressee ?? facts.from ?? null });
  }
  return { state, offered, steps };
});

const FILES: readonly string[] = Object.values(HANDOFF_KIND_TABLE).map(({ file }) => file);
const ANSWERS: readonly string[] = Object.values(HANDOFF_KIND_TABLE).flatMap(
  ({ answer }) => answer ?? [],
);
const EMPTY: FoldedFile = { letter: null, asked: null, answers: [], tasks: [] };

/** Nothing is known of a file that is not ours to read. */
export const foldFile = (book: Book | null): FoldedFile => (book === null ? EMPTY : folder(book));

const folder = remembered((book: Book): FoldedFile => {
  const tasks = new Map<Uuid, FoldedTask>();
  let letter: Item | null = null;
  let asked: Item | null = null;
  const answers: Item[] = [];
  for (const item of book.items) {
    if (item.flaw !== null) continue;
    if (item.header.kind === 'letter.filed') letter = item;
    else if (FILES.includes(item.header.kind)) asked = item;
    else if (ANSWERS.includes(item.header.kind)) answers.push(item);
    takeTask(tasks, item);
    if (item.header.kind === 'plan.ended') {
      for (const [id, task] of tasks) tasks.set(id, { ...task, ...droppedTask(task, item.header) });
    }
    leaveTasks(tasks, item);
  }
  return { letter, asked, answers, tasks: [...tasks.values()] };
});

/** By the table that the server runs: what it does not allow changes nothing here either. */
function takeTask(tasks: Map<Uuid, FoldedTask>, item: Item): void {
  const id = taskOf(item.header);
  if (id === null) return;
  const before = tasks.get(id);
  const verdict = stepTask(before, tasks.size, item.header, actingMember(item.header));
  if (!verdict.ok) return;
  const { task } = verdict;
  const done = task.isDone ? doneBy(item) : null;
  tasks.set(id, { ...task, planned: before?.planned ?? item, done });
}

function leaveTasks(tasks: Map<Uuid, FoldedTask>, { header }: Item): void {
  const leavers = leaversIn(header);
  if (leavers.length === 0) return;
  for (const [id, task] of tasks) {
    tasks.set(id, { ...task, ...leaveTask(task, leavers, header.at) });
  }
}

function doneBy({ header: { at, author, as } }: Item): Done {
  return { at, by: author, as };
}
