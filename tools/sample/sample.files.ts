/**
 * Where the sample's data files are. They are data, not code: the build does not copy them, so
 * compiled programs (dist/tools/sample) read them from the sources' folder.
 */
import { existsSync, readFileSync } from 'node:fs';

const FOLDERS = ['./', '../../../tools/sample/'];

export function readSampleFile(name: string): string {
  const found = FOLDERS.map((folder) => new URL(folder + name, import.meta.url)).find((url) =>
    existsSync(url),
  );
  if (found === undefined) throw new Error(`The sample file ${name} is missing.`);
  return readFileSync(found, 'utf8');
}
