/**
 * Handoffs: sent, answered, ended, seen. Each act is a signed entry of the outline circle; the
 * letter, the plan and the conversation stand in the file.
 */
import type { AttachmentRef } from '@liaison/contract/attachment';
import { ENTRY_KINDS } from '@liaison/contract/entry-kinds';
import { Problem } from '@liaison/contract/errors';
import type { DeclineReason } from '@liaison/contract/handoff';
import { HANDOFF_KIND_TABLE } from '@liaison/contract/handoff-kinds';
import { takersOf } from '@liaison/contract/handoff-state';
import type { CircleId, EntryId, MemberId, Uuid } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import type { ImpossibleReason } from '@liaison/contract/task';
import { isTaskOver, type TaskState } from '@liaison/contract/task-rules';
import type { Attachments } from '../attachments.js';
import type { Book } from '../circles/circle.book.js';
import type { Library } from '../circles/library.js';
import type { Directory } from '../directory.js';
import type { Drafts } from '../drafts.js';
import type { AskDraft, NewOpinion } from '../face.care.js';
import type { HandoffDraft, HandoffView, NewAttachment } from '../face.js';
import { Fault } from '../fault.js';
import type { Ground } from '../ground.js';
import type { Self } from '../self.js';
import type { Act, EntryStep, Step } from '../sync/act.js';
import type { Outbox } from '../sync/outbox.js';
import { EndedHandoffs } from './ended.handoffs.js';
import { foldFile, foldHandoff } from './handoff.fold.js';
import { askAct, readable } from './handoff.ask.js';
import type { HandoffEnds } from './handoff.ends.js';
import { HANDOFF, offerAct } from './handoff.offer.js';
import type { HandoffViews } from './handoff.view.js';

export interface HandoffParts {
  readonly ground: Ground;
  readonly library: Library;
  readonly outbox: Outbox;
  readonly views: HandoffViews;
  readonly drafts: Drafts;
  readonly attachments: Attachments;
  readonly directory: Directory;
  readonly ends: HandoffEnds;
  readonly self: Self;
  readonly newId: () => EntryId;
}

/** A draft whose files are sealed, and where it goes. */
interface Sealed<Draft> {
  readonly draft: Draft;
  readonly attachments: readonly AttachmentRef[];
  readonly community: CircleId | null;
  readonly newId: () => EntryId;
}

type AnswerKind = Extract<EntryStep['kind'], `handoff.${string}` | `task.${string}`>;

export class Handoffs {
  readonly #ended: EndedHandoffs;

  constructor(private readonly parts: HandoffParts) {
    this.#ended = new EndedHandoffs(parts.ground.store);
  }

  async all(): Promise<HandoffView[]> {
    const [ids, members] = [await this.#listed(), await this.parts.self.members()];
    const views = await Promise.all(ids.map((id) => this.one(id, members)));
    const seen = views.filter((view) => view !== null);
    const over = seen.filter(({ phase }) => phase !== 'sent');
    await this.#ended.note(over.map(({ id, sentAt }) => [id, sentAt] as const));
    return seen.sort((a, b) => b.sentAt - a.sentAt);
  }

  /** All that run, and the latest that ended: older logs are not even read from the store. */
  async #listed(): Promise<CircleId[]> {
    const ended = await this.#ended.known();
    const ids = this.parts.library.ofKind('handoff');
    const sentAt = (id: CircleId): number => ended.get(id) ?? 0;
    const over = ids.filter((id) => ended.has(id)).sort((a, b) => sentAt(b) - sentAt(a));
    const latest = over.slice(0, LIMITS.endedHandoffsListed.value);
    return [...ids.filter((id) => !ended.has(id)), ...latest];
  }

  async one(id: CircleId, members?: readonly MemberId[]): Promise<HandoffView | null> {
    const { library, self, views } = this.parts;
    if (!library.has(id)) return null;
    const book = await library.book(id);
    return views.view(book, await this.fileOf(book), members ?? (await self.members()));
  }

