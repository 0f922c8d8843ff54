/**
 * What a screen shows of a handoff: folded states, opened words, names, and who has had what.
 * Overdue is computed here, from the entries and this device's clock.
 */
import { actingMember } from '@liaison/contract/circle-rules';
import type { IncompleteReason, Urgency } from '@liaison/contract/handoff';
import {
  type AddresseeState,
  type HandoffState,
  overdueAddressees,
} from '@liaison/contract/handoff-rules';
import { HANDOFF_KIND_TABLE } from '@liaison/contract/handoff-kinds';
import { takersOf } from '@liaison/contract/handoff-state';
import { type MemberId, memberRef, type PersonId } from '@liaison/contract/ids';
import { type DischargeLetter, missingRubrics, type Rubric } from '@liaison/contract/letter';
import type { ItemHeader } from '@liaison/contract/item';
import type { Outline } from '@liaison/contract/outline';
import { presentIn } from '@liaison/contract/task-rules';
import type { Bodies } from '../circles/bodies.js';
import type { Book, Item } from '../circles/circle.book.js';
import type { Teams } from '../circles/teams.js';
import type { Directory } from '../directory.js';
import type { Opinion } from '@liaison/contract/kinds/opinion.file';
import type { AskedFile } from '@liaison/contract/kinds/asked.file';
import type {
  AddresseeView,
  HandoffView,
  MessageView,
  Opened,
  OpinionView,
  PersonView,
  TaskView,
} from '../face.js';
import type { Messages } from '../messages.js';
import { type Cursor, type Lanes, reachedAt } from '../sync/lanes.js';
import type { AbsenteeViews } from './absentee.view.js';
import { EndViews, mayErase } from './end.view.js';
import { actsOf, taskActsOf, taskStanding } from './handoff.acts.js';
import {
  type FoldedFile,
  type FoldedHandoff,
  type FoldedTask,
  foldFile,
  foldHandoff,
} from './handoff.fold.js';

export interface HandoffSources {
  readonly bodies: Bodies;
  readonly directory: Directory;
  readonly teams: Teams;
  readonly lanes: Lanes;
  readonly messages: Messages;
  readonly clock: () => number;
  readonly absentees: AbsenteeViews;
}

/** What its kind says of it, for screens that must not carry the whole table. */
type KindRule = Pick<HandoffView, 'exclusive' | 'declineReasons' | 'answerMs'>;

const WAITING = { state: 'waiting', for: 'release' } as const;

export class HandoffViews {
  readonly #ends: EndViews;

  constructor(private readonly sources: HandoffSources) {
    this.#ends = new EndViews(sources);
  }

  /** Null while nothing was offered in that circle. */
  async view(
    book: Book,
    file: Book | null,
    mine: readonly MemberId[],
  ): Promise<HandoffView | null> {
    const folded = foldHandoff(book);
    const { offered, state } = folded;
    if (offered === null || state.sender === null) return null;
    const { directory } = this.sources;
    const folder = foldFile(file);
    const myself = mine.filter((member) => member in state.addressees);
    const asked = [...Object.values(state.addressees), ...Object.values(state.absentees ?? {})];
    const due = Math.min(...asked.map((one) => one.due));
    return {
      id: book.circle,
      kind: state.kind,
      template: state.template,
      phase: state.phase,
      sender: await directory.party(state.sender),
      sentBy: await this.#author(offered.header.author, offered.header.as),
      sentAt: offered.header.at,
      urgency: state.urgency as Urgency,
      due,
      outline: await this.#words<Outline>(book, offered),
      ...(await this.#letter(file, folder)),
      asked: await this.#asked(file, folder),
      takenBy: await this.#taken(state),
      ...this.#rule(state, state.urgency as Urgency),
      opinions: await this.#opinions(file, folder, state),
      addressees: await this.#addressees(book, file, folded),
      absentees: await this.sources.absentees.all(book, folded, mine),
      tasks: await this.#tasks(file, folder, state, mine),
      ...(await this.#conversation(file)),
      mine: myself,
      iSent: mine.includes(state.sender),
      acts: actsOf(state, mine, this.sources.clock()),
      reason: state.reason,
      ended: await this.#ends.ended(book, folded),
      erased: await this.#ends.erased(file, folder),
      mayErase: mayErase(file, mine),
      supersedes: state.supersedes,
      supersededBy: state.supersededBy,
      readers: await this.#readers(book, offered),
    };
  }

  async #letter(
    file: Book | null,
    folder: FoldedFile,
  ): Promise<{
    letter: Opened<DischargeLetter>;
    missing: readonly Rubric[];
    incompleteReason: IncompleteReason | null;
  }> {
    if (file === null || folder.letter === null) {
      return { letter: WAITING, missing: [], incompleteReason: null };
    }
    const letter = await this.#words<DischargeLetter>(file, folder.letter);
    const facts = folder.letter.header.facts as { incompleteReason: IncompleteReason | null };
    const missing = letter.state === 'open' ? missingRubrics(letter.value) : [];
    return { letter, missing, incompleteReason: facts.incompleteReason };
  }

  async #asked(file: Book | null, { asked }: FoldedFile): Promise<Opened<AskedFile>> {
    return file === null || asked === null ? WAITING : this.#words<AskedFile>(file, asked);
  }

