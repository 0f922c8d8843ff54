/**
 * Where the sample's data files are. They are data, not code: the build does not copy them, so
 * compiled programs (dist/tools/sample) read them from the sources' folder.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDERS = ['./', '../../../tools/sample/'];

/** Where a file of the sample lies, for programs that are given a path. */
export function sampleFile(name: string): string {
  const found = FOLDERS.map((folder) => new URL(folder + name, import.meta.url)).find((url) =>
    existsSync(url),
  );
  if (found === undefined) throw new Error(`The sample file ${name} is missing.`);
  return fileURLToPath(found);
}

export const readSampleFile = (name: string): string => readFileSync(sampleFile(name), 'utf8');
