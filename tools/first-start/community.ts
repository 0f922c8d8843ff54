/**
 * How the sample's community comes to be: a coordinator founds it, professionals arrive, each
 * practice's team is made by one of its own, vouched for by the coordinator, and joined by the
 * others. Each step looks first whether it is done already, so that a story cut short goes on.
 */
import { COMMUNITY_ROUTES } from '@liaison/contract/directory';
import {
  type CircleId,
  type MemberId,
  memberRef,
  personMember,
  teamMember,
} from '@liaison/contract/ids';
import { Api } from '@liaison/sdk/api';
import type { PartyView } from '@liaison/sdk/face';
import type { Player } from '../cast/cast.js';
import { type SampleCommunity, sampleCommunity } from '../sample/community.js';

export type SampleTeam = SampleCommunity['teams'][number];

export async function found(coordinator: Player): Promise<CircleId> {
  const { name, finess } = sampleCommunity().community;
  const { liaison, http } = coordinator;
  const { community: before } = await liaison.session();
  if (before === null) return liaison.createCommunity(name, finess, 'Laon');
  if (before.name !== name) {
    const input = { params: { community: before.id }, body: { name, finess, town: 'Laon' } };
    await new Api(http).call(COMMUNITY_ROUTES.putCommunityCard, input);
    await liaison.refresh();
  }
  return before.id;
}

/** Those who are not in yet, one after the other: each changes the head that the next one cites. */
export async function admit(coordinator: Player, people: readonly Player[]): Promise<void> {
  const { liaison } = coordinator;
  const { community } = await liaison.session();
  const room = (await liaison.channels()).find(({ id }) => id === community?.id);
  const inside = new Set(room?.members.map(({ member }) => member));
  for (const { person } of people) {
    if (!inside.has(personMember(person))) await liaison.admit(person);
  }
}

/** The team as its founder makes it, or made it before. */
export async function gather(team: SampleTeam, founder: Player): Promise<MemberId> {
  const { liaison, http } = founder;
  const { name, category, town } = team;
  const { teams } = await liaison.session();
  const before = teams.find((own) => own.name === name) ?? (await unfinished(founder, teams));
  if (before === null) {
    return teamMember(await liaison.createTeam(name, team.finess, category, town));
  }
  if (before.name !== name) {
    const body = { name, finess: team.finess, category, town };
    const input = { params: { team: circleOf(before.member) }, body };
    await new Api(http).call(COMMUNITY_ROUTES.putTeamCard, input);
  }
  return before.member;
}

/** A team of theirs alone without a name: the story was cut short before its card was given. */
async function unfinished(
  { liaison }: Player,
  teams: readonly PartyView[],
): Promise<PartyView | null> {
  for (const team of teams.filter(({ name }) => name === '')) {
    if ((await liaison.teamMembers(circleOf(team.member))).length === 1) return team;
  }
  return null;
}

/** The coordinator vouches for those teams that they do not find under their name yet. */
export async function endorse(
  { liaison }: Player,
  teams: readonly (readonly [SampleTeam, MemberId])[],
): Promise<void> {
  await liaison.refresh();
  for (const [{ name, finess, category }, member] of teams) {
    const hits = await liaison.searchDirectory(name);
    const isKnown = hits.some(({ party }) => party?.member === member && party.name === name);
    if (!isKnown || category === 'other') {
      await liaison.endorse(circleOf(member), name, finess, category);
    }
  }
}

export async function join(
  { liaison }: Player,
  member: MemberId,
  others: readonly Player[],
): Promise<void> {
  const team = circleOf(member);
  const inside = new Set((await liaison.teamMembers(team)).map(({ person }) => person));
  for (const { person, liaison: theirs } of others) {
    if (!inside.has(person)) await liaison.addToTeam(team, person);
    await theirs.refresh();
    const asked = await theirs.admissions();
    if (asked.some(({ circle }) => circle === team)) await theirs.join(team);
  }
}

function circleOf(member: MemberId): CircleId {
  const ref = memberRef(member);
  if (ref.type !== 'team') throw new Error(`${member} is not a team.`);
  return ref.team;
}
