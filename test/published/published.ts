/**
 * Vectors that others published, carried in test/vectors/third-party under their own licence. A
 * file is read only if it holds the very bytes that sources.json names: nobody may bend a vector.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';

const FOLDER = new URL('../vectors/third-party/wycheproof/', import.meta.url);
const SOURCES = z
  .record(z.string(), z.string())
  .parse(JSON.parse(readFileSync(new URL('sources.json', import.meta.url), 'utf8')));

export const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));

export const toHex = (bytes: Uint8Array | null): string | null =>
  bytes === null ? null : Buffer.from(bytes).toString('hex');

export function readVectors<T>(name: string, schema: z.ZodType<T>): T {
  const content = gunzipSync(readFileSync(new URL(`${name}.gz`, FOLDER)));
  const found = createHash('sha256').update(content).digest('hex');
  if (found !== SOURCES[name]) throw new Error(`${name} is not the file that was published`);
  return schema.parse(JSON.parse(content.toString('utf8')));
}

/** What a primitive gives, or null where it refuses its input. */
export function orRefused<T>(attempt: () => T): T | null {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}

/** Says how many cases a table had, so that a filter gone wrong cannot pass for a right one. */
export function counted(name: string, cases: readonly unknown[], least: number): void {
  process.stdout.write(`  ${name}: ${String(cases.length)} cases\n`);
  if (cases.length < least) throw new Error(`${name}: ${String(cases.length)} of ${String(least)}`);
}
