/**
 * The floors: who may import whom. `npm run check` runs the rules on the real tree; here each rule
 * is shown able to fail, on a small tree that breaks all of them.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { clientRooms, serverRooms } from '../../tools/check/floors.mjs';
import { readText } from '../../tools/check/sources.mjs';
import { root, withTree } from './repository.js';

interface Cruise {
  readonly summary: {
    readonly violations: readonly { readonly rule: { readonly name: string } }[];
  };
}

interface Rules {
  readonly default: { readonly forbidden: readonly { readonly name: string }[] };
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** A text for the compiler, so that it does not take the configuration for a part of the tests. */
const CONFIGURATION = new URL('../../.dependency-cruiser.mjs', import.meta.url).href;
const CRUISER = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const imports = (path: string): string => `import '${path}';\n`;
const face = 'export const one = 1;\n';

/** For each room of a tower, a file that looks up, at a room that it may not know. */
function lookingUp(
  tower: string,
  rooms: Readonly<Record<string, readonly string[]>>,
): Record<string, string> {
  const names = Object.keys(rooms);
  const files: Record<string, string> = {};
  for (const room of names) {
    const above = names.find((other) => other !== room && !rooms[room]?.includes(other));
    files[`${tower}/${room}/face.ts`] = face;
    files[`${tower}/${room}/up.ts`] = imports(`../${above ?? ''}/face.js`);
  }
  return files;
}

const offending: Record<string, string> = {
  'package.json': '{ "type": "module" }',
  'node_modules/libsodium-wrappers/package.json': '{ "name": "libsodium-wrappers" }',
  'node_modules/libsodium-wrappers/index.js': 'module.exports = {};',
  'node_modules/pg/package.json': '{ "name": "pg" }',
  'node_modules/pg/index.js': 'module.exports = {};',
  ...lookingUp('src', serverRooms),
  ...lookingUp('sdk', clientRooms),
  'contract/probe.ts': imports('pg'),
  'contract/detour.ts': imports('../sdk/face.js'),
  'sdk/face.ts': face,
  'sdk/probe.ts': imports('../src/platform/face.js'),
  'sdk/crypto/other.ts': imports('libsodium-wrappers'),
  'src/platform/client.ts': imports('../../sdk/face.js'),
  'src/platform/detour.ts': imports('../../contract/detour.js'),
  'src/unknown/probe.ts': imports('../platform/face.js'),
  'src/circles/circle.repository.ts': face,
  'src/channels/rows.ts': imports('../circles/circle.repository.js'),
  'src/platform/ring-a.ts': imports('./ring-b.js'),
  'src/platform/ring-b.ts': imports('./ring-a.js'),
  'src/platform/index.ts': face,
  'src/platform/barrel.ts': imports('./index.js'),
  'src/platform/lost.ts': imports('./nowhere.js'),
  'src/platform/tested.ts': imports('../../test/story.js'),
  'test/story.ts': face,
  'migrations/1-add-probe.ts': imports('../src/platform/face.js'),
  'web/screen.ts': imports('../sdk/crypto/face.js'),
  'web/server.ts': imports('../src/platform/face.js'),
  'tools/probe/probe.ts': imports('../../src/platform/face.js'),
  'tools/verifier/verifier.ts': imports('../../sdk/face.js'),
};

function brokenRules(folder: string): Set<string> {
  mkdirSync(join(folder, 'tools/check'), { recursive: true });
  for (const file of ['.dependency-cruiser.mjs', 'tools/check/floors.mjs']) {
    copyFileSync(join(root, file), join(folder, file));
  }
  const rooms = ['contract', 'sdk', 'src', 'web', 'migrations', 'tools', 'test'];
  const run = spawnSync(
    process.execPath,
    [CRUISER, '--config', '.dependency-cruiser.mjs', '--output-type', 'json', ...rooms],
    { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 26 },
  );
  const { summary } = JSON.parse(run.stdout) as Cruise;
  return new Set(summary.violations.map((violation) => violation.rule.name));
}

describe('the floors', () => {
  test('every rule refuses the tree that breaks it', async () => {
    const rules = (await import(CONFIGURATION)) as Rules;
    const broken = await withTree(offending, (folder) => Promise.resolve(brokenRules(folder)));
    const silent = rules.default.forbidden.filter(({ name }) => !broken.has(name));
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  test('every room of src has a floor', () => {
    const rooms = readdirSync(join(root, 'src'), { withFileTypes: true });
    const unknown = rooms.filter((room) => room.isDirectory() && !(room.name in serverRooms));
    expect(unknown.map((room) => room.name)).toEqual([]);
  });

  test('every room of src looks down only: the table has no ring', () => {
    const order = Object.keys(serverRooms);
    for (const [room, below] of Object.entries(serverRooms)) {
      for (const other of below) expect(order.indexOf(other)).toBeLessThan(order.indexOf(room));
    }
  });

  test('the features do not know each other, and nothing that hangs on events knows them', () => {
    const features = ['channels', 'handoffs', 'agenda', 'announcements'];
    for (const room of ['realtime', 'notifications', 'audit']) {
      expect(serverRooms[room]?.filter((other) => features.includes(other))).toEqual([]);
    }
    for (const room of features.slice(1)) {
      const others = features.slice(1);
      expect(serverRooms[room]?.filter((other) => others.includes(other))).toEqual([]);
    }
  });

  test('no package of the server brings libsodium or the SDK with it', () => {
    for (const file of ['package.json', 'contract/package.json']) {
      const manifest = JSON.parse(readText(root, file)) as Manifest;
      const names = Object.keys(manifest.dependencies ?? {});
      expect(names.filter((name) => /sodium|^@liaison\/(sdk|web)$/.test(name))).toEqual([]);
    }
  });
});
