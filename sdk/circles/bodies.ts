/**
 * Opens sealed bodies when somebody looks at them, and remembers them while the process lives. A
 * body that fails is its author's fault and blocks nobody; missing keys are asked for and heal.
 */
import { fromBase64Url } from '@liaison/contract/bytes';
import { findEntryKind } from '@liaison/contract/entry-kinds';
import { type MemberId, teamMember } from '@liaison/contract/ids';
import type { Opened } from '../face.js';
import { openBody } from '../crypto/body.js';
import type { Reach } from '../reach.js';
import type { Book, Item } from './circle.book.js';
import type { Self } from '../self.js';
import type { Keyring } from './keyring.js';
import type { Library } from './library.js';
import { firstGivenTo, Readings } from './reading.js';

export class Bodies {
  readonly #open = new WeakMap<Item, Opened<unknown>>();

  constructor(
    private readonly keyring: Keyring,
    private readonly reach: Reach,
    private readonly library: Library,
    private readonly self: Self,
  ) {}

  /** The body as it was opened before, at once; undefined: ask `of`. */
  known<T>(item: Item): Opened<T> | undefined {
    return this.#open.get(item) as Opened<T> | undefined;
  }

  /** The body of an entry. The type is the caller's word: the kind's own schema has parsed it. */
  async of<T>(book: Book, item: Item): Promise<Opened<T>> {
    const known = this.#open.get(item);
    if (known !== undefined) return known as Opened<T>;
    const opened = await this.#read(book, item);
    if (opened.state !== 'waiting') this.#open.set(item, opened);
    return opened as Opened<T>;
  }

  async #read(book: Book, item: Item): Promise<Opened<unknown>> {
    const { header, sealed } = item;
    const kind = findEntryKind(header.kind);
    if (kind === undefined || header.kv > kind.version) return { state: 'update-needed' };
    if (sealed === null) {
      return book.missing.has(item.k) ? { state: 'waiting', for: 'body' } : { state: 'erased' };
    }
    let epoch = await this.keyring.kept(book.circle, header.epoch);
    if (epoch === null) {
      await this.reach.soon(async () => {
        epoch = await this.keyring.epoch(book.circle, header.epoch);
      });
    }
    if (epoch === null) return { state: 'waiting', for: await this.#missing(book, header.epoch) };
    const { epoch: number, kind: name, kv, id, author, device } = header;
    const context = { circle: book.circle, epoch: number, kind: name, kv, id, author, device };
    const body = openBody(epoch.contentKey, fromBase64Url(sealed), context);
    if (!body.ok) return { state: 'unreadable', by: author, why: body.why };
    const value = kind.body.safeParse(body.value);
    if (value.success) return { state: 'open', value: value.data };
    return { state: 'unreadable', by: author, why: 'form' };
  }

  /** Whoever joined without the past is told so: no key of then will ever come. */
  async #missing(book: Book, epoch: number): Promise<'keys' | 'history'> {
    const groups = await this.self.groups();
    const mine = [this.self.member(), ...groups.map(teamMember)];
    if (epoch < firstGivenTo(book, mine)) return 'history';
    for (const group of groups.filter((one) => book.state?.members.has(teamMember(one)))) {
      const team = await this.library.book(group);
      if (readsFromLater(team, this.self.member())) return 'history';
    }
    return 'keys';
  }
}

/** Whether we were let into a team without what came before. */
function readsFromLater(team: Book, me: MemberId): boolean {
  const spec = team.state?.members.get(me);
  return spec !== undefined && new Readings(team).of(spec).locked;
}
