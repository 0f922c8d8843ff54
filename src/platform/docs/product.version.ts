/** The version that the project's own manifest states. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const Manifest = z.object({ version: z.string().min(1) });

/** Sources and compiled files lie at different depths below the manifest. */
function manifestFile(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return join(folder, 'package.json');
}

export const PRODUCT_VERSION = Manifest.parse(
  JSON.parse(readFileSync(manifestFile(), 'utf8')),
).version;
