/**
 * Others may name anybody as a member of what they found. It is theirs to act through only once
 * they said so: nothing goes out by a team, or to a team, that somebody merely put them into.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type CircleId, personMember, teamMember } from '@liaison/contract/ids';
import { eventually } from '../support/eventually.js';
import { draftOf } from '../support/handoff-draft.js';
import { type People, type Player, World } from '../support/world.js';

const STRANGER = '899970000164';
const LOOKALIKE = 'Cabinet du Dr Petit';

let world: World;
let people: People;
let stranger: Pick<Player, 'liaison' | 'person'>;
let community: CircleId;
let team: CircleId;

/** Somebody in no community founds one, and a team that looks like a colleague's. */
beforeAll(async () => {
  world = await World.open();
  people = await world.people();
  const client = await world.device();
  const { person } = await world.signIn(client, STRANGER);
  if (person === null) throw new Error('The stranger has no identity.');
  await world.rehearse(client.liaison);
  stranger = { liaison: client.liaison, person };
  community = await client.liaison.createCommunity('CPTS du Laonnois', '029970071', 'Laon');
  team = await client.liaison.createTeam(LOOKALIKE, null, 'practice', 'Laon');
  await client.liaison.endorse(team, LOOKALIKE, null, 'practice');
  await client.liaison.admit(people.nurse.person);
  await client.liaison.addToTeam(team, people.nurse.person);
  await people.nurse.liaison.refresh();
}, 90_000);

afterAll(async () => {
  await world.close();
});

const teamsOf = async ({ liaison }: Pick<Player, 'liaison'>) =>
  (await liaison.session()).teams.map(({ member }) => member);

test('a team that somebody was put into is not theirs, and nothing is sealed to it', async () => {
  const { nurse, gp } = people;
  expect(await teamsOf(nurse)).toEqual([nurse.team]);
  const channel = await nurse.liaison.createChannel('Sorties', [gp.team]);
  const members = (await nurse.liaison.members(channel)).map(({ member }) => member);
  expect(members.sort()).toEqual([nurse.team, gp.team].sort());
});

test('a handoff to such a team is not asked of them', async () => {
  const { nurse } = people;
  const draft = draftOf({ team: teamMember(team) }, [{ team: teamMember(team) }]);
  const id = await stranger.liaison.sendHandoff(draft);
  await eventually(async () => {
    await nurse.liaison.sync();
    const view = await nurse.liaison.handoff(id);
    expect(view).toMatchObject({ mine: [], iSent: false, acts: [] });
  });
});

test('a community that somebody was put into vouches for nobody', async () => {
  const { nurse, gp } = people;
  expect((await nurse.liaison.session()).community?.id).not.toBe(community);
  const addressable = (await nurse.liaison.communityTeams()).map(({ member }) => member);
  expect(addressable).toContain(gp.team);
  expect(addressable).not.toContain(teamMember(team));
  const hits = await nurse.liaison.searchDirectory(LOOKALIKE);
  expect(hits.flatMap(({ party }) => party?.member ?? [])).not.toContain(teamMember(team));
});

test('they are told who put them in, and say themselves whether they join or leave', async () => {
  const { nurse } = people;
  const asked = await nurse.liaison.admissions();
  const by = expect.objectContaining({ person: stranger.person });
  expect(asked).toEqual([
    expect.objectContaining({ circle: team, kind: 'team', by }),
    expect.objectContaining({ circle: community, kind: 'community', by }),
  ]);
  await nurse.liaison.join(team);
  expect(await teamsOf(nurse)).toContain(teamMember(team));
  await nurse.liaison.leave(team);
  await stranger.liaison.sync();
  await stranger.liaison.addToTeam(team, nurse.person);
  await nurse.liaison.refresh();
  expect(await teamsOf(nurse)).toEqual([nurse.team]);
  expect((await nurse.liaison.admissions()).map(({ circle }) => circle)).toContain(team);
});

test('the key of such a team is turned all the same when somebody leaves it', async () => {
  const { nurse } = people;
  const left = await stranger.liaison.createTeam('Cabinet quitté', null, 'practice', 'Laon');
  await stranger.liaison.addToTeam(left, nurse.person);
  await stranger.liaison.changeRole(left, personMember(nurse.person), 'admin');
  await stranger.liaison.leave(left);
  await eventually(async () => {
    await nurse.liaison.refresh();
    const rows = await world.fixture.database.query<{ author: string }>(
      `SELECT header::json->>'author' AS author FROM items
       WHERE circle_id = $1 AND kind = 'epoch.opened' ORDER BY k DESC LIMIT 1`,
      [left],
    );
    expect(rows).toEqual([{ author: nurse.person }]);
  });
});

test('a reader who joins a second community believes both', async () => {
  const { nurse, gp } = people;
  await nurse.liaison.join(community);
  const addressable = (await nurse.liaison.communityTeams()).map(({ member }) => member);
  expect(addressable).toEqual(expect.arrayContaining([gp.team, teamMember(team)]));
  expect((await nurse.liaison.connection()).alarm).toBeNull();
});
