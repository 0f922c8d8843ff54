/**
 * Vectors that others published, as `npm run test:published` has laid them out after checking that
 * they are the very files that sources.json names. They are not kept in this repository.
 */
import { readFileSync } from 'node:fs';
import type { z } from 'zod';

const FOLDER = new URL('../../.cache/published/', import.meta.url);

export const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));

export function readVectors<T>(name: string, schema: z.ZodType<T>): T {
  return schema.parse(JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')));
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

/** Says how many cases a table had, so that an emptied file cannot pass for a right one. */
export function counted(name: string, cases: readonly unknown[], least: number): void {
  process.stdout.write(`  ${name}: ${String(cases.length)} cases\n`);
  if (cases.length < least) throw new Error(`${name}: ${String(cases.length)} of ${String(least)}`);
}
