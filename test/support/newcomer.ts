/** Further people of a story: they enrol, are let into the community, and join or make a team. */
import type { TeamCategory } from '@liaison/contract/community';
import { type CircleId, teamMember } from '@liaison/contract/ids';
import type { People, Player, World } from './world.js';

export type Newcomer = Omit<Player, 'team' | 'teamId'>;

/** Somebody whom the provider knows, in the community and in no team yet. */
export async function enrolled(world: World, people: People, idnps: string): Promise<Newcomer> {
  const client = await world.device();
  const { person } = await world.signIn(client, idnps);
  if (person === null) throw new Error(`${idnps} has no identity after signing in.`);
  await world.rehearse(client.liaison);
  await people.coordinator.liaison.admit(person);
  await client.liaison.refresh();
  return { ...client, person };
}

/** A colleague takes somebody into their team. */
export async function joined(host: Player, newcomer: Newcomer): Promise<Player> {
  await host.liaison.addToTeam(host.teamId, newcomer.person);
  await newcomer.liaison.sync();
  await newcomer.liaison.join(host.teamId);
  return { ...newcomer, team: host.team, teamId: host.teamId };
}

/** A team of one, vouched for by the coordinator and known to everybody. */
export async function settled(
  people: People,
  newcomer: Newcomer,
  name: string,
  category: TeamCategory,
): Promise<Player> {
  const teamId: CircleId = await newcomer.liaison.createTeam(name, null, category, 'Laon');
  await people.coordinator.liaison.endorse(teamId, name, null, category);
  for (const { liaison } of Object.values(people)) await liaison.refresh();
  return { ...newcomer, teamId, team: teamMember(teamId) };
}
