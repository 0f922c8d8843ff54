/**
 * What the sending team says of addressees without an account: that they are awaited, that somebody
 * told them, and who is asked in their place once somebody is here. All are entries of the outline.
 */
import type { Absentee, HandOver } from '@liaison/contract/absentee';
import { HANDOFF_KIND_TABLE } from '@liaison/contract/handoff-kinds';
import {
  type CircleId,
  type EntryId,
  type MemberId,
  memberRef,
  type Uuid,
} from '@liaison/contract/ids';
import { isTaskOver } from '@liaison/contract/task-rules';
import type { Bodies } from '../circles/bodies.js';
import type { Book } from '../circles/circle.book.js';
import type { Library } from '../circles/library.js';
import type { NewAbsentee } from '../face.js';
import { Fault } from '../fault.js';
import type { Ground } from '../ground.js';
import type { Guests } from '../guests.js';
import type { CircleRef, EntryStep, Step } from '../sync/act.js';
import type { Outbox } from '../sync/outbox.js';
import { foldFile, foldHandoff } from './handoff.fold.js';

export interface AbsenteeParts {
  readonly ground: Ground;
  readonly library: Library;
  readonly outbox: Outbox;
  readonly bodies: Bodies;
  readonly guests: Guests;
  readonly newId: () => EntryId;
}

interface Naming {
  readonly newId: () => EntryId;
  readonly circle: CircleRef;
  readonly due: number;
}

/**
 * Names somebody without an account; their invitation has a name of its own, sealed beside them.
 */
export function awaitedStep(
  { newId, circle, due }: Naming,
  { absentee, ...who }: NewAbsentee,
  tasks: readonly Uuid[],
): EntryStep & { readonly body: Absentee } {
  const guest = who.mail === '' ? null : (newId() as string as Uuid);
  const body = { ...who, guest, tasks: [...tasks] };
  return {
    do: 'entry',
    circle,
    id: newId(),
    kind: 'handoff.awaited',
    facts: { absentee, due },
    body,
  };
}

export class Absentees {
  constructor(private readonly parts: AbsenteeParts) {}

  async awaitSomebody(id: CircleId, somebody: NewAbsentee, due: number): Promise<void> {
    const { newId } = this.parts;
    const { sender } = await this.#handoff(id);
    const step = awaitedStep({ newId, circle: id, due }, somebody, []);
    await this.#submit(id, sender, [step]);
    await this.mail(sender, step.body);
  }

  /**
   * Asks the server to mail it. The handoff has left already and stands without: where this fails,
   * the page says that the invitation did not leave, and offers it again.
   */
  async mail(sender: MemberId, { guest, mail }: Absentee): Promise<void> {
    const ref = memberRef(sender);
    if (guest === null || mail === '' || ref.type !== 'team') return;
    await this.parts.guests.invite(guest, ref.team, mail);
  }

  async inviteAgain(id: CircleId, absentee: Uuid): Promise<void> {
    const { sender } = await this.#handoff(id);
    await this.mail(sender, await this.#whoIs(id, absentee));
  }

  /** After the handoff left: the same name mails nothing twice, however often it is asked. */
  async inviteAll(id: CircleId): Promise<void> {
    const { state } = await this.#handoff(id);
    for (const absentee of Object.keys(state.absentees ?? {}) as Uuid[]) {
      await this.inviteAgain(id, absentee);
    }
  }

  async handOver(id: CircleId, absentee: Uuid, said: HandOver): Promise<void> {
    const { sender } = await this.#handoff(id);
    await this.#submit(id, sender, [this.#entry(id, 'handoff.handed-over', { absentee }, said)]);
  }

  /**
   * The one who is here now enters both circles, is asked, and is given what was meant for them.
   */
  async admit(id: CircleId, absentee: Uuid, to: MemberId): Promise<void> {
    const { sender, book, state } = await this.#handoff(id);
    const { tasks } = await this.#whoIs(id, absentee);
    const now = this.parts.ground.clock();
    const due = state.absentees?.[absentee]?.due ?? now;
    const facts = {
      absentee,
      to,
      due: Math.max(due, now + HANDOFF_KIND_TABLE[state.kind].unansweredMs),
    };
    const admitted = this.#entry(id, 'handoff.admitted', facts, { note: '' });
    const { linked } = book.state ?? {};
    const isGivenAtOnce = !HANDOFF_KIND_TABLE[state.kind].exclusive;
    const file = linked && this.parts.library.has(linked) && isGivenAtOnce ? linked : null;
    await this.#submit(id, sender, [
      ...this.#adding(book, to),
      admitted,
      ...(file === null ? [] : await this.#inFile(file, to, tasks)),
    ]);
  }

  async #inFile(file: CircleId, to: MemberId, meant: readonly Uuid[]): Promise<Step[]> {
    const book = await this.parts.library.book(file);
    const open = foldFile(book).tasks.filter((one) => meant.includes(one.task) && !isTaskOver(one));
    const handed = open.map(({ task }) =>
      this.#entry(file, 'task.handed-on', { task, owner: to }, { note: '' }),
    );
    return [...this.#adding(book, to), ...handed];
  }

  /** Nothing where they are a member already. */
  #adding(book: Book, member: MemberId): Step[] {
    if (book.state?.members.has(member) === true) return [];
    return [{ do: 'add', circle: book.circle, member, role: 'writer' }];
  }

  async #handoff(id: CircleId) {
    const book = await this.parts.library.book(id);
    const { state, steps } = foldHandoff(book);
    if (state.sender === null) throw new Fault('no-such-circle', 'nothing was offered here');
    return { book, state, steps, sender: state.sender };
  }

  async #whoIs(id: CircleId, absentee: Uuid): Promise<Absentee> {
    const { book, steps } = await this.#handoff(id);
    const named = steps.find(({ item: { header } }) => {
      return header.kind === 'handoff.awaited' && header.facts['absentee'] === absentee;
    });
    const who = named && (await this.parts.bodies.of<Absentee>(book, named.item));
    if (who?.state !== 'open') throw new Fault('no-keys', 'who is awaited is not readable here');
    return who.value;
  }

  #entry(
    circle: CircleId,
    kind: EntryStep['kind'],
    facts: EntryStep['facts'],
    body: unknown,
  ): EntryStep {
    return { do: 'entry', circle, id: this.parts.newId(), kind, facts, body };
  }

  async #submit(lane: CircleId, as: MemberId, steps: readonly Step[]): Promise<void> {
    await this.parts.outbox.submit({ id: this.parts.newId(), lane, as, steps });
  }
}
