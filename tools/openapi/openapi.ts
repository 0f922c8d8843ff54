/**
 * `npm run openapi`: writes docs/openapi.json from the table of routes. With `--check` it writes
 * nothing, and fails when the file says something else than the table.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { openApiDocument } from '@liaison/contract/openapi';

const file = resolve('docs/openapi.json');
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const wanted = `${JSON.stringify(openApiDocument(manifest.version), null, 2)}\n`;

if (!process.argv.includes('--check')) {
  writeFileSync(file, wanted);
  console.log('docs/openapi.json is written.');
} else if (readFileSync(file, 'utf8') === wanted) {
  console.log('docs/openapi.json says what the routes say.');
} else {
  console.error('docs/openapi.json is out of date: run `npm run openapi`.');
  process.exitCode = 1;
}
