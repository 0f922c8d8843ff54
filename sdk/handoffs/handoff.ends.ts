/**
 * How a handoff ends before its time: called off, taken back, and what identified the patient
 * destroyed. Each is one act, so that nobody is told of an end whose plan still reminds them.
 */
import type { CancelReason, RecallReason } from '@liaison/contract/handoff';
import { Problem } from '@liaison/contract/errors';
import { EARLY_ENDS } from '@liaison/contract/handoff.lists';
import type { EraseReason } from '@liaison/contract/erasure';
import type { CircleId, EntryId } from '@liaison/contract/ids';
import type { Head } from '@liaison/contract/item';
import { LIMITS } from '@liaison/contract/limits';
import type { PlanEndReason } from '@liaison/contract/task';
import { isTaskOver } from '@liaison/contract/task-rules';
import type { Book } from '../circles/circle.book.js';
import type { Library } from '../circles/library.js';
import { Fault } from '../fault.js';
import type { Self } from '../self.js';
import type { EntryStep, Step } from '../sync/act.js';
import type { Outbox } from '../sync/outbox.js';
import { foldFile, foldHandoff } from './handoff.fold.js';

export interface EndParts {
  readonly library: Library;
  readonly outbox: Outbox;
  readonly self: Self;
  readonly newId: () => EntryId;
}

export class HandoffEnds {
  constructor(private readonly parts: EndParts) {}

  /** Nothing is to be done any more; what was sent stays readable. */
  cancel(id: CircleId, reason: CancelReason, note: string): Promise<void> {
    return this.#end(id, 'handoff.cancelled', reason, note, false);
  }

  /** It should not have reached them: taken back, with what it says of the patient. */
  recall(id: CircleId, reason: RecallReason, note: string): Promise<void> {
    return this.#end(id, 'handoff.recalled', reason, note, EARLY_ENDS[reason].erases);
  }

  /** Destroys what the file says, whatever became of the handoff since. */
  async erase(id: CircleId, reason: EraseReason, note: string): Promise<void> {
    const { book, file } = await this.#books(id);
    if (file === null) throw new Fault('no-such-circle', 'the file is not here');
    const steps = erasing(file, reason, note, this.parts.newId);
    if (steps.length > 0) await this.#submit(id, book, steps);
  }

  /** What ends the plan of a handoff; nothing where nothing in it is open. */
  async endingPlan(id: CircleId, reason: PlanEndReason): Promise<Step[]> {
    const { file } = await this.#books(id);
    return file === null ? [] : planEnd(file, reason, this.parts.newId);
  }

  async #end(
    id: CircleId,
    kind: 'handoff.cancelled' | 'handoff.recalled',
    reason: RecallReason | CancelReason,
    note: string,
    erases: boolean,
  ): Promise<void> {
    const { newId } = this.parts;
    const { book, file } = await this.#books(id);
    const facts = { reason };
    const end: Step = { do: 'entry', circle: id, id: newId(), kind, facts, body: { note } };
    const plan = file === null ? [] : planEnd(file, reason, newId);
    const erased = file === null || !erases ? [] : erasing(file, eraseReason(reason), '', newId);
    await this.#submit(id, book, [end, ...erased, ...plan]);
  }

  async #books(id: CircleId): Promise<{ readonly book: Book; readonly file: Book | null }> {
    const { library } = this.parts;
    const book = await library.book(id);
    const linked = book.state?.linked ?? null;
    const isHere = linked !== null && library.has(linked);
    return { book, file: isHere ? await library.book(linked) : null };
  }

  async #submit(lane: CircleId, book: Book, steps: readonly Step[]): Promise<void> {
    const { sender } = foldHandoff(book).state;
    if (sender === null) throw new Fault('no-such-circle', 'nothing was offered here');
    const { outbox, self, newId } = this.parts;
    if (!(await self.members()).includes(sender)) throw new Problem('not_allowed');
    await outbox.submit({ id: newId(), lane, as: sender, steps });
  }
}

const eraseReason = (reason: RecallReason | CancelReason): EraseReason =>
  reason === 'wrong-patient' || reason === 'wrong-addressee' ? reason : 'other';

function planEnd(file: Book, reason: PlanEndReason, newId: () => EntryId): Step[] {
  if (foldFile(file).tasks.every(isTaskOver)) return [];
  const facts = { reason };
  const [circle, body] = [file.circle, { note: '' }];
  return [{ do: 'entry', circle, id: newId(), kind: 'plan.ended', facts, body }];
}

/**
 * What is left to erase of a file, after an epoch that does not link to those before: whoever joins
 * later gets no key to what a copy of the database may still hold.
 */
function erasing(file: Book, reason: EraseReason, note: string, newId: () => EntryId): Step[] {
  const places = erasable(file);
  if (places.length === 0) return [];
  const { circle } = file;
  const most = LIMITS.erasedPerEntry.value;
  const parts = Array.from({ length: Math.ceil(places.length / most) }, (_, i) =>
    places.slice(i * most, (i + 1) * most),
  );
  const entries = parts.map((of): EntryStep => {
    const facts = { of, reason };
    return { do: 'entry', circle, id: newId(), kind: 'bodies.erased', facts, body: { note } };
  });
  return [{ do: 'renew', circle, cut: true }, ...entries];
}

/** They say how it ended, and nothing of the patient. */
const WORDS_OF_AN_END = ['bodies.erased', 'plan.ended'];

/** Places of a file that say something of the patient still. */
export function erasable({ items, tombstones, replay }: Book): Head[] {
  const left = items.filter(({ k, header }) => {
    return header.body !== null && !WORDS_OF_AN_END.includes(header.kind) && !tombstones.has(k);
  });
  return left.flatMap(({ k }) => {
    const h = replay.history.chainAt(k);
    return h === null ? [] : [{ k, h }];
  });
}
