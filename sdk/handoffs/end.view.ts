/**
 * What a screen says of a handoff that ended, or whose file was erased: who, when, in which words.
 * And what somebody had opened by then: taking something back does not make it unread.
 */
import { ERASERS } from '@liaison/contract/erasure-rules';
import type { MemberId, PersonId } from '@liaison/contract/ids';
import type { ItemHeader } from '@liaison/contract/item';
import type { Bodies } from '../circles/bodies.js';
import type { Book, Item } from '../circles/circle.book.js';
import type { Directory } from '../directory.js';
import type { AddresseeView, EndView, HandoffView } from '../face.js';
import { type Cursor, type Lanes, reachedAt } from '../sync/lanes.js';
import { erasable } from './handoff.ends.js';
import type { FoldedFile, FoldedHandoff } from './handoff.fold.js';

export interface EndSources {
  readonly bodies: Bodies;
  readonly directory: Directory;
  readonly lanes: Lanes;
}

const ENDS = ['handoff.closed', 'handoff.cancelled', 'handoff.recalled', 'handoff.superseded'];

export class EndViews {
  constructor(private readonly sources: EndSources) {}

  async ended(book: Book, { steps }: FoldedHandoff): Promise<EndView | null> {
    const end = steps.findLast(({ item }) => ENDS.includes(item.header.kind))?.item;
    if (end === undefined) return null;
    const { at, author, as } = end.header;
    return { at, by: await this.#author(author, as), note: await this.#note(book, end) };
  }

  async erased(file: Book | null, folder: FoldedFile): Promise<HandoffView['erased']> {
    const filed = folder.letter ?? folder.asked;
    const tombstone = file === null || filed === null ? undefined : file.tombstones.get(filed.k);
    if (file === null || tombstone === undefined) return null;
    const { at, by, as, reason, k } = tombstone;
    const word = file.items[k];
    const note = word === undefined ? null : await this.#note(file, word);
    return { at, by: await this.#author(by, as), note, reason };
  }

  /** Who of these people first opened the file, by what their devices said. */
  async opened(
    file: Book | null,
    { letter, asked }: FoldedFile,
    people: ReadonlySet<PersonId>,
  ): Promise<AddresseeView['opened']> {
    const k = (letter ?? asked)?.k;
    if (file === null || k === undefined) return null;
    const cursors = await this.sources.lanes.of(file.circle);
    const theirs = cursors.filter(({ lane, person }) => lane === 'read' && people.has(person));
    const [first] = theirs
      .flatMap((cursor) => openedBy(cursor, k))
      .sort((one, other) => one.at - other.at);
    if (first === undefined) return null;
    return { person: await this.sources.directory.person(first.person), at: first.at };
  }

  #author(person: PersonId, as: ItemHeader['as']) {
    return this.sources.directory.acting(person, as);
  }

  async #note(book: Book, item: Item): Promise<string | null> {
    const words = await this.sources.bodies.of<{ note?: string }>(book, item);
    return words.state === 'open' && words.value.note !== '' ? (words.value.note ?? null) : null;
  }
}

function openedBy(cursor: Cursor, k: number): { person: PersonId; at: number }[] {
  const at = reachedAt(cursor, k);
  return at === null ? [] : [{ person: cursor.person, at }];
}

/** Whether somebody of these may erase what is left of a file: all of it, not their own words. */
export function mayErase(file: Book | null, mine: readonly MemberId[]): boolean {
  if (file === null || !ERASERS.file.includes('keeper')) return false;
  const keeps = mine.some((member) => file.state?.members.get(member)?.role === 'admin');
  return keeps && erasable(file).length > 0;
}
