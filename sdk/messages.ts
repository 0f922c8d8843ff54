/** What people said in a circle: messages taken by the server, then those still on their way. */
import type { AttachmentRef } from '@liaison/contract/attachment';
import { findEntryKind } from '@liaison/contract/entry-kinds';
import type { Bodies } from './circles/bodies.js';
import type { Book, Item } from './circles/circle.book.js';
import type { Directory } from './directory.js';
import type { MessageView, Opened } from './face.js';
import type { EntryStep, WaitingAct } from './sync/act.js';
import type { Lanes } from './sync/lanes.js';
import type { Vault } from './vault.js';

interface Said {
  readonly text: string;
  readonly attachments: readonly AttachmentRef[];
}

export interface MessageSources {
  readonly bodies: Bodies;
  readonly directory: Directory;
  readonly lanes: Lanes;
  readonly vault: Vault;
  readonly waiting: () => readonly WaitingAct[];
}

export class Messages {
  constructor(private readonly sources: MessageSources) {}

  async of(book: Book): Promise<MessageView[]> {
    const taken = book.items.filter(isMessage);
    const known = new Set(taken.map((item) => item.header.id));
    const waiting = this.sources.waiting().flatMap((act) => {
      const steps = act.steps.filter(
        (step): step is EntryStep =>
          step.do === 'entry' && step.circle === book.circle && step.kind === 'message.posted',
      );
      return steps.filter((step) => !known.has(step.id)).map((step) => ({ act, step }));
    });
    await this.sources.directory.learn(taken.map((item) => item.header.author));
    return [
      ...(await Promise.all(taken.map((item) => this.#taken(book, item)))),
      ...(await Promise.all(waiting.map(({ act, step }) => this.#waiting(book, act, step)))),
    ];
  }

  async last(book: Book): Promise<MessageView | null> {
    const item = book.items.findLast(isMessage);
    return item === undefined ? null : this.#taken(book, item);
  }

  /** Countable entries of others after this person's cursor. */
  async unread(book: Book): Promise<number> {
    const read = (await this.sources.lanes.mine(book.circle, 'read'))?.k ?? -1;
    const me = this.sources.vault.me();
    const counts = ({ k, header, flaw }: Item): boolean =>
      k > read &&
      flaw === null &&
      header.author !== me &&
      findEntryKind(header.kind)?.countable === true;
    return book.items.filter(counts).length;
  }

  async #taken(book: Book, item: Item): Promise<MessageView> {
    const said = await this.sources.bodies.of<Said>(book, item);
    const { id, author, at } = item.header;
    const text: Opened<string> =
      said.state === 'open' ? { state: 'open', value: said.value.text } : said;
    return {
      id,
      circle: book.circle,
      author: await this.sources.directory.person(author),
      mine: author === this.sources.vault.me(),
      delivery: 'sent',
      refusal: null,
      at,
      text,
      attachments: said.state === 'open' ? said.value.attachments : [],
    };
  }

  async #waiting(book: Book, act: WaitingAct, step: EntryStep): Promise<MessageView> {
    const said = step.body as Said;
    return {
      id: step.id,
      circle: book.circle,
      author: await this.sources.directory.person(this.sources.vault.me()),
      mine: true,
      delivery: act.refusal === null ? 'sending' : 'refused',
      refusal: act.refusal,
      at: act.since,
      text: { state: 'open', value: said.text },
      attachments: said.attachments,
    };
  }
}

function isMessage(item: Item): boolean {
  return item.flaw === null && item.header.kind === 'message.posted';
}
