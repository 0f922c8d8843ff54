/**
 * The wrong patient: taken back, what it said destroyed on the server and on every device, and what
 * had been opened by then said as it was. The chain, the facts and the signatures still verify.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { AttachmentRef } from '@liaison/contract/attachment';
import type { CircleId } from '@liaison/contract/ids';
import type { HandoffView } from '@liaison/sdk/face';
import { agree } from '../support/agree.js';
import { eventually } from '../support/eventually.js';
import { draftOf } from '../support/handoff-draft.js';
import { type People, type Player, World } from '../support/world.js';

let world: World;
let people: People;

beforeAll(async () => {
  world = await World.open();
  people = await world.people();
}, 90_000);

afterAll(async () => {
  await world.close();
});

const refused = (code: string) => expect.objectContaining({ code });

const fileOf = async (player: Player, id: CircleId): Promise<CircleId> => {
  const [row] = await world.fixture.database.query<{ file: CircleId }>(
    'SELECT file_id AS file FROM handoffs WHERE circle_id = $1',
    [id],
  );
  if (row === undefined) throw new Error(`No handoff ${id} of ${player.person}.`);
  return row.file;
};

async function count(sql: string, ...values: readonly unknown[]): Promise<number> {
  const [row] = await world.fixture.database.query<{ n: number }>(sql, [...values]);
  return row?.n ?? -1;
}

/** A plan of two items, one for each. */
const planFor = (...players: readonly Player[]) =>
  players.map(({ team }) => ({ title: 'Pansement', detail: '', owner: team, due: null }));

function scanOf(view: HandoffView | null): AttachmentRef {
  const [ref] = view?.letter.state === 'open' ? view.letter.value.attachments : [];
  if (ref === undefined) throw new Error('No scan.');
  return ref;
}

/** What the devices said of who opened the file, once it has reached the sender. */
async function heardBy(player: Player, id: CircleId): Promise<void> {
  await eventually(async () => {
    await player.liaison.sync();
    const view = await player.liaison.handoff(id);
    expect(view?.addressees.map((one) => one.opened !== null)).toEqual([true, false]);
    expect(view?.conversation).toHaveLength(1);
  });
}

const BODIES = 'SELECT count(*)::int4 AS n FROM items WHERE circle_id = $1 AND body IS NOT NULL';
const COPIES = 'SELECT count(*)::int4 AS n FROM epoch_copies WHERE circle_id = $1 AND epoch = 1';
const FILES = `SELECT count(*)::int4 AS n FROM attachments WHERE circle_id = $1`;
const DEADLINES = `
  SELECT count(*)::int4 AS n FROM handoff_deadlines WHERE circle_id = ANY($1) AND fired_at IS NULL`;

test('a letter of the wrong patient is recalled: everybody sees who had opened it', async () => {
  const { nurse, gp, idel } = people;
  const scan = { name: 'scan.pdf', mediaType: 'application/pdf', bytes: new Uint8Array(700) };
  const draft = draftOf(nurse, [gp, idel], { attachments: [scan], tasks: planFor(gp, idel) });
  const id = await nurse.liaison.sendHandoff(draft);
  const file = await fileOf(nurse, id);
  await gp.liaison.sync();
  const opened = await gp.liaison.handoff(id);
  expect(opened).toMatchObject({ letter: { state: 'open' }, ended: null, erased: null });
  const ref = scanOf(opened);
  await gp.liaison.markRead(id);
  await gp.liaison.post(id, 'Ce n’est pas mon patient ?', []);
  await gp.liaison.accept(id, gp.team, '');
  await heardBy(nurse, id);

  await nurse.liaison.recall(id, 'wrong-patient', 'Erreur d’étiquette');
  await gp.liaison.sync();
  for (const player of [nurse, gp]) {
    const view = await player.liaison.handoff(id);
    expect(view).toMatchObject({
      phase: 'recalled',
      reason: 'wrong-patient',
      acts: [],
      mayErase: false,
      letter: { state: 'erased' },
      ended: { by: { person: nurse.person }, note: 'Erreur d’étiquette' },
      erased: { by: { person: nurse.person }, reason: 'wrong-patient' },
      conversation: [{ text: { state: 'erased' } }],
    });
    const dropped = { phase: 'dropped', acts: [], late: false, accountable: null };
    expect(view?.tasks).toMatchObject([dropped, dropped]);
  }
  const seen = await nurse.liaison.handoff(id);
  expect(seen?.addressees.map(({ opened: by }) => by?.person.person ?? null)).toEqual([
    gp.person,
    null,
  ]);
  expect(seen?.addressees[0]?.opened?.at).toBeLessThan(seen?.ended?.at ?? 0);

  await eventually(async () => {
    const told = (await gp.liaison.notifications()).filter(({ circle }) => circle === id);
    expect(told.map(({ kind }) => kind)).toContain('handoff-recalled');
  });

  // Two entries say what was done; nothing else is left of what was said.
  expect(await count(BODIES, file)).toBe(2);
  expect(await count(COPIES, file)).toBe(0);
  expect(await count(DEADLINES, [id, file])).toBe(0);
  await expect(gp.liaison.attachment(file, ref)).rejects.toEqual(refused('attachment_unknown'));
  await eventually(async () => {
    expect(await count(FILES, file)).toBe(0);
  });
  for (const player of [nurse, gp]) {
    const rows = await player.store.scan<{ body: string | null }>('items', `${file}/`);
    expect(rows.filter(([, { body }]) => body !== null)).toHaveLength(2);
    expect(await player.store.get('secrets', `epoch/${file}/1`)).toBeUndefined();
  }

  // Who hears of it for the first time verifies it all, and finds nothing to open.
  await idel.liaison.sync();
  expect(await idel.liaison.handoff(id)).toMatchObject({
    phase: 'recalled',
    letter: { state: 'erased' },
  });
  expect((await idel.liaison.connection()).alarm).toBeNull();
  await agree(world, id, [nurse, gp, idel]);
}, 60_000);

test('who died is nobody’s to remind of: the plan ends, the letter stays', async () => {
  const { nurse, gp } = people;
  const id = await nurse.liaison.sendHandoff(draftOf(nurse, [gp], { tasks: planFor(gp) }));
  const file = await fileOf(nurse, id);
  await gp.liaison.sync();
  await gp.liaison.accept(id, gp.team, '');
  expect(await count(DEADLINES, [id, file])).toBeGreaterThan(0);
  await nurse.liaison.sync();
  await nurse.liaison.cancel(id, 'died', '');
  await gp.liaison.sync();
  const view = await gp.liaison.handoff(id);
  expect(view).toMatchObject({ phase: 'cancelled', reason: 'died', letter: { state: 'open' } });
  expect(view?.tasks).toMatchObject([{ phase: 'dropped', late: false, accountable: null }]);
  expect(await count(DEADLINES, [id, file])).toBe(0);
  // Found out a day later: what was kept can be erased still, by the sending team alone.
  expect(view?.mayErase).toBe(false);
  await expect(gp.liaison.eraseFile(id, 'wrong-patient', '')).rejects.toEqual(
    refused('not_allowed'),
  );
  await nurse.liaison.eraseFile(id, 'wrong-patient', '');
  await gp.liaison.sync();
  expect(await gp.liaison.handoff(id)).toMatchObject({ letter: { state: 'erased' } });
  await agree(world, id, [nurse, gp]);
}, 60_000);
