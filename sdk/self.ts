/** Who acts on this device: the person, the role they chose, and the teams they are in. */
import type { CircleId, MemberId, PersonId } from '@liaison/contract/ids';
import { personMember, teamMember } from '@liaison/contract/ids';
import type { CircleState } from '@liaison/contract/circle-rules';
import type { Profession } from '@liaison/contract/profession';
import { hasLapsed } from '@liaison/contract/standing-rules';
import type { Belonging } from './circles/belonging.js';
import type { Library } from './circles/library.js';
import type { People } from './people.js';
import type { Vault } from './vault.js';

export class Self {
  /** Profession of the role in which the person acts now. */
  profession: Profession = 'other';

  constructor(
    private readonly vault: Vault,
    private readonly library: Library,
    private readonly people: People,
    private readonly belonging: Belonging,
  ) {}

  person(): PersonId {
    return this.vault.me();
  }

  member(): MemberId {
    return personMember(this.person());
  }

  /** A new identity is in no circle until somebody lets it in again. */
  isIn({ members, admitted }: Pick<CircleState, 'members' | 'admitted'>): boolean {
    const lastReset = this.people.known(this.person())?.log.lastReset ?? -1;
    return members.has(this.member()) && !hasLapsed(admitted, this.person(), lastReset);
  }

  /** Units and practices that the person joined: what they know as their teams, and act through. */
  async teams(): Promise<CircleId[]> {
    return this.#joined(await this.#inOf('team'));
  }

  /** All teams they were let into, and sectors of large circles: what changes with one's key. */
  groups(): Promise<CircleId[]> {
    return this.#inOf('team', 'sector');
  }

  /** Teams that others named them a member of, and they have not made theirs. */
  async admissions(): Promise<CircleId[]> {
    const all = await this.#inOf('team');
    const own = await this.#joined(all);
    return all.filter((team) => !own.includes(team));
  }

  async #joined(circles: readonly CircleId[]): Promise<CircleId[]> {
    const own = await Promise.all(circles.map((circle) => this.belonging.isOwn(circle)));
    return circles.filter((_, i) => own[i]);
  }

  async #inOf(...kinds: readonly ('team' | 'sector')[]): Promise<CircleId[]> {
    const teams: CircleId[] = [];
    for (const team of this.library.ofKind(...kinds)) {
      if (!this.library.isOurs(team)) continue;
      const book = await this.library.book(team);
      if (book.state !== null && this.isIn(book.state)) teams.push(team);
    }
    return teams;
  }

  /** Members through which the person may act: their teams, then themselves. */
  async members(): Promise<MemberId[]> {
    return [...(await this.teams()).map(teamMember), this.member()];
  }
}
