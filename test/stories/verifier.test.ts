/**
 * The independent verifier replays what the server served, by the page and not by our code, and
 * must find what the SDK found: same heads, members, epochs, nothing flagged.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CircleId } from '@liaison/contract/ids';
import { ItemHeader } from '@liaison/contract/item';
import type { Engine } from '@liaison/sdk/engine';
import { z } from 'zod';
import { type CircleExport, exportCircle } from '../support/circle-export.js';
import type { Device } from '../../tools/cast/device.js';
import { eventually } from '../support/eventually.js';
import { openPost, untilSent } from '../support/shared-post.js';
import { type People, type Player, World } from '../support/world.js';
import { type Cast, chances, changeTeam, liveChannel, liveHandoff } from './verifier.lives.js';

const CIRCLES = 100;
const SEED = 20_261_126;
const COLLEAGUE = '899970000164';

let world: World;
let people: People;
let reader: Player;
/** Every circle that the reader is in, once all of them have lived. */
let circles: readonly CircleId[] = [];

const pathTo = (place: string): string => fileURLToPath(new URL(place, import.meta.url));
const VERIFIER = pathTo('../../tools/verifier/verify.mjs');
const VECTORS = pathTo('../../tools/verifier/vectors.mjs');
const FOLDER = pathTo('../vectors/');

/** Kinds that must have been met: a change of the lives that loses one is no proof any more. */
const MET = [
  ...['circle.created', 'member.added', 'member.removed', 'role.changed', 'epoch.opened'],
  ...['epoch.resealed', 'message.posted', 'channel.named', 'handoff.offered', 'handoff.accepted'],
  ...['handoff.recalled', 'bodies.erased'],
];

const Head = z.object({ k: z.number(), h: z.string() });
const Found = z.object({
  head: Head,
  members: z.array(z.string()),
  epoch: z.number(),
  flagged: z.array(z.object({ k: z.number() })),
  erased: z.array(z.number()),
  withheld: z.array(z.number()),
});

/** What the verifier, a program of its own, says of each export. Rejects when it refuses one. */
async function verified(files: readonly CircleExport[]) {
  const folder = mkdtempSync(join(tmpdir(), 'liaison-export-'));
  try {
    const paths = files.map((_, i) => join(folder, `${String(i)}.json`));
    for (const [i, path] of paths.entries()) writeFileSync(path, JSON.stringify(files[i]));
    const { stdout } = await promisify(execFile)(process.execPath, [VERIFIER, ...paths]);
    return stdout
      .trim()
      .split('\n')
      .map((line) => {
        const { flagged, ...found } = Found.parse(JSON.parse(line));
        return { ...found, flagged: flagged.map(({ k }) => k) };
      });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const engineOf = ({ liaison }: Pick<Player, 'liaison'>): Engine =>
  Reflect.get(liaison, 'engine') as Engine;

/** The SDK's own findings, which no screen shows. */
async function foundBySdk({ liaison }: Player, circle: CircleId) {
  const book = await engineOf({ liaison }).library.book(circle);
  const { head, state, items, tombstones, missing } = book;
  const flagged = items.filter(({ flaw }) => flaw !== null).map(({ k }) => k);
  return {
    head,
    members: [...(state?.members.keys() ?? [])].sort(),
    epoch: state?.epoch?.epoch ?? 0,
    flagged,
    erased: [...tombstones.keys()].sort((one, other) => one - other),
    withheld: [...missing],
  };
}

const exported = (circle: CircleId): Promise<CircleExport> =>
  exportCircle(reader.http, world.origin, circle);

/** A second device of a colleague in the reader's team, ended while the circles live. */
async function loseADevice(colleague: Device, words: readonly string[]): Promise<void> {
  const second = await world.device();
  await world.signIn(second, COLLEAGUE);
  const { authorizeUrl } = await second.liaison.beginRecovery(words, '/');
  await world.comeBack(second, authorizeUrl, COLLEAGUE);
  const lost = (await second.liaison.devices()).find(({ here }) => here);
  if (lost === undefined) throw new Error('The second device is not listed.');
  await colleague.liaison.refresh();
  await colleague.liaison.revokeDevice(lost.device);
}

beforeAll(async () => {
  world = await World.open();
  people = await world.people();
  reader = people.nurse;
  const device = await world.device();
  const { person } = await world.signIn(device, COLLEAGUE);
  const words = await device.liaison.recoveryWords();
  await world.rehearse(device.liaison);
  if (person === null) throw new Error('The colleague has no identity.');
  await people.coordinator.liaison.admit(person);
  const cast: Cast = { people, colleague: person, chance: chances(SEED) };
  const { library } = engineOf(reader);
  const all = () => library.ofKind('channel', 'handoff', 'file', 'team', 'community');
  for (let i = 0; all().length < CIRCLES; i++) {
    await (i % 3 === 2 ? liveHandoff(cast) : liveChannel(cast));
    if (i % 8 === 5) await changeTeam(cast);
    if (i === 20) await loseADevice(device, words);
  }
  await eventually(async () => {
    expect((await reader.liaison.connection()).waiting).toBe(0);
  });
  const post = await openPost(world, reader.liaison);
  const [channel] = library.ofKind('channel');
  if (channel === undefined) throw new Error('Nobody opened a channel.');
  await post.liaison.post(channel, 'Depuis le poste du service', []);
  await untilSent(post);
  await reader.liaison.refresh();
  circles = all();
}, 300_000);

afterAll(async () => {
  await world.close();
});

test('agrees with the SDK on every circle', async () => {
  const files = await Promise.all(circles.map(exported));
  const found = await verified(files);
  const ours = await Promise.all(circles.map((circle) => foundBySdk(reader, circle)));
  expect(found).toEqual(ours);
  expect(found.length).toBeGreaterThanOrEqual(CIRCLES);
  const items = files.reduce((sum, file) => sum + file.items.length, 0);
  const kinds = new Set(
    files.flatMap((file) => file.items.map(({ text }) => ItemHeader.parse(JSON.parse(text)).kind)),
  );
  const epochs = found.reduce((sum, { epoch }) => sum + epoch, 0);
  for (const kind of MET) expect(kinds).toContain(kind);
  process.stdout.write(
    `  ${found.length} circles, ${items} items of ${kinds.size} kinds, ${epochs} epochs: agree\n`,
  );
}, 120_000);

test('computes every vector again', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [VECTORS, FOLDER]);
  const agreed = stdout
    .trim()
    .split('\n')
    .map((line) => line.split(':')[0]);
  expect(agreed.sort()).toEqual(
    readdirSync(FOLDER)
      .filter((name) => name.endsWith('.json') && name !== 'frozen.json')
      .sort(),
  );
});

async function longest(): Promise<CircleExport> {
  const files = await Promise.all(circles.slice(0, 8).map(exported));
  const [first] = files.sort((a, b) => b.items.length - a.items.length);
  if (first === undefined) throw new Error('No circle was made.');
  return first;
}

test('refuses an export in which one letter of one header was changed', async () => {
  const file = await longest();
  const items = file.items.map((item) =>
    item.k === 2 ? { ...item, text: item.text.replace('"inc":1', '"inc":2') } : item,
  );
  await expect(verified([{ ...file, items }])).rejects.toThrow('signature');
});

test('refuses an export from which an item was taken', async () => {
  const file = await longest();
  const items = file.items.filter(({ k }) => k !== 1);
  await expect(verified([{ ...file, items }])).rejects.toThrow('order');
});
