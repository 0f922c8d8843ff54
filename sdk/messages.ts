/** What people said in a circle: messages taken by the server, then those still on their way. */
import type { AttachmentRef } from '@liaison/contract/attachment';
import { findEntryKind } from '@liaison/contract/entry-kinds';
import { teamMember } from '@liaison/contract/ids';
import type { Bodies } from './circles/bodies.js';
import type { Book, Item } from './circles/circle.book.js';
import { firstEpochOf } from './circles/reading.js';
import type { Directory } from './directory.js';
import type { MessageView, Opened, PersonView } from './face.js';
import type { Self } from './self.js';
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
  readonly self: Self;
  readonly waiting: () => readonly WaitingAct[];
}

export class Messages {
  constructor(private readonly sources: MessageSources) {}

  async of(book: Book): Promise<MessageView[]> {
    const taken = await this.#ours(book);
    const known = new Set(taken.map((item) => item.header.id));
    const waiting = this.sources.waiting().flatMap((act) => {
      const steps = act.steps.filter(
        (step): step is EntryStep =>
          step.do === 'entry' && step.circle === book.circle && step.kind === 'message.posted',
      );
      return steps.filter((step) => !known.has(step.id)).map((step) => ({ act, step }));
    });
    const views = await this.#views(book, taken);
    for (const { act, step } of waiting) views.push(await this.#waiting(book, act, step));
    return views;
  }

  async last(book: Book): Promise<MessageView | null> {
    const item = (await this.#ours(book)).at(-1);
    return item === undefined ? null : ((await this.#views(book, [item]))[0] ?? null);
  }

  /** Countable entries of others after this person's cursor. */
  async unread(book: Book): Promise<number> {
    const read = (await this.sources.lanes.mine(book.circle, 'read'))?.k ?? -1;
    const me = this.sources.vault.me();
    const counts = ({ header, flaw }: Item): boolean =>
      flaw === null && header.author !== me && findEntryKind(header.kind)?.countable === true;
    return book.items.slice(read + 1).filter(counts).length;
  }

  /** Messages that this person is meant to read: whoever joined later begins there. */
  async #ours(book: Book): Promise<Item[]> {
    const { self } = this.sources;
    const mine = [self.member(), ...(await self.groups()).map(teamMember)];
    const from = firstEpochOf(book, mine);
    return book.items.filter((item) => isMessage(item) && item.header.epoch >= from);
  }

  /** Each author is looked up once, and bodies opened before are taken at once. */
  async #views(book: Book, items: readonly Item[]): Promise<MessageView[]> {
    const { bodies, directory } = this.sources;
    const people = new Set(items.map((item) => item.header.author));
    await directory.learn(people);
    const authors = new Map<string, PersonView>();
    for (const { header } of items) {
      const key = roleOf(header);
      if (!authors.has(key)) authors.set(key, await directory.acting(header.author, header.as));
    }
    const views: MessageView[] = [];
    for (const item of items) {
      const said = bodies.known<Said>(item) ?? (await bodies.of<Said>(book, item));
      const author = authors.get(roleOf(item.header));
      if (author !== undefined) views.push(this.#taken(book, item, said, author));
    }
    return views;
  }

  #taken(book: Book, { header }: Item, said: Opened<Said>, author: PersonView): MessageView {
    const text: Opened<string> =
      said.state === 'open' ? { state: 'open', value: said.value.text } : said;
    return {
      id: header.id,
      circle: book.circle,
      author,
      mine: author.person === this.sources.vault.me(),
      delivery: 'sent',
      refusal: null,
      at: header.at,
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

/** One author may have spoken in several roles. */
const roleOf = ({ author, as }: Item['header']): string => `${author} ${as}`;
