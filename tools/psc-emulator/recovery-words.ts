/**
 * The recovery words of the sample's fictional people, as the first start wrote them down, so that
 * whoever plays one of them in a browser can link that browser. Read again at each page: the first
 * start may still be at it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

export const RECOVERY_WORDS_FILE = 'recovery-words.json';

/** By national identifier. */
export const RecoveryWords = z.record(z.string(), z.array(z.string()));
export type RecoveryWords = z.infer<typeof RecoveryWords>;

export function readRecoveryWords(dataDir: string): RecoveryWords {
  const file = join(dataDir, 'sample', RECOVERY_WORDS_FILE);
  return existsSync(file) ? RecoveryWords.parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
}
