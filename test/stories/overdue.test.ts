/** Nobody answers in time: every client sees it by itself, and the server raises it once. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CircleId } from '@liaison/contract/ids';
import { agree, serverSays } from '../support/agree.js';
import { eventually } from '../support/eventually.js';
import { draftOf, HOUR_MS } from '../support/handoff-draft.js';
import { throughMirror } from '../support/mirror.js';
import { type People, type Player, World } from '../support/world.js';

/** The sweeper looks every five seconds. */
const SWEPT_WITHIN_MS = 30_000;

let world: World;
let people: People;

beforeAll(async () => {
  world = await World.open();
  people = await world.people();
}, 90_000);

afterAll(async () => {
  await world.close();
});

/** Who is late in somebody's own eyes, when their clock says `later`. */
function lateAt(player: Player, id: CircleId, laterMs: number) {
  return throughMirror(
    world,
    player,
    async (liaison) => {
      const view = await liaison.handoff(id);
      return view?.addressees.filter(({ overdue }) => overdue).map(({ party }) => party.member);
    },
    () => Date.now() + laterMs,
  );
}

const late = async (player: Player, id: CircleId) =>
  (await player.liaison.notifications())
    .filter(({ kind, circle }) => kind === 'handoff-late' && circle === id)
    .map(({ readAt }) => readAt);

test('a client shows what is overdue by its own clock, whatever the server says', async () => {
  const { nurse, gp, idel } = people;
  const id = await nurse.liaison.sendHandoff(draftOf(nurse, [gp, idel]));
  await gp.liaison.sync();
  await gp.liaison.accept(id, gp.team, '');
  await agree(world, id, [nurse, gp, idel]);
  for (const player of [nurse, gp, idel]) {
    expect(await lateAt(player, id, 0)).toEqual([]);
    expect(await lateAt(player, id, 5 * HOUR_MS)).toEqual([idel.team]);
  }
  expect((await serverSays(nurse, id))?.addressees.map(({ lateSince }) => lateSince)).toEqual([
    null,
    null,
  ]);
  await idel.liaison.accept(id, idel.team, '');
  await nurse.liaison.sync();
  expect(await lateAt(nurse, id, 5 * HOUR_MS)).toEqual([]);
}, 120_000);

test('the sweeper raises it for the sender and for who is late, once, and nobody else', async () => {
  const { nurse, gp, idel } = people;
  const due = Date.now() + 4000;
  const id = await nurse.liaison.sendHandoff(draftOf(nurse, [gp, idel], { due }));
  await gp.liaison.sync();
  await gp.liaison.accept(id, gp.team, '');
  await eventually(async () => {
    expect(await late(nurse, id)).toEqual([null]);
    expect(await late(idel, id)).toEqual([null]);
  }, SWEPT_WITHIN_MS);
  expect(await late(gp, id)).toEqual([]);
  const rows = (await serverSays(nurse, id))?.addressees ?? [];
  for (const { member, lateSince } of rows) {
    if (member === idel.team) expect(lateSince).toBeGreaterThanOrEqual(due);
    else expect(lateSince).toBeNull();
  }
  const view = await nurse.liaison.handoff(id);
  expect(
    view?.addressees.filter(({ overdue }) => overdue).map(({ party }) => party.member),
  ).toEqual([idel.team]);

  // A late answer is still an answer, and what was raised is not raised again.
  await idel.liaison.accept(id, idel.team, 'En retard, mais prêts');
  await agree(world, id, [nurse, gp, idel]);
  expect(await lateAt(idel, id, HOUR_MS)).toEqual([]);
  expect(await late(nurse, id)).toEqual([null]);
}, 120_000);

test('another try after a decline has its own deadline, and is raised on its own', async () => {
  const { nurse, gp, pharmacist } = people;
  const due = Date.now() + 1000;
  const id = await nurse.liaison.sendHandoff(draftOf(nurse, [gp], { due }));
  await eventually(async () => {
    expect(await late(nurse, id)).toEqual([null]);
  }, SWEPT_WITHIN_MS);
  await gp.liaison.decline(id, gp.team, 'absent', '');
  await nurse.liaison.sync();
  const later = Date.now() + 1000;
  await nurse.liaison.reassign(id, gp.team, pharmacist.team, later);
  await eventually(async () => {
    expect(await late(pharmacist, id)).toEqual([null]);
  }, SWEPT_WITHIN_MS);
  await agree(world, id, [nurse, gp, pharmacist]);
  await nurse.liaison.notificationsRead(
    (await nurse.liaison.notifications()).map(({ id: n }) => n),
  );
  expect((await late(nurse, id)).filter((readAt) => readAt === null)).toEqual([]);
}, 120_000);

test('what ended is never late', async () => {
  const { nurse, gp, idel } = people;
  const due = Date.now() + 2000;
  const id = await nurse.liaison.sendHandoff(draftOf(nurse, [gp], { due }));
  await nurse.liaison.cancel(id, 'postponed', '');
  // One of the same deadline that goes on: once it is raised, that deadline was swept.
  const witness = await nurse.liaison.sendHandoff(draftOf(nurse, [idel], { due }));
  await agree(world, id, [nurse, gp]);
  expect(await lateAt(gp, id, HOUR_MS)).toEqual([]);
  await eventually(async () => {
    expect(await late(nurse, witness)).toEqual([null]);
  }, SWEPT_WITHIN_MS);
  expect([...(await late(nurse, id)), ...(await late(gp, id))]).toEqual([]);
}, 120_000);
