/**
 * Names for ids. A team's name counts once it matches the hash that the team's own log committed
 * to; a person's is certified only by their identity log. Until then a name is "as the directory
 * says", and shown so.
 */
import {
  COMMUNITY_ROUTES,
  DIRECTORY_ROUTES,
  type EndorsedTeam,
  type PersonCard,
  type TeamCard,
} from '@liaison/contract/directory';
import { Problem } from '@liaison/contract/errors';
import {
  type CircleId,
  type MemberId,
  memberRef,
  type PersonId,
  personMember,
  teamMember,
} from '@liaison/contract/ids';
import type { Profession } from '@liaison/contract/profession';
import { LIMITS } from '@liaison/contract/limits';
import { nameHashed } from '@liaison/contract/signing';
import { isAway } from './away.js';
import type { Belonging } from './circles/belonging.js';
import type { Library } from './circles/library.js';
import type { TeamLog, Teams } from './circles/teams.js';
import { hash } from './crypto/hash.js';
import type { DirectoryHit, PartyView, PersonView } from './face.js';
import { Fault } from './fault.js';
import { Gathering } from './gathering.js';
import type { Ground } from './ground.js';
import type { IdentityState } from './logs/identity-state.js';
import { calledAs } from './person-name.js';
import type { People, ProvenName } from './people.js';

const NAMELESS = '';

export interface CommunityFacts {
  readonly id: CircleId;
  readonly name: string;
}

interface Shown {
  readonly card: PersonCard | undefined;
  readonly log: IdentityState;
  readonly view: PersonView;
}

export class Directory {
  readonly #cards = new Map<PersonId, PersonCard>();
  readonly #teams = new Map<CircleId, EndorsedTeam>();
  readonly #following = new Map<CircleId, Promise<TeamLog | null>>();
  /** Views of people, each true of the card and of the verified log that it was made from. */
  readonly #shown = new Map<PersonId, Shown>();
  readonly #asking = new Gathering<PersonId>((people) => this.#learn(people));
  /** The person's own, whose endorsements count; and those that merely let them in. */
  #communities: CommunityFacts[] = [];
  #strangers: CommunityFacts[] = [];
  /** Teams that these vouch for, and those just made: who can be asked. */
  #addressable: ReadonlySet<CircleId> = new Set();
  /** All of these, as this client wrote them last. */
  #kept = '';

  constructor(
    private readonly ground: Ground,
    private readonly people: People,
    private readonly teams: Teams,
    private readonly library: Library,
    private readonly belonging: Belonging,
  ) {}

  /** Names known from before, so that screens show them offline. */
  async open(): Promise<void> {
    for (const [, card] of await this.ground.store.scan<PersonCard>('names', 'person/')) {
      this.#cards.set(card.person, card);
    }
    for (const [, team] of await this.ground.store.scan<EndorsedTeam>('names', 'team/')) {
      this.#teams.set(team.team, team);
    }
    const { store } = this.ground;
    this.#communities = (await store.get<CommunityFacts[]>('names', 'communities')) ?? [];
    const kept = await store.get<CircleId[]>('names', 'addressable');
    this.#addressable = new Set(kept ?? this.#teams.keys());
  }

  /** Reads again which communities the person is in and which teams their own ones vouch for. */
  async refresh(): Promise<void> {
    const { communities } = await this.ground.api.call(COMMUNITY_ROUTES.communities, {});
    const listed = communities.map(({ community, card }) => {
      return { id: community, name: card?.name ?? NAMELESS };
    });
    this.#communities = await this.belonging.communities(listed);
    this.#strangers = listed.filter((one) => !this.#communities.includes(one));
    const addressable = new Set<CircleId>();
    for (const { id } of this.#communities) {
      for (const team of await this.#teamsOf(id)) {
        this.#teams.set(team.team, team);
        addressable.add(team.team);
      }
    }
    this.#addressable = addressable;
    await this.#keep();
  }