  /** The file, where we are of the care team. */
  async fileOf(book: Book): Promise<Book | null> {
    const file = book.state?.linked ?? null;
    return file !== null && this.parts.library.has(file) ? this.parts.library.book(file) : null;
  }

  async fileIdOf(id: CircleId): Promise<CircleId | null> {
    return (await this.fileOf(await this.parts.library.book(id)))?.circle ?? null;
  }

  /**
   * Sends a draft once, however often it is asked; what was refused is made anew from the draft as
   * it is by now. The draft ends when the handoff exists.
   */
  async send(draft: HandoffDraft): Promise<CircleId> {
    const { drafts } = this.parts;
    return this.#once(draft, () => drafts.save(draft), offerAct);
  }

  async #once<Draft extends HandoffDraft | AskDraft>(
    draft: Draft,
    save: () => Promise<void>,
    actOf: (parts: Sealed<Draft>) => Act,
  ): Promise<CircleId> {
    const { outbox, attachments, directory, ends, newId } = this.parts;
    const waiting = outbox.waiting().find((act) => act.id === draft.id);
    if (waiting?.refusal === null) return handoffOf((await outbox.outcomeOf(draft.id)).created);
    await outbox.drop(draft.id);
    await save();
    const refs = await attachments.seal(draft.attachments);
    const community = directory.community()?.id ?? null;
    const act = actOf({ draft, attachments: refs, community, newId });
    const former = draft.supersedes;
    const ending = former === null ? [] : await ends.endingPlan(former, 'superseded');
    const whole = { ...act, steps: [...act.steps, ...ending] };
    return handoffOf((await outbox.submit(whole)).created);
  }

  async ask(draft: AskDraft): Promise<CircleId> {
    const { drafts } = this.parts;
    return this.#once(draft, () => drafts.saveAsk(draft), askAct);
  }

  /** The first answer says that it is done; whoever knows more later adds another. */
  async giveOpinion(
    id: CircleId,
    opinion: NewOpinion,
    files: readonly NewAttachment[],
  ): Promise<void> {
    const { attachments, library, newId, outbox, self } = this.parts;
    const book = await library.book(id);
    const { state } = foldHandoff(book);
    const kind = HANDOFF_KIND_TABLE[state.kind].answer;
    const mine = await self.members();
    const as = takersOf(state).find((member) => mine.includes(member));
    const file = await this.fileOf(book);
    if (kind === null || as === undefined || file === null) {
      throw new Problem('item_not_allowed', 'no answer is asked of this person');
    }
    const refs = await attachments.seal(files);
    const ids = refs.map((ref) => ref.id);
    const body = readable(ENTRY_KINDS[kind].body, { ...opinion, attachments: refs });
    const { circle } = file;
    const facts = { attachments: ids };
    const given: EntryStep = { do: 'entry', circle, id: newId(), kind, facts, body };
    const isFirst = state.addressees[as]?.phase === 'accepted';
    const done = isFirst ? [this.#entry(id, 'handoff.done', { addressee: as }, '')] : [];
    const uploads = { circle, ids };
    await outbox.submit({ id: newId(), lane: id, as, steps: [given, ...done], uploads });
  }

  /** Taken, with the items of the plan that are theirs: one act, so that none falls between. */
  async accept(id: CircleId, as: MemberId, note: string): Promise<void> {
    const taken = this.#entry(id, 'handoff.accepted', { addressee: as }, note);
    const items = await this.#itemsOf(id, as, ({ phase }) => phase === 'offered');
    const accepted = items.map(({ file, task }) =>
      this.#entry(file, 'task.accepted', { task }, ''),
    );
    await this.#submit(id, as, [taken, ...accepted]);
  }

  async decline(id: CircleId, as: MemberId, reason: DeclineReason, note: string): Promise<void> {
    const declined = this.#entry(id, 'handoff.declined', { addressee: as, reason }, note);
    const isHeld = ({ phase }: TaskState): boolean => phase === 'offered' || phase === 'accepted';
    const items = await this.#itemsOf(id, as, isHeld);
    const back = items.map(({ file, task }) => {
      return this.#entry(file, 'task.declined', { task, reason }, '');
    });
    await this.#submit(id, as, [declined, ...back]);
  }

  done(id: CircleId, as: MemberId, note: string): Promise<void> {
    return this.#step(id, as, 'handoff.done', { addressee: as }, note);
  }

  async close(id: CircleId): Promise<void> {
    return this.#step(id, await this.#sender(id), 'handoff.closed', {}, '');
  }

  /** Asks somebody else: they enter both circles in the same act. */
  async reassign(id: CircleId, from: MemberId, to: MemberId, due: number): Promise<void> {
    const file = (await this.parts.library.book(id)).state?.linked ?? null;
    const facts = { from, to, due };
    const reassigned = this.#entry(id, 'handoff.reassigned', facts, '');
    const outline: Step = { do: 'add', circle: id, member: to, role: 'writer' };
    const care: Step[] =
      file === null ? [] : [{ do: 'add', circle: file, member: to, role: 'writer' }];
    const tasks = await this.#handedOn(file, from, to);
    await this.#submit(id, await this.#sender(id), [outline, reassigned, ...care, ...tasks]);
  }

  /** What somebody was to do falls to whoever is asked instead of them. */
  async #handedOn(file: CircleId | null, from: MemberId, to: MemberId): Promise<EntryStep[]> {
    if (file === null || !this.parts.library.has(file)) return [];
    const { tasks } = foldFile(await this.parts.library.book(file));
    const open = tasks.filter((task) => task.owner === from && !isTaskOver(task));
    return open.map(({ task }) => {
      const facts = { task, owner: to };
      const id = this.parts.newId();
      return { do: 'entry', circle: file, id, kind: 'task.handed-on', facts, body: { note: '' } };
    });
  }

  async release(id: CircleId, member: MemberId): Promise<void> {
    const file = (await this.parts.library.book(id)).state?.linked ?? null;
    if (file === null) throw new Fault('no-such-circle', 'this handoff has no file');
    const step: Step = { do: 'add', circle: file, member, role: 'writer' };
    await this.#submit(file, await this.#sender(id), [step]);
  }

  /** Done by its owner; whoever had not said that they take it says so by doing it. */
  async taskDone(id: CircleId, task: Uuid, note: string): Promise<void> {
    const { file, as, state } = await this.#item(id, task);
    const done = this.#entry(file, 'task.done', { task }, note);
    const isNew = state.law === 'loop' && state.phase !== 'accepted';
    const taken = isNew ? [this.#entry(file, 'task.accepted', { task }, '')] : [];
    await this.#submit(file, as, [...taken, done]);
  }

  async acceptTask(id: CircleId, task: Uuid, note: string): Promise<void> {
    const { file, as } = await this.#item(id, task);
    await this.#submit(file, as, [this.#entry(file, 'task.accepted', { task }, note)]);
  }

  async declineTask(id: CircleId, task: Uuid, reason: DeclineReason, note: string): Promise<void> {
    const { file, as } = await this.#item(id, task);
    await this.#submit(file, as, [this.#entry(file, 'task.declined', { task, reason }, note)]);
  }

  async taskImpossible(
    id: CircleId,
    task: Uuid,
    reason: ImpossibleReason,
    note: string,
  ): Promise<void> {
    const { file, as } = await this.#item(id, task);
    await this.#submit(file, as, [this.#entry(file, 'task.impossible', { task, reason }, note)]);
  }

  /** To somebody of the care team; whoever is not in it yet enters the file in the same act. */
  async handTaskOn(id: CircleId, task: Uuid, owner: MemberId, note: string): Promise<void> {
    const { file, as, state, isMember } = await this.#item(id, task);
    const mine = await this.parts.self.members();
    const acting = mine.includes(state.planner) ? state.planner : as;
    const step = this.#entry(file, 'task.handed-on', { task, owner }, note);
    const add: Step = { do: 'add', circle: file, member: owner, role: 'writer' };
    await this.#submit(file, acting, isMember(owner) ? [step] : [add, step]);
  }

  /** Items that somebody owns, where the plan is here; those of the first law have no answer. */
  async #itemsOf(id: CircleId, owner: MemberId, isMeant: (task: TaskState) => boolean) {
    const file = await this.fileOf(await this.parts.library.book(id));
    if (file === null) return [];
    const mine = foldFile(file).tasks.filter((task) => task.owner === owner && task.law === 'loop');
    return mine.filter(isMeant).map(({ task }) => ({ file: file.circle, task }));
  }

  /** An item of the plan, and through whom the person acts on it: its owner where they are. */
  async #item(id: CircleId, task: Uuid) {
    const book = await this.fileOf(await this.parts.library.book(id));
    const state = foldFile(book).tasks.find((one) => one.task === task);
    if (book === null || state === undefined) {
      throw new Fault('no-such-circle', 'the plan is not here');
    }
    const mine = await this.parts.self.members();
    const as = mine.includes(state.owner) ? state.owner : await this.actingIn(book);
    const isMember = (member: MemberId): boolean => book.state?.members.has(member) === true;
    return { file: book.circle, as, state, isMember };
  }

  /** Through whom the person acts in a circle: a team of theirs that is a member, or themselves. */
  async actingIn(book: Book): Promise<MemberId> {
    const members = await this.parts.self.members();
    const found = members.find((member) => book.state?.members.has(member) === true);
    return found ?? this.parts.self.member();
  }

  /** Whether somebody accepted on the outline alone, and waits for the file from one of us. */
  async awaitsFile(id: CircleId): Promise<boolean> {
    return (await this.#awaiting(id)).length > 0;
  }

  /** They get the file from whoever of us sees it first. */
  async releaseAccepted(id: CircleId): Promise<void> {
    for (const member of await this.#awaiting(id)) await this.release(id, member);
  }

  async #awaiting(id: CircleId): Promise<MemberId[]> {
    const book = await this.parts.library.book(id);
    const { sender, addressees } = foldHandoff(book).state;
    const accepted = (Object.keys(addressees) as MemberId[]).filter(
      (member) => addressees[member]?.phase === 'accepted',
    );
    if (accepted.length === 0 || sender === null) return [];
    const sealedTo = (await this.fileOf(book))?.state?.members;
    if (sealedTo === undefined) return [];
    const isOurs = (await this.parts.self.members()).includes(sender);
    return isOurs ? accepted.filter((member) => !sealedTo.has(member)) : [];
  }

  async #sender(id: CircleId): Promise<MemberId> {
    const { sender } = foldHandoff(await this.parts.library.book(id)).state;
    if (sender === null) throw new Fault('no-such-circle', 'nothing was offered here');
    return sender;
  }

  #entry(
    circle: CircleId,
    kind: AnswerKind,
    facts: Readonly<Record<string, unknown>>,
    note: string,
  ): EntryStep {
    return { do: 'entry', circle, id: this.parts.newId(), kind, facts, body: { note } };
  }

  #step(
    id: CircleId,
    as: MemberId,
    kind: AnswerKind,
    facts: Readonly<Record<string, unknown>>,
    note: string,
  ): Promise<void> {
    return this.#submit(id, as, [this.#entry(id, kind, facts, note)]);
  }

  async #submit(lane: CircleId, as: MemberId, steps: readonly Step[]): Promise<void> {
    const act: Act = { id: this.parts.newId(), lane, as, steps };
    await this.parts.outbox.submit(act);
  }
}

function handoffOf(created: Readonly<Record<string, CircleId>>): CircleId {
  const id = created[HANDOFF];
  if (id === undefined) throw new Fault('no-such-circle', 'the handoff has no circle');
  return id;
}
