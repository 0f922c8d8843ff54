/**
 * `node test/vectors/freeze.mjs`: writes into frozen.json the hashes of what version 1 of the
 * protocol is, its page, its forms and its vectors, as long as it is not frozen. To freeze, run it and set
 * `"frozen": true` there: from then on test/architecture fails if one of those bytes changes, and
 * this refuses to run.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = join(import.meta.dirname, '../..');
const PAGES = ['docs/protocol.md', 'docs/forms/protocol.json'];
const VECTORS = 'test/vectors';
export const LIST = `${VECTORS}/frozen.json`;

/** Hash of each file that version 1 is, by its path, as they are now. */
export function bytesNow(root = ROOT) {
  const names = readdirSync(join(root, VECTORS)).filter((name) => name.endsWith('.json'));
  const paths = [...PAGES, ...names.map((name) => `${VECTORS}/${name}`)].filter((one) => one !== LIST);
  const hashed = paths.sort().map((path) => {
    const bytes = readFileSync(join(root, path));
    return [path, createHash('sha256').update(bytes).digest('hex')];
  });
  return /** @type {Record<string, string>} */ (Object.fromEntries(hashed));
}

/**
 * Files of the list that are other ones now, or gone. A vector that was added since is no change:
 * it says more of the same bytes.
 * @param {Record<string, string>} listed @param {Record<string, string>} now
 */
export function changedSince(listed, now) {
  return Object.keys(listed).filter((path) => listed[path] !== now[path]);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const list = JSON.parse(readFileSync(join(ROOT, LIST), 'utf8'));
  if (list.frozen) throw new Error(`Version ${list.version} is frozen: a change is the next one.`);
  const files = bytesNow();
  writeFileSync(join(ROOT, LIST), `${JSON.stringify({ ...list, files }, null, 2)}\n`);
  process.stdout.write(`${Object.keys(files).length} files\n`);
}
