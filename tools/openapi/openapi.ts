/**
 * `npm run openapi`: writes what the contract says for those who do not read TypeScript: the routes
 * (docs/openapi.json), the members of signed texts (docs/forms/protocol.json) and of entries
 * (docs/forms/entries.json). With `--check` it writes nothing, and fails when one says otherwise.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { entryForms, protocolForms } from '@liaison/contract/forms';
import { openApiDocument } from '@liaison/contract/openapi';

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const DOCUMENTS = {
  'docs/openapi.json': openApiDocument(manifest.version),
  'docs/forms/protocol.json': protocolForms(),
  'docs/forms/entries.json': entryForms(),
} as const;

function settle(file: string, document: unknown): void {
  const wanted = `${JSON.stringify(document, null, 2)}\n`;
  if (!process.argv.includes('--check')) {
    writeFileSync(file, wanted);
    console.log(`${file} is written.`);
  } else if (readFileSync(file, 'utf8') === wanted) {
    console.log(`${file} says what the contract says.`);
  } else {
    console.error(`${file} is out of date: run \`npm run openapi\`.`);
    process.exitCode = 1;
  }
}

for (const [file, document] of Object.entries(DOCUMENTS)) settle(file, document);
