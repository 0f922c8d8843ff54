/**
 * The independent verifier replays what the server served, by the page and not by our code, and
 * must find what the SDK found: same heads, members, epochs, nothing flagged.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type CircleId, teamMember } from '@liaison/contract/ids';
import type { Engine } from '@liaison/sdk/engine';
import { z } from 'zod';
import { type CircleExport, exportCircle } from '../support/circle-export.js';
import { eventually } from '../support/eventually.js';
import { draftOf } from '../support/handoff-draft.js';
import { type People, type Player, World } from '../support/world.js';

let world: World;
let people: People;
const circles: { readonly circle: CircleId; readonly reader: Player }[] = [];

const VERIFIER = fileURLToPath(new URL('../../tools/verifier/verify.mjs', import.meta.url));
const Head = z.object({ k: z.number(), h: z.string() });
const Found = z.object({
  head: Head,
  members: z.array(z.string()),
  epoch: z.number(),
  flagged: z.array(z.object({ k: z.number() })),
});

/** What the verifier, a program of its own, says of an export. Rejects when it refuses. */
async function verified(file: CircleExport) {
  const folder = mkdtempSync(join(tmpdir(), 'liaison-export-'));
  try {
    const path = join(folder, 'export.json');
    writeFileSync(path, JSON.stringify(file));
    const { stdout } = await promisify(execFile)(process.execPath, [VERIFIER, path]);
    const { head, members, epoch, flagged } = Found.parse(JSON.parse(stdout));
    return { head, members, epoch, flagged: flagged.map(({ k }) => k) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The SDK's own findings, which no screen shows. */
async function foundBySdk({ liaison }: Player, circle: CircleId) {
  const engine = Reflect.get(liaison, 'engine') as Engine;
  const { head, state, items } = await engine.library.book(circle);
  const flagged = items.filter(({ flaw }) => flaw !== null).map(({ k }) => k);
  return {
    head,
    members: [...(state?.members.keys() ?? [])].sort(),
    epoch: state?.epoch?.epoch ?? 0,
    flagged,
  };
}

beforeAll(async () => {
  world = await World.open();
  people = await world.people();
  const { nurse, gp, idel, pharmacist } = people;
  const sent = await nurse.liaison.sendHandoff(draftOf(nurse, [gp, idel]));
  await eventually(async () => {
    expect((await gp.liaison.handoff(sent))?.outline.state).toBe('open');
  });
  await gp.liaison.accept(sent, gp.team, 'Je passe demain');
  await eventually(async () => {
    const view = await nurse.liaison.handoff(sent);
    expect(view?.addressees.map(({ phase }) => phase)).toContain('accepted');
  });
  const members = [nurse, gp, idel, pharmacist].map(({ teamId }) => teamMember(teamId));
  const channel = await nurse.liaison.createChannel('Pansements complexes', members);
  for (let i = 0; i < 5; i++) await nurse.liaison.post(channel, `Message ${String(i)}`, []);
  await eventually(async () => {
    expect((await nurse.liaison.connection()).waiting).toBe(0);
  });
  circles.push({ circle: channel, reader: nurse }, { circle: sent, reader: nurse });
  circles.push({ circle: nurse.teamId, reader: nurse }, { circle: gp.teamId, reader: gp });
}, 90_000);

afterAll(async () => {
  await world.close();
});

test('agrees with the SDK on every circle', async () => {
  for (const { circle, reader } of circles) {
    await reader.liaison.refresh();
    const file = await exportCircle(reader.http, world.origin, circle);
    expect(await verified(file)).toEqual(await foundBySdk(reader, circle));
  }
});

test('refuses an export in which one letter of one header was changed', async () => {
  const [first] = circles;
  if (first === undefined) throw new Error('No circle was made.');
  const file = await exportCircle(first.reader.http, world.origin, first.circle);
  const items = file.items.map((item) =>
    item.k === 3 ? { ...item, text: item.text.replace('"inc":1', '"inc":2') } : item,
  );
  await expect(verified({ ...file, items })).rejects.toThrow('signature');
});

test('refuses an export from which an item was taken', async () => {
  const [first] = circles;
  if (first === undefined) throw new Error('No circle was made.');
  const file = await exportCircle(first.reader.http, world.origin, first.circle);
  const items = file.items.filter(({ k }) => k !== 2);
  await expect(verified({ ...file, items })).rejects.toThrow('order');
});
