// Writes the vectors that generate.ts makes, from the built packages (npm run build first). Run it
// only to add vectors: a changed one means a changed protocol.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transformFile } from '@swc/core';

const here = import.meta.dirname;
const built = join(here, '../../.cache/vectors');
const jsc = { target: 'es2022', parser: { syntax: 'typescript' } };

await mkdir(built, { recursive: true });
const PARTS = ['ed25519-edges', 'people-vectors', 'sealed-vectors', 'tree-vectors', 'generate'];
for (const name of PARTS) {
  const { code } = await transformFile(join(here, `${name}.ts`), { swcrc: false, jsc });
  await writeFile(join(built, `${name}.js`), code);
}
await writeFile(join(built, 'package.json'), '{"type":"module"}\n');
const { ready } = await import('@liaison/sdk/crypto/sodium');
await ready();
const { vectors } = await import(join(built, 'generate.js'));
for (const [name, content] of Object.entries(vectors())) {
  await writeFile(join(here, name), `${JSON.stringify(content, null, 2)}\n`);
}
