/** The handoffs' tables repeat what entries say: filled again, they are the same, or are mended. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { CircleId } from '@liaison/contract/ids';
import { HandoffRebuild } from '../../src/handoffs/handoff.rebuild.js';
import { draftOf, GP, NURSES, PHARMACY } from '../../tools/cast/discharge.js';
import { heartFailure } from '../../tools/cast/heart-failure.discharge.js';
import { type People, World } from '../support/world.js';

let world: World;
let people: People;
let handoff: CircleId;

beforeAll(async () => {
  world = await World.open();
  people = await world.people();
  handoff = await play();
}, 120_000);

afterAll(() => world.close());

/** Taken by the doctor with their item, declined by the nurses and passed on; the item done. */
async function play(): Promise<CircleId> {
  const { nurse, gp, idel, pharmacist } = people;
  const teams = new Map([
    [GP, gp.team],
    [NURSES, idel.team],
    [PHARMACY, pharmacist.team],
  ]);
  const discharge = { ...heartFailure(Date.now()), to: [GP, NURSES] };
  const tasks = discharge.tasks.filter(({ owner }) => owner === GP);
  const teamOf = (name: string) => teams.get(name) ?? nurse.team;
  const id = await nurse.liaison.sendHandoff(
    draftOf({ ...discharge, tasks }, randomUUID(), Date.now(), teamOf),
  );
  for (const { liaison } of [gp, idel]) await liaison.sync();
  await gp.liaison.accept(id, gp.team, '');
  await idel.liaison.decline(id, idel.team, 'no-capacity', '');
  await nurse.liaison.sync();
  await nurse.liaison.reassign(id, idel.team, pharmacist.team, Date.now() + 3_600_000);
  const [task] = (await gp.liaison.handoff(id))?.tasks ?? [];
  if (task === undefined) throw new Error('The plan is empty.');
  await gp.liaison.taskDone(id, task.task, '');
  // Whoever is taken out gives back what they were asked.
  await nurse.liaison.sync();
  await nurse.liaison.removeMember(id, pharmacist.team);
  return id;
}

const rebuild = () => new HandoffRebuild(world.fixture.database).run();
const sql = (text: string, values: unknown[] = []) => world.fixture.database.query(text, values);
const rows = async () => ({
  handoffs: await sql('SELECT * FROM handoffs ORDER BY circle_id'),
  addressees: await sql('SELECT * FROM handoff_addressees ORDER BY circle_id, member_id'),
  tasks: await sql('SELECT * FROM handoff_tasks ORDER BY circle_id, task_id'),
  deadlines: await sql('SELECT * FROM handoff_deadlines ORDER BY circle_id, subject, level'),
});

test('replayed, the tables are what they were', async () => {
  const late = 'UPDATE handoff_addressees SET late_since = 7 WHERE member_id = $1';
  await sql(late, [people.pharmacist.team]);
  const before = await rows();
  expect([before.handoffs.length, before.addressees.length, before.tasks.length]).toEqual([
    1, 3, 1,
  ]);
  expect(await rebuild()).toEqual({ items: 8, differences: [] });
  expect(await rows()).toEqual(before);
});

test('rows that were changed, lost or made up are named and mended', async () => {
  const right = await rows();
  await sql("UPDATE handoffs SET phase = 'closed'");
  await sql('DELETE FROM handoff_addressees WHERE member_id = $1', [people.gp.team]);
  await sql('UPDATE handoff_tasks SET done_at = NULL');
  await sql(`INSERT INTO handoff_tasks VALUES ($1, $2, $3, NULL, NULL, '{}')`, [
    handoff,
    randomUUID(),
    people.gp.team,
  ]);
  const { differences } = await rebuild();
  expect(
    differences.map(({ table, before, after }) => [table, before !== null, after !== null]),
  ).toEqual(
    expect.arrayContaining([
      ['handoffs', true, true],
      ['handoff_addressees', false, true],
      ['handoff_tasks', true, true],
      ['handoff_tasks', true, false],
    ]),
  );
  expect(differences).toHaveLength(4);
  expect(await rows()).toEqual(right);
  expect((await rebuild()).differences).toEqual([]);
});
