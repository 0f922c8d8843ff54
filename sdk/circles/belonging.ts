/**
 * Which teams and communities are a person's own. Anybody can found a team and name somebody as its
 * member: that is others' word. It becomes one's own by a word of one's own in its log, and until
 * then nothing is sent through it, and nothing that it vouches for is believed (decision 0010).
 */
import { isStatementKind } from '@liaison/contract/circle';
import { type CircleId, type PersonId, personMember } from '@liaison/contract/ids';
import type { Vault } from '../vault.js';
import type { Book, Item } from './circle.book.js';
import type { Library } from './library.js';

export class Belonging {
  constructor(
    private readonly vault: Vault,
    private readonly library: Library,
  ) {}

  /** Whether the person made this circle theirs, and has not left it since. */
  async isOwn(circle: CircleId): Promise<boolean> {
    return hasJoined(await this.library.book(circle), this.vault.me());
  }

  /**
   * Of the communities that list the person, their own: joined, or the one that a team of theirs
   * belongs to. Who has none yet starts in the only one that let them in; between several they
   * choose themselves.
   */
  async communities<T extends { readonly id: CircleId }>(listed: readonly T[]): Promise<T[]> {
    const ofTeams = await this.#ofTeams();
    const own: T[] = [];
    for (const one of listed) {
      if (ofTeams.has(one.id) || (await this.isOwn(one.id))) own.push(one);
    }
    return own.length === 0 && listed.length === 1 ? [...listed] : own;
  }

  async #ofTeams(): Promise<ReadonlySet<CircleId | null>> {
    const named = new Set<CircleId | null>();
    for (const team of this.library.ofKind('team')) {
      const { state } = await this.library.book(team);
      const isIn = state?.members.has(personMember(this.vault.me())) === true;
      if (isIn && (await this.isOwn(team))) named.add(state.community);
    }
    return named;
  }
}

function hasJoined({ items }: Book, me: PersonId): boolean {
  return items
    .filter(({ header, flaw }) => flaw === null && header.author === me)
    .reduce((joined: boolean, item) => after(joined, item, me), false);
}

/** Statements that a device makes unasked (a new epoch) say nothing of anybody's will. */
function after(joined: boolean, { header: { kind, facts } }: Item, me: PersonId): boolean {
  if (kind === 'member.removed') return joined && facts['member'] !== personMember(me);
  return joined || kind === 'circle.created' || !isStatementKind(kind);
}
