/**
 * Where the sample's fictional people keep what a person keeps: the store of their device, their
 * recovery words, the passkey of those who have one. Everything lies in the clear in the data
 * directory, because these people do not exist; nothing of a real person may ever come here.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileStore } from '@liaison/sdk/store/file.store';
import { z } from 'zod';
import { RECOVERY_WORDS_FILE, RecoveryWords } from '../psc-emulator/recovery-words.js';
import { KeptPasskey } from './software-passkey.js';

const Words = z.strictObject({ nationalId: z.string().nullable(), words: z.array(z.string()) });
const About = z.strictObject({ origin: z.url() });

export class SampleHome {
  readonly #dir: string;

  constructor(dataDir: string) {
    this.#dir = join(dataDir, 'sample');
  }

  openStore(key: string): Promise<FileStore> {
    return FileStore.open(join(this.#dir, key, 'store.log'));
  }

  /** Forgets a person who belongs to a database that is gone. */
  forget(key: string): void {
    rmSync(join(this.#dir, key), { recursive: true, force: true });
  }

  passkey(key: string): KeptPasskey | null {
    return this.#read(join(key, 'passkey.json'), KeptPasskey);
  }

  keepPasskey(key: string, passkey: KeptPasskey): void {
    this.#write(join(key, 'passkey.json'), passkey);
  }

  words(key: string): readonly string[] | null {
    return this.#read(join(key, 'words.json'), Words)?.words ?? null;
  }

  keepWords(key: string, nationalId: string | null, words: readonly string[]): void {
    this.#write(join(key, 'words.json'), { nationalId, words });
  }

  /** Writes the words of everybody who signs in at the emulator into the file that it shows. */
  showWords(): void {
    const all: RecoveryWords = {};
    for (const key of readdirSync(this.#dir)) {
      const kept = this.#read(join(key, 'words.json'), Words);
      if (kept?.nationalId) all[kept.nationalId] = kept.words;
    }
    this.#write(RECOVERY_WORDS_FILE, all);
  }

  /** The deployment that these people belong to. */
  origin(): string | null {
    return this.#read('sample.json', About)?.origin ?? null;
  }

  keepOrigin(origin: string): void {
    this.#write('sample.json', { origin });
  }

  #read<T>(name: string, schema: z.ZodType<T>): T | null {
    const file = join(this.#dir, name);
    return existsSync(file) ? schema.parse(JSON.parse(readFileSync(file, 'utf8'))) : null;
  }

  /** Whole or not at all: whoever is killed meanwhile leaves the file of before. */
  #write(name: string, value: unknown): void {
    const file = join(this.#dir, name);
    mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 });
    writeFileSync(`${file}.new`, JSON.stringify(value), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
}