  async #taken(state: HandoffState): Promise<HandoffView['takenBy']> {
    const [taker] = takersOf(state);
    if (taker === undefined || !HANDOFF_KIND_TABLE[state.kind].exclusive) return null;
    const at = state.addressees[taker]?.answeredAt ?? 0;
    return { party: await this.sources.directory.party(taker), at };
  }

  #rule({ kind }: HandoffState, urgency: Urgency): KindRule {
    const { exclusive, declineReasons, answerMs } = HANDOFF_KIND_TABLE[kind];
    return { exclusive, declineReasons, answerMs: answerMs[urgency] };
  }

  /** Others of the file may write there: an answer is what somebody who was asked wrote. */
  async #opinions(
    file: Book | null,
    { answers }: FoldedFile,
    state: HandoffState,
  ): Promise<OpinionView[]> {
    if (file === null || HANDOFF_KIND_TABLE[state.kind].answer === null) return [];
    const theirs = answers.filter(({ header }) => actingMember(header) in state.addressees);
    return Promise.all(theirs.map((item) => this.#opinion(file, item)));
  }

  async #opinion(file: Book, item: Item): Promise<OpinionView> {
    const { id, author, as, at } = item.header;
    const opinion = await this.#words<Opinion>(file, item);
    return { id, by: await this.#author(author, as), at, opinion };
  }

  async #addressees(
    book: Book,
    file: Book | null,
    folded: FoldedHandoff,
  ): Promise<AddresseeView[]> {
    const cursors = await this.sources.lanes.of(book.circle);
    const late = overdueAddressees(folded.state, this.sources.clock());
    const members = Object.keys(folded.state.addressees) as MemberId[];
    const views = await Promise.all(
      members.map((member) =>
        this.#addressee(book, folded, member, cursors, late.includes(member)),
      ),
    );
    const sealedTo = file?.state?.members;
    const folder = foldFile(file);
    return Promise.all(
      views.map(async (view) => {
        const { member } = view.party;
        const opened = await this.#ends.opened(file, folder, await this.#peopleOf(member));
        return { ...view, hasFile: sealedTo?.has(member) ?? null, opened };
      }),
    );
  }

  async #addressee(
    book: Book,
    folded: FoldedHandoff,
    member: MemberId,
    cursors: readonly Cursor[],
    overdue: boolean,
  ): Promise<Omit<AddresseeView, 'hasFile' | 'opened'>> {
    const state = folded.state.addressees[member];
    const { directory } = this.sources;
    const k = askedAt(folded, member);
    const people = await this.#peopleOf(member);
    const theirs = cursors.filter((cursor) => people.has(cursor.person));
    const by = state?.answeredBy as PersonId | null;
    const answer = folded.steps.findLast((step) => step.addressee === member)?.item;
    return {
      party: await directory.party(member),
      phase: state?.phase ?? 'offered',
      ...timesOf(state),
      overdue,
      deliveredAt: firstAt(theirs, k),
      readAt: firstAt(
        theirs.filter((cursor) => cursor.lane === 'read'),
        k,
      ),
      answeredAt: state?.answeredAt ?? null,
      answeredBy: by === null ? null : await this.#author(by, answer?.header.as),
      reason: state?.reason ?? null,
      // Whoever left said nothing more: what they said before is of an answer that is void.
      note: answer === undefined || by === null ? null : await this.#note(book, answer),
    };
  }

  async #peopleOf(member: MemberId): Promise<ReadonlySet<PersonId>> {
    const ref = memberRef(member);
    if (ref.type === 'person') return new Set([ref.person]);
    const team = await this.sources.teams.known(ref.team);
    return new Set(team?.memberships.flatMap((membership) => membership.people));
  }

  async #tasks(
    file: Book | null,
    folder: FoldedFile,
    state: HandoffState,
    mine: readonly MemberId[],
  ): Promise<TaskView[]> {
    if (file === null) return [];
    return Promise.all(folder.tasks.map((task) => this.#task(file, task, state, mine)));
  }

  async #task(
    file: Book,
    folded: FoldedTask,
    state: HandoffState,
    mine: readonly MemberId[],
  ): Promise<TaskView> {
    const { directory, clock } = this.sources;
    const { task, owner, due, planned, done, phase, reason } = folded;
    const words = await this.#words<{ title: string; detail: string }>(file, planned);
    const isOpen = words.state === 'open';
    const present = presentIn(file.state?.members ?? new Map());
    const { accountable, late } = taskStanding(folded, present, clock());
    return {
      task,
      owner: await directory.party(owner),
      phase,
      accountable: accountable === null ? null : await directory.party(accountable),
      reason,
      late: late && state.phase === 'sent',
      acts: state.phase === 'sent' ? taskActsOf(folded, mine) : [],
      due,
      doneAt: done?.at ?? null,
      doneBy: done === null ? null : await this.#author(done.by, done.as),
      title: isOpen ? { state: 'open', value: words.value.title } : words,
      detail: isOpen ? words.value.detail : '',
    };
  }

  async #conversation(
    file: Book | null,
  ): Promise<{ conversation: readonly MessageView[]; unread: number }> {
    if (file === null) return { conversation: [], unread: 0 };
    const { messages } = this.sources;
    return { conversation: await messages.of(file), unread: await messages.unread(file) };
  }

  /** Who has read the offer so far. */
  async #readers(book: Book, offered: Item): Promise<HandoffView['readers']> {
    const cursors = await this.sources.lanes.of(book.circle);
    const read = cursors.filter((one) => one.lane === 'read' && one.upTo.k >= offered.k);
    return Promise.all(read.map((cursor) => this.sources.directory.person(cursor.person)));
  }

  /** As they acted; without a role where no entry of theirs says it. */
  async #author(person: PersonId, as: ItemHeader['as'] | undefined): Promise<PersonView> {
    const { directory } = this.sources;
    return as === undefined ? directory.person(person) : directory.acting(person, as);
  }

  async #note(book: Book, item: Item): Promise<string | null> {
    const words = await this.#words<{ note?: string }>(book, item);
    return words.state === 'open' ? noteOf(words.value.note) : null;
  }

  #words<T>(book: Book, item: Item): Promise<Opened<T>> {
    return this.sources.bodies.of<T>(book, item);
  }
}

type Times = Pick<AddresseeView, 'wave' | 'opensAt' | 'due'>;

function timesOf(state: AddresseeState | undefined): Times {
  if (state === undefined) return { wave: 0, opensAt: 0, due: 0 };
  const { wave, opensAt, due } = state;
  return { wave, opensAt, due };
}

/** Position at which a member was last asked. */
function askedAt(folded: FoldedHandoff, member: MemberId): number {
  const asked = folded.steps.findLast(({ item }) => {
    return item.header.kind === 'handoff.reassigned' && item.header.facts['to'] === member;
  });
  return (asked?.item ?? folded.offered)?.k ?? 0;
}

function firstAt(cursors: readonly Cursor[], k: number): number | null {
  const times = cursors.flatMap((cursor) => reachedAt(cursor, k) ?? []);
  return times.length === 0 ? null : Math.min(...times);
}

/** An empty note is none. */
function noteOf(note: string | undefined): string | null {
  return note === undefined || note === '' ? null : note;
}
