/**
 * Teams, channels and communities: made and changed. A practice's team exists as soon as its first
 * member makes it; others find and address it once a coordinator's device has endorsed it, which is
 * when its claimed name is checked against what the team's own log committed to.
 */
import type { AttachmentRef } from '@liaison/contract/attachment';
import type { TeamCategory } from '@liaison/contract/community';
import { COMMUNITY_ROUTES } from '@liaison/contract/directory';
import {
  type CircleId,
  type EntryId,
  Finess,
  type MemberId,
  memberRef,
  type PersonId,
  personMember,
  teamMember,
} from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { nameHashed } from '@liaison/contract/signing';
import type { Attachments } from '../attachments.js';
import { hash } from '../crypto/hash.js';
import { randomText } from '../crypto/random.js';
import type { Directory } from '../directory.js';
import type { ChannelView, NewAttachment, PartyView, PersonView } from '../face.js';
import type { AdmissionView } from '../face.groups.js';
import { Fault } from '../fault.js';
import type { Ground } from '../ground.js';
import type { Messages } from '../messages.js';
import type { Self } from '../self.js';
import type { Act, CircleRef, CreateStep, EntryStep, Step } from '../sync/act.js';
import type { Outbox } from '../sync/outbox.js';
import type { Bodies } from './bodies.js';
import type { Book } from './circle.book.js';
import type { Groups } from './groups.js';
import type { Library } from './library.js';
import type { Teams } from './teams.js';

export interface RoomParts {
  readonly ground: Ground;
  readonly library: Library;
  readonly teams: Teams;
  readonly directory: Directory;
  readonly groups: Groups;
  readonly bodies: Bodies;
  readonly messages: Messages;
  readonly attachments: Attachments;
  readonly outbox: Outbox;
  readonly self: Self;
  readonly newId: () => EntryId;
}

const NEW = '@new';

export class Rooms {
  constructor(private readonly parts: RoomParts) {}

  async teams(): Promise<PartyView[]> {
    const { self, directory } = this.parts;
    return Promise.all((await self.teams()).map((team) => directory.party(teamMember(team))));
  }

