/** Who acts on this device: the person, the role they chose, and the teams they are in. */
import type { CircleId, MemberId, PersonId } from '@liaison/contract/ids';
import { personMember, teamMember } from '@liaison/contract/ids';
import type { Profession } from '@liaison/contract/item';
import type { Library } from './circles/library.js';
import type { Vault } from './vault.js';

export class Self {
  /** Profession of the role in which the person acts now. */
  profession: Profession = 'other';

  constructor(
    private readonly vault: Vault,
    private readonly library: Library,
  ) {}

  person(): PersonId {
    return this.vault.me();
  }

  member(): MemberId {
    return personMember(this.person());
  }

  async teams(): Promise<CircleId[]> {
    const teams: CircleId[] = [];
    for (const team of this.library.ofKind('team', 'sector')) {
      if (!this.library.isOurs(team)) continue;
      const book = await this.library.book(team);
      if (book.state?.members.has(this.member()) === true) teams.push(team);
    }
    return teams;
  }

  /** Members through which the person may act: their teams, then themselves. */
  async members(): Promise<MemberId[]> {
    return [...(await this.teams()).map(teamMember), this.member()];
  }
}
