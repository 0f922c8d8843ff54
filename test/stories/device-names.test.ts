/**
 * What people call their devices: known on each of theirs, to nobody else, and not to be changed by
 * a server, by an older box or by a device that was ended.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Liaison } from '@liaison/sdk/liaison';
import { MemoryStore } from '@liaison/sdk/store/memory.store';
import type { Device } from '../../tools/cast/device.js';
import { eventually } from '../support/eventually.js';
import { secondDevice } from '../support/second-device.js';
import { type People, World } from '../support/world.js';

const NURSE = '899970000164';

let world: World;
let people: People;
let first: Device;
let second: Device;

beforeAll(async () => {
  world = await World.open();
  people = await world.people();
  first = await world.device(new MemoryStore(), true, 'Chrome · Windows');
  await world.signIn(first, NURSE);
  await world.rehearse(first.liaison);
  second = await secondDevice(world, first, NURSE, 'Safari · iPhone');
}, 120_000);

afterAll(async () => {
  await world.close();
});

const namesOn = async (liaison: Liaison): Promise<(string | null)[]> =>
  (await liaison.devices()).map(({ name }) => name).sort();

/** What stands at the server for that person. */
async function boxes(): Promise<{ person_id: string; revision: number; sealed: string }[]> {
  return world.fixture.database.query(
    `SELECT b.person_id, b.revision, b.sealed FROM device_names b WHERE person_id = $1`,
    [(await first.liaison.session()).person],
  );
}

const nameOf = async (name: string) => {
  const found = (await first.liaison.devices()).find((one) => one.name === name);
  if (found === undefined) throw new Error(`No device is called ${name}.`);
  return found;
};

test('each device names itself, and every device of the person knows how each came', async () => {
  for (const { liaison } of [first, second]) {
    await eventually(async () => {
      await liaison.refresh();
      expect(await namesOn(liaison)).toEqual(['Chrome · Windows', 'Safari · iPhone']);
    }, 20_000);
  }
  const phone = await nameOf('Safari · iPhone');
  const desk = await nameOf('Chrome · Windows');
  expect(desk).toMatchObject({ here: true, arrival: { how: 'first' } });
  expect(phone).toMatchObject({ here: false, revokedAt: null, arrival: { how: 'linked' } });
  expect(phone.arrival).toMatchObject({ by: { device: desk.device, name: 'Chrome · Windows' } });
  expect(phone.fingerprint).toMatch(/^(\d{5} ){4}\d{5}$/);
  const [there] = (await second.liaison.devices()).filter(({ here }) => here);
  expect(there?.fingerprint).toBe(phone.fingerprint);
});

test('the last use is the server’s word, and to the hour', async () => {
  const { usedAt } = await nameOf('Safari · iPhone');
  expect((usedAt ?? 1) % 3_600_000).toBe(0);
  expect(Date.now() - (usedAt ?? 0)).toBeLessThan(2 * 3_600_000);
});

test('a new name is read on the other device, and nowhere at the server', async () => {
  const { device } = await nameOf('Safari · iPhone');
  await first.liaison.nameDevice(device, '  Téléphone de garde ');
  expect(await namesOn(second.liaison)).toEqual(['Chrome · Windows', 'Téléphone de garde']);
  const [box] = await boxes();
  expect(box?.sealed).not.toMatch(/garde/i);
  expect(Buffer.from(box?.sealed ?? '', 'base64url').toString('latin1')).not.toMatch(/garde/i);
  await expect(first.liaison.nameDevice(device, '   ')).rejects.toMatchObject({
    code: 'name-wrong',
  });
});

test('two devices that name at once both have their say', async () => {
  const [desk, phone] = [await nameOf('Chrome · Windows'), await nameOf('Téléphone de garde')];
  await Promise.all([
    first.liaison.nameDevice(phone.device, 'Mon téléphone'),
    second.liaison.nameDevice(desk.device, 'Poste du cabinet'),
  ]);
  for (const { liaison } of [first, second])
    expect(await namesOn(liaison)).toEqual(['Mon téléphone', 'Poste du cabinet']);
});

test('an older box, another person’s box or none takes no name away, and is mended', async () => {
  const { query } = world.fixture.database;
  const [now] = await boxes();
  const { device } = await nameOf('Mon téléphone');
  await first.liaison.nameDevice(device, 'Téléphone de Marie');
  expect(await namesOn(second.liaison)).toContain('Téléphone de Marie');
  const put = (sealed: string, revision: number) =>
    query.call(
      world.fixture.database,
      'UPDATE device_names SET sealed = $2, revision = $3 WHERE person_id = $1',
      [now?.person_id, sealed, revision],
    );
  await put(now?.sealed ?? '', now?.revision ?? 0);
  expect(await namesOn(second.liaison)).toContain('Téléphone de Marie');
  await put('AAAA', 1);
  expect(await namesOn(first.liaison)).toContain('Téléphone de Marie');
  await world.fixture.database.query('DELETE FROM device_names');
  await world.pass(2 * 3_600_000);
  await eventually(async () => {
    await first.liaison.refresh();
    expect((await boxes()).length).toBe(1);
  }, 20_000);
  const third = await secondDevice(world, first, NURSE, 'Firefox · Linux');
  await eventually(async () => {
    expect(await namesOn(third.liaison)).toContain('Téléphone de Marie');
  }, 20_000);
}, 60_000);

test('nobody reads or writes the box of another person', async () => {
  const [box] = await boxes();
  const { person } = await first.liaison.session();
  const reply = await people.gp.http({
    method: 'POST',
    path: `/api/identities/${String(person)}/devices`,
    headers: { 'content-type': 'application/json', 'x-liaison': '1' },
    body: new TextEncoder().encode(JSON.stringify({ device: null })),
  } as never);
  expect(reply.status).toBe(403);
  expect((await boxes())[0]).toEqual(box);
});

test('a device that was ended names nothing any more', async () => {
  const { device } = await nameOf('Téléphone de Marie');
  await first.liaison.revokeDevice(device);
  // The server takes its box, as no session names a device; nobody believes what is in it.
  await second.liaison.nameDevice(device, 'À moi');
  expect(await namesOn(first.liaison)).toContain('Téléphone de Marie');
  expect(await namesOn(first.liaison)).not.toContain('À moi');
  await eventually(async () => {
    await second.liaison.refresh();
    const { state, ended } = await second.liaison.session();
    expect(state).toBe('device-ended');
    expect(ended?.by?.name).toBe('Poste du cabinet');
  });
});
