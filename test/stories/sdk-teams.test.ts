/** Other people's teams, as a device follows them: no more than is new, also after one has left. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { teamMember } from '@liaison/contract/ids';
import type { Http } from '@liaison/sdk/http';
import { nodeHttp } from '@liaison/sdk/http-node';
import { type Liaison, openLiaison } from '@liaison/sdk/liaison';
import { MemoryStore } from '@liaison/sdk/store/memory.store';
import { eventually } from '../support/eventually.js';
import { draftOf } from '../support/handoff-draft.js';
import { type People, World } from '../support/world.js';

const COLLEAGUE = '899970000164';

let world: World;
let people: People;
let colleague: Liaison;
let http: Http;
const store = new MemoryStore();
const asked: string[] = [];

const open = (): Promise<Liaison> =>
  openLiaison({ origin: world.origin, http, store, socket: false });

beforeAll(async () => {
  world = await World.open();
  people = await world.people();
  const { nurse, coordinator } = people;
  const plain = nodeHttp(world.origin);
  http = Object.assign(
    (request: Parameters<Http>[0]) => {
      asked.push(request.path);
      return plain(request);
    },
    { cookies: plain.cookies },
  );
  colleague = await open();
  const { person } = await world.signIn({ liaison: colleague, http }, COLLEAGUE);
  await world.rehearse(colleague);
  if (person === null) throw new Error('The colleague has no identity.');
  await coordinator.liaison.admit(person);
  await nurse.liaison.addToTeam(nurse.teamId, person);
  await colleague.refresh();
}, 90_000);

afterAll(async () => {
  await colleague.dispose();
  await world.close();
});

const skeletonsOf = (team: string): string[] =>
  asked.filter((path) => path.startsWith(`/api/circles/${team}/skeleton`));

test('a team’s log is gone on with from where it was verified, also after a restart', async () => {
  const { gp } = people;
  expect(await colleague.teamMembers(gp.teamId)).toHaveLength(1);
  const [first] = skeletonsOf(gp.teamId);
  expect(first).toContain('after=-1');
  await colleague.dispose();
  asked.length = 0;
  colleague = await open();
  expect(await colleague.teamMembers(gp.teamId)).toHaveLength(1);
  expect(skeletonsOf(gp.teamId).filter((path) => path.includes('after=-1'))).toEqual([]);
  expect(skeletonsOf(gp.teamId).length).toBeGreaterThan(0);
  expect((await colleague.connection()).alarm).toBeNull();
});

test('who was taken out of a team still reaches it, under its present key', async () => {
  const { nurse, gp } = people;
  const { person } = await colleague.session();
  if (person === null) throw new Error('The colleague has no identity.');
  await nurse.liaison.removeFromTeam(nurse.teamId, person);
  await colleague.createTeam('Cabinet du colleague', null, 'practice', 'Laon');
  await colleague.refresh();
  const [own, ...others] = await colleague.teams();
  if (own === undefined) throw new Error('The colleague is in no team.');
  expect(others).toEqual([]);
  // The team goes on without them: another member, another leaver, another key.
  await nurse.liaison.addToTeam(nurse.teamId, gp.person);
  await nurse.liaison.removeFromTeam(nurse.teamId, gp.person);
  const id = await colleague.sendHandoff(draftOf({ team: own.member }, [nurse]));
  await eventually(async () => {
    expect((await nurse.liaison.handoff(id))?.letter.state).toBe('open');
  });
});

test('whoever left a team by themselves does not take its last member out', async () => {
  const { nurse, gp } = people;
  const team = await nurse.liaison.createTeam('Cabinet de passage', null, 'practice', 'Laon');
  await nurse.liaison.addToTeam(team, gp.person);
  await nurse.liaison.removeFromTeam(team, nurse.person);
  const attempt = nurse.liaison.removeFromTeam(team, gp.person);
  await expect(attempt).rejects.toMatchObject({ code: 'not_allowed' });
});

test('whoever listed the teams before one came is told to list them again', async () => {
  const { nurse, pharmacist, coordinator } = people;
  const members = async () => (await nurse.liaison.communityTeams()).map(({ member }) => member);
  const before = await members();
  const card = ['Pharmacie de garde', null, 'pharmacy'] as const;
  const id = await pharmacist.liaison.createTeam(...card, 'Laon');
  const team = teamMember(id);
  await coordinator.liaison.endorse(id, ...card);
  expect(before).not.toContain(team);
  const heard: string[] = [];
  const stop = await nurse.liaison.onChange(({ what }) => heard.push(what));
  await eventually(async () => {
    await nurse.liaison.refresh();
    expect(await members()).toContain(team);
  });
  stop();
  expect(heard).toContain('channels');
});
