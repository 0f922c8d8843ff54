/** The trees on a real PostgreSQL, checked by the code with which clients check them. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { toBase64Url } from '@liaison/contract/bytes';
import type { Hash, Origin, PersonId } from '@liaison/contract/ids';
import { identityLeaf } from '@liaison/contract/signing';
import type { TreeHead } from '@liaison/contract/transparency';
import {
  EMPTY_EDGE,
  grewFrom,
  grownEdge,
  rootOf as rootSeen,
} from '@liaison/sdk/crypto/merkle-tree';
import { ready } from '@liaison/sdk/crypto/sodium';
import { readNote } from '@liaison/sdk/logs/checkpoint';
import type { Config } from '../../src/platform/config/config.js';
import { hash } from '../../src/platform/hash/blake.js';
import { IdentityTree } from '../../src/transparency/identity.tree.js';
import { LogKey } from '../../src/transparency/log-key.js';
import { EMPTY_EDGE as NOTHING, leafHash, rootOf } from '../../src/transparency/merkle-tree.js';
import { TreeNotes } from '../../src/transparency/tree.notes.js';
import { appendLeaves, lockEdge, readProofs } from '../../src/transparency/tree.rows.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const ORIGIN = 'https://liaison.test';
const text = (bytes: Uint8Array): Hash => toBase64Url(bytes) as Hash;
const named = (name: string): Hash => hash(new TextEncoder().encode(name));

let fixture: TestDatabase;
let folder: string;
let key: LogKey;
let tree: IdentityTree;

beforeEach(async () => {
  await ready();
  fixture = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'liaison-trees-'));
  const { privateKey } = generateKeyPairSync('ed25519');
  const logKeyFile = join(folder, 'log-key.pem');
  writeFileSync(logKeyFile, privateKey.export({ format: 'pem', type: 'pkcs8' }));
  // Only what the trees read of the settings.
  const config = { logKeyFile, publicOrigin: ORIGIN } as Config;
  key = new LogKey(config);
  tree = new IdentityTree(fixture.database, new TreeNotes(key, config));
});

afterEach(async () => {
  await fixture.close();
  rmSync(folder, { recursive: true });
});

/** Grows the record tree one leaf at a time; the head at each size. */
async function grown(count: number): Promise<TreeHead[]> {
  const heads: TreeHead[] = [{ size: 0, root: text(rootOf(NOTHING)) }];
  for (let i = 0; i < count; i++) {
    const edge = await fixture.database.transaction(async (on) => {
      const before = await lockEdge(on, 'records');
      return appendLeaves(on, 'records', before, [leafHash(new Uint8Array([i]))]);
    });
    heads.push({ size: edge.size, root: text(rootOf(edge)) });
  }
  return heads;
}

const proofs = async (sizes: readonly number[], to: number): Promise<Hash[][]> =>
  (await readProofs(fixture.database, 'records', sizes, to)).map((one) => one.map(text));

describe('proofs that a tree only grew', () => {
  it('hold between any two sizes, and between no others', async () => {
    const heads = await grown(33);
    for (const after of heads.slice(1)) {
      const before = heads.slice(1, after.size + 1);
      const given = await proofs(
        before.map(({ size }) => size),
        after.size,
      );
      for (const [i, head] of before.entries()) {
        const proof = given[i] ?? [];
        expect(await grewFrom(head, after, proof)).toBe(true);
        const other = { size: head.size, root: named('another history') };
        expect(await grewFrom(other, after, proof)).toBe(false);
        expect(await grewFrom(head, after, [...proof, head.root])).toBe(false);
      }
    }
  }, 60_000);

  it('is never given for a size beyond', async () => {
    const [, , two, three] = await grown(3);
    if (two === undefined || three === undefined) throw new Error('Nothing grew.');
    expect(await grewFrom(three, two, [])).toBe(false);
  });
});

describe('the identity tree', () => {
  const people = ['a', 'b', 'c'].map((name) => named(name) as string as PersonId);

  async function say(person: PersonId, from: number, count: number): Promise<void> {
    const statements = Array.from({ length: count }, (_, i) => {
      return { n: from + i, h: named(`${person} ${String(from + i)}`) };
    });
    await fixture.database.transaction((on) => tree.append(on, person, statements));
  }

  it('gives every client the same leaves, root and signed checkpoint', async () => {
    for (const person of people) await say(person, 0, 3);
    const { leaves, note } = await tree.page(0);
    expect(leaves.map(({ n }) => n)).toEqual([0, 1, 2, 0, 1, 2, 0, 1, 2]);
    const edge = await grownEdge(
      EMPTY_EDGE,
      leaves.map(({ person, n, h }) => identityLeaf(person, n, h)),
    );
    const log = { origin: ORIGIN as Origin, tree: 'identities', logKey: key.signingKey } as const;
    expect(readNote(note, log)).toMatchObject({ size: 9, root: await rootSeen(edge) });
    expect(readNote(note, { ...log, tree: 'records' })).toBeNull();
    expect(readNote(note.replace('\n9\n', '\n8\n'), log)).toBeNull();
  });

  it('lists no index of a person twice, and forgets nothing', async () => {
    const [person] = people;
    if (person === undefined) throw new Error('Nobody.');
    await say(person, 0, 2);
    await expect(say(person, 1, 1)).rejects.toThrow();
    expect((await tree.page(1)).leaves).toHaveLength(1);
    await expect(fixture.database.query('DELETE FROM identity_leaves')).rejects.toThrow();
  });

  it('has one order for all who append at once', async () => {
    await Promise.all(people.map((person) => say(person, 0, 5)));
    const { leaves, note } = await tree.page(0);
    const edge = await grownEdge(
      EMPTY_EDGE,
      leaves.map(({ person, n, h }) => identityLeaf(person, n, h)),
    );
    const log = { origin: ORIGIN as Origin, tree: 'identities', logKey: key.signingKey } as const;
    expect(readNote(note, log)?.root).toBe(await rootSeen(edge));
  });
});