  /** Every device asks many times a day, and mostly hears what it knows: that is not written. */
  async #keep(): Promise<void> {
    const known = [this.#communities, [...this.#addressable], [...this.#teams]];
    const text = JSON.stringify(known);
    if (text === this.#kept) return;
    await this.ground.store.transaction((tx) => {
      tx.put('names', 'communities', this.#communities);
      tx.put('names', 'addressable', [...this.#addressable]);
      for (const [id, team] of this.#teams) tx.put('names', `team/${id}`, team);
    });
    this.#kept = text;
    // A screen may have listed whom to ask before somebody came: it lists them again.
    this.ground.changes.tell({ what: 'channels' });
  }

  async #teamsOf(community: CircleId): Promise<EndorsedTeam[]> {
    const input = { params: { community } };
    const { teams } = await this.ground.api.call(COMMUNITY_ROUTES.communityTeams, input);
    const vouched = await this.#vouchedIn(community);
    return teams.filter((team) => vouched.has(vouchOf(team)));
  }

  /** What the community's own log vouches for: the server's list alone makes nobody addressable. */
  async #vouchedIn(community: CircleId): Promise<ReadonlySet<string>> {
    const vouched = new Map<CircleId, string>();
    for (const { header, flaw } of (await this.library.book(community)).items) {
      if (flaw !== null) continue;
      const facts = header.facts as Vouched;
      if (header.kind === 'team.endorsed') vouched.set(facts.team, vouchOf(facts));
      if (header.kind === 'team.withdrawn') vouched.delete(facts.team);
    }
    return new Set(vouched.values());
  }

  community(): CommunityFacts | null {
    return this.#communities[0] ?? null;
  }

  /** Communities that let the person in and are not theirs: shown, and asked nothing of. */
  strangers(): readonly CommunityFacts[] {
    return this.#strangers;
  }

  endorsed(): EndorsedTeam[] {
    return [...this.#teams.values()].filter(({ team }) => this.#addressable.has(team));
  }

  /** As parties; their logs are read first, because a name counts only beside its own log. */
  async communityTeams(): Promise<PartyView[]> {
    if (this.#addressable.size === 0) await this.refresh();
    return this.#parties(this.endorsed());
  }

  /** A team whose log cannot be read now (no network) stands without its name. */
  async #parties(teams: readonly EndorsedTeam[]): Promise<PartyView[]> {
    const { reach } = this.ground;
    await Promise.all(teams.map(({ team }) => reach.soon(() => this.#follow(team))));
    return Promise.all(teams.map(({ team }) => this.party(teamMember(team))));
  }

  /** A team of one's own, shown before anybody endorsed it. */
  async noteTeam(team: CircleId, card: TeamCard): Promise<void> {
    const known = { team, ...card };
    this.#teams.set(team, known);
    this.#addressable = new Set([...this.#addressable, team]);
    await this.ground.store.transaction((tx) => {
      tx.put('names', `team/${team}`, known);
    });
  }

  /** Fetches the cards that are not known yet. Nobody is kept from reading for want of a name. */
  async learn(people: Iterable<PersonId>): Promise<void> {
    const missing = [...new Set(people)].filter((person) => !this.#cards.has(person));
    if (missing.length === 0) return;
    await this.ground.reach.soon(() => this.#asking.need(missing));
  }

  async #learn(missing: readonly PersonId[]): Promise<void> {
    const size = LIMITS.identityQuery.value;
    for (let at = 0; at < missing.length; at += size) {
      const body = { people: missing.slice(at, at + size) };
      const reply = await this.ground.api.call(DIRECTORY_ROUTES.peopleCards, { body });
      for (const card of reply.people) this.#cards.set(card.person, card);
      await this.ground.store.transaction((tx) => {
        for (const card of reply.people) tx.put('names', `person/${card.person}`, card);
      });
    }
  }

  async person(person: PersonId): Promise<PersonView> {
    if (!this.#cards.has(person)) await this.learn([person]);
    const card = this.#cards.get(person);
    const shown = this.#shown.get(person);
    const log = this.people.known(person);
    if (shown !== undefined && shown.card === card && shown.log === log) return shown.view;
    const view = viewOf(person, await this.people.trust(person, card ?? null), card);
    const verified = this.people.known(person);
    if (verified !== null) this.#shown.set(person, { card, log: verified, view });
    return view;
  }

  /** As the author of an entry: in the role that they signed, where it is certified as theirs. */
  async acting(person: PersonId, as: Profession): Promise<PersonView> {
    const view = await this.person(person);
    const trust = this.people.known(person)?.trust;
    const isTheirs = trust?.level === 'certified' && trust.claims.professions.includes(as);
    return isTheirs && view.profession !== as ? { ...view, profession: as } : view;
  }

  async party(member: MemberId): Promise<PartyView> {
    const ref = memberRef(member);
    if (ref.type === 'team') return this.#team(member, ref.team);
    const { name } = await this.person(ref.person);
    const town = this.#cards.get(ref.person)?.structure ?? '';
    return { member, type: 'person', name, category: null, town };
  }

  async search(query: string): Promise<DirectoryHit[]> {
    const input = { query: { q: query } };
    const { people } = await this.ground.api.call(DIRECTORY_ROUTES.searchPeople, input);
    const teams = this.endorsed().filter((team) => resembles(team, query));
    const parties = await this.#parties(teams);
    const hits = parties.map((party) => {
      const { name, town } = party;
      const none = { phone: '', mailbox: null, nationalId: null } as const;
      return { party, name, profession: 'other', structure: name, town, ...none } as const;
    });
    const others = people.map(async ({ person, ...hit }) => {
      const party = person === null ? null : await this.party(personMember(person));
      return { ...hit, party, name: calledAs(hit.name) };
    });
    return [...hits, ...(await Promise.all(others))];
  }

  async #team(member: MemberId, team: CircleId): Promise<PartyView> {
    const card = this.#teams.get(team);
    const name = card?.name ?? null;
    const isTrue = card !== undefined && name !== null && (await this.#claims(card, name));
    const { category = null, town = null } = card ?? {};
    const shown = isTrue ? name : NAMELESS;
    return { member, type: 'team', name: shown, category, town: town ?? '' };
  }

  /** Whether the team's own log committed to that name. */
  async #claims({ team, finess }: EndorsedTeam, name: string): Promise<boolean> {
    if ((await this.teams.known(team)) === null) {
      await this.ground.reach.soon(() => this.#follow(team));
    }
    const log = await this.teams.known(team);
    return log?.state?.nameHash === hash(nameHashed(finess, name));
  }

  /** A team's log as it is now: read once, however many views ask for the name. */
  async #follow(team: CircleId): Promise<TeamLog | null> {
    const following = this.#following.get(team) ?? this.teams.latest(team);
    this.#following.set(team, following);
    try {
      return await following;
    } catch (error) {
      if (isAway(error)) throw error;
      // Without a log that holds, a team stands without its name.
      if (error instanceof Fault || error instanceof Problem) return null;
      throw error;
    } finally {
      this.#following.delete(team);
    }
  }
}

type Vouched = Pick<EndorsedTeam, 'team' | 'finess' | 'category'>;

/** What a signed endorsement says of a team, as one text. */
function vouchOf({ team, finess, category }: Vouched): string {
  return `${team} ${finess ?? ''} ${category}`;
}

/** What is proven comes first; the rest is as the directory says. */
function viewOf(person: PersonId, trust: ProvenName, card: PersonCard | undefined): PersonView {
  return {
    person,
    name: trust.name ?? calledAs(card?.name ?? NAMELESS),
    profession: trust.profession ?? card?.profession ?? 'other',
    nationalId: trust.nationalId ?? card?.nationalId ?? null,
    trust: trust.view,
  };
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();
}

/** Each word of the query stands somewhere in the team's name or town. */
function resembles(team: EndorsedTeam, query: string): boolean {
  const text = plain(`${team.name ?? ''} ${team.town ?? ''}`);
  return plain(query)
    .split(/\s+/)
    .every((word) => text.includes(word));
}