  /** Teams and communities that name the person as a member, without a word of theirs so far. */
  async admissions(): Promise<AdmissionView[]> {
    const { self, directory } = this.parts;
    const teams = (await self.admissions()).map(async (circle) => {
      const { name } = await directory.party(teamMember(circle));
      return { circle, kind: 'team', name, ...(await this.#admittedBy(circle)) } as const;
    });
    const others = directory.strangers().map(async ({ id: circle, name }) => {
      return { circle, kind: 'community', name, ...(await this.#admittedBy(circle)) } as const;
    });
    return Promise.all([...teams, ...others]);
  }

  /** Makes it the person's own: they say so in its log, for all of their devices. */
  async join(circle: CircleId): Promise<void> {
    const { self, directory } = this.parts;
    await this.#submit(circle, self.member(), [this.#entry(circle, 'circle.joined', {}, {})]);
    await directory.refresh();
    this.parts.ground.changes.tell({ what: 'session' }, { what: 'handoffs' });
  }

  /** Whoever named them; of those who sit in a sector, whoever founded the community. */
  async #admittedBy(circle: CircleId): Promise<{ by: PersonView | null; at: number }> {
    const { library, self, directory } = this.parts;
    const { items } = await library.book(circle);
    const added = items.findLast(({ header: { kind, facts }, flaw }) => {
      const spec = facts['spec'] as { member?: MemberId } | undefined;
      return flaw === null && kind === 'member.added' && spec?.member === self.member();
    });
    const item = added ?? items[0];
    if (item === undefined) return { by: null, at: 0 };
    return { by: await directory.person(item.header.author), at: item.at };
  }

  async teamMembers(team: CircleId): Promise<PersonView[]> {
    await this.parts.ground.reach.soon(() => this.parts.teams.latest(team));
    const log = await this.parts.teams.known(team);
    const people = log?.memberships.at(-1)?.people ?? [];
    await this.parts.directory.learn(people);
    return Promise.all(people.map((person) => this.parts.directory.person(person)));
  }

  async createTeam(
    name: string,
    finess: string | null,
    category: TeamCategory,
    town: string,
  ): Promise<CircleId> {
    const claimed = finess === null ? null : Finess.parse(finess);
    const community = await this.#community();
    const step = this.#create('team', community, [this.parts.self.member()], {
      finess: claimed,
      nameHash: hash(nameHashed(claimed, name)),
    });
    const team = await this.#made([step]);
    const body = { name, finess: claimed, category, town };
    await this.parts.directory.noteTeam(team, body);
    await this.parts.ground.api.call(COMMUNITY_ROUTES.putTeamCard, { params: { team }, body });
    return team;
  }

  async createCommunity(name: string, finess: string | null, town: string): Promise<CircleId> {
    const claimed = finess === null ? null : Finess.parse(finess);
    const nameHash = hash(nameHashed(claimed, name));
    const step = this.#create('community', null, [this.parts.self.member()], {
      finess: claimed,
      nameHash,
    });
    const community = await this.#made([step]);
    const params = { community };
    const body = { name, finess: claimed, town };
    await this.parts.ground.api.call(COMMUNITY_ROUTES.putCommunityCard, { params, body });
    await this.parts.directory.refresh();
    return community;
  }

  /** Readers: they see which teams are vouched for, and open the names. */
  async admit(people: readonly PersonId[]): Promise<void> {
    const circle = await this.#community();
    const members = people.map(personMember);
    await this.#submit(circle, this.parts.self.member(), [
      { do: 'seat', circle, members, role: 'reader' },
    ]);
  }

  async endorse(
    team: CircleId,
    name: string,
    finess: string | null,
    category: TeamCategory,
  ): Promise<void> {
    const log = await this.parts.teams.latest(team, 0);
    if (log?.state?.nameHash !== hash(nameHashed(finess, name))) {
      throw new Fault('name-wrong', 'the team claims another name');
    }
    const facts = { team, finess, category };
    const community = await this.#community();
    const step = this.#entry(community, 'team.endorsed', facts, { name });
    await this.#submit(community, this.parts.self.member(), [step]);
    await this.parts.directory.refresh();
  }

  async createChannel(title: string, members: readonly MemberId[]): Promise<CircleId> {
    const mine = await this.parts.self.members();
    const own =
      members.find((member) => mine.includes(member)) ?? mine[0] ?? this.parts.self.member();
    const others = members.filter((member) => member !== own);
    const people = others.filter((member) => memberRef(member).type === 'person');
    const isLarge = people.length > LIMITS.peopleInPerson.value;
    const seated = isLarge ? people : [];
    const first = [own, ...others.filter((member) => !seated.includes(member))];
    const named = this.#entry(NEW, 'channel.named', {}, { title, purpose: '' });
    const create = this.#create('channel', await this.#community(), first, {});
    const seats: Step[] = isLarge
      ? [{ do: 'seat', circle: NEW, members: seated, role: 'writer' }]
      : [];
    return this.#made([create, ...seats, named], own);
  }

  async channels(): Promise<ChannelView[]> {
    const ids = this.parts.library.ofKind('channel', 'community');
    const views = await Promise.all(ids.map((id) => this.#channel(id)));
    return views.sort((a, b) => b.lastAt - a.lastAt);
  }

  /** Keeps the message and returns: it shows as sending until the server has it. */
  async post(book: Book, text: string, files: readonly NewAttachment[]): Promise<EntryId> {
    const refs = await this.parts.attachments.seal(files);
    const ids = refs.map(({ id }) => id);
    const facts = { mentions: [], replyTo: null, attachments: ids };
    const body: { text: string; attachments: AttachmentRef[] } = { text, attachments: refs };
    const step = this.#entry(book.circle, 'message.posted', facts, body);
    const as = await this.#actingIn(book);
    const uploads = { circle: book.circle, ids };
    await this.parts.outbox.put({ id: step.id, lane: book.circle, as, steps: [step], uploads });
    return step.id;
  }

  async #channel(id: CircleId): Promise<ChannelView> {
    const { library, messages, directory, bodies, groups } = this.parts;
    const book = await library.book(id);
    const sectors = book.state === null ? [] : await groups.sectorsOf(book.state);
    const unlisted = new Set(sectors.map(({ circle }) => teamMember(circle)));
    const members = [...(book.state?.members.keys() ?? [])].filter((one) => !unlisted.has(one));
    const named = book.items.findLast(
      ({ header, flaw }) => flaw === null && header.kind === 'channel.named',
    );
    const words = named === undefined ? null : await bodies.of<{ title: string }>(book, named);
    const community = directory.community();
    const unnamed = { state: 'open', value: community?.id === id ? community.name : '' } as const;
    const title =
      words?.state === 'open' ? ({ state: 'open', value: words.value.title } as const) : words;
    return {
      id,
      title: title ?? unnamed,
      members: await Promise.all(members.map((member) => directory.party(member))),
      others: book.state === null ? 0 : await groups.seated(book.state),
      unread: await messages.unread(book),
      lastAt: book.items.at(-1)?.at ?? 0,
      last: await messages.last(book),
    };
  }

  async #actingIn(book: Book): Promise<MemberId> {
    const { self } = this.parts;
    const mine = [...(await self.members()), ...(await self.groups()).map(teamMember)];
    return (
      mine.find((member) => book.state?.members.has(member) === true) ?? this.parts.self.member()
    );
  }

  /** The community we are in; asked for again where none was known: somebody may have let us in. */
  async #community(): Promise<CircleId> {
    const { directory } = this.parts;
    if (directory.community() === null) await directory.refresh();
    const community = directory.community();
    if (community === null) throw new Fault('no-such-circle', 'you are in no community yet');
    return community.id;
  }

  /** The first member is the creator, or the team through which they create. */
  #create(
    kind: CreateStep['kind'],
    community: CircleId | null,
    members: readonly MemberId[],
    claims: Partial<Pick<CreateStep, 'finess' | 'nameHash'>>,
  ): CreateStep {
    const first = members.map((member, i) => {
      const isPeer = kind === 'channel' && memberRef(member).type === 'team';
      return { member, role: i === 0 || isPeer ? ('admin' as const) : ('writer' as const) };
    });
    return {
      do: 'create',
      ref: NEW,
      kind,
      salt: randomText(),
      community,
      members: first,
      finess: null,
      nameHash: null,
      linked: null,
      ...claims,
    };
  }

  #entry(
    circle: CircleRef,
    kind: EntryStep['kind'],
    facts: Readonly<Record<string, unknown>>,
    body: unknown,
  ): EntryStep {
    return { do: 'entry', circle, id: this.parts.newId(), kind, facts, body };
  }

  async #made(steps: readonly Step[], as: MemberId = this.parts.self.member()): Promise<CircleId> {
    const id = this.parts.newId();
    const { created } = await this.parts.outbox.submit({ id, lane: id, as, steps });
    const circle = created[NEW];
    if (circle === undefined) throw new Fault('no-such-circle', 'nothing was created');
    return circle;
  }

  async #submit(lane: CircleId, as: MemberId, steps: readonly Step[]): Promise<void> {
    const act: Act = { id: this.parts.newId(), lane, as, steps };
    await this.parts.outbox.submit(act);
  }
}
