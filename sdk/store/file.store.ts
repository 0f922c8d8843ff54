/**
 * A store in one file, for programs: a log of transactions, one line each with its checksum, read
 * whole at opening. A line that a crash tore is the last one, and is cut off; everything before it
 * stands. The file is rewritten (beside, then renamed) once most of it is history. Node only.
 */
import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { MemoryStore } from './memory.store.js';
import type { Table, Write } from './store.js';

const OWNER_ONLY = 0o600;
/** Below this many lines a rewrite gains nothing. */
const COMPACT_FROM = 2000;
const COMPACT_RATIO = 4;
const ZEROS = new Uint8Array(64 * 1024);

type Row = readonly [table: Table, key: string, value?: unknown];

function checksum(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

function lineOf(writes: readonly Write[]): string {
  const rows = writes.map(({ table, key, value }): Row => {
    return value === undefined ? [table, key] : [table, key, value];
  });
  const text = JSON.stringify(rows);
  return `${checksum(text)} ${text}\n`;
}

function writesOf(line: string): Write[] | null {
  const text = line.slice(17);
  if (line[16] !== ' ' || checksum(text) !== line.slice(0, 16)) return null;
  return (JSON.parse(text) as Row[]).map(([table, key, value]) => ({ table, key, value }));
}

/** One program a store: two would not see each other's changes. */
async function takeLock(path: string): Promise<void> {
  try {
    const file = await open(path, 'wx', OWNER_ONLY);
    await file.writeFile(String(process.pid));
    await file.close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const holder = Number(await readFile(path, 'utf8'));
    if (isAlive(holder)) {
      throw new Error(`The store ${path} is in use by process ${String(holder)}.`, {
        cause: error,
      });
    }
    await rm(path, { force: true });
    await takeLock(path);
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path), 'r');
  await folder.sync();
  await folder.close();
}

export class FileStore extends MemoryStore {
  #lines = 0;

  private constructor(
    private readonly path: string,
    private file: FileHandle,
  ) {
    super();
  }

  static async open(path: string): Promise<FileStore> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await takeLock(`${path}.lock`);
    const store = new FileStore(path, await open(path, 'a+', OWNER_ONLY));
    await store.#read();
    return store;
  }

  override async close(): Promise<void> {
    await super.close();
    await this.file.close();
    await rm(`${this.path}.lock`, { force: true });
  }

  protected override persist = async (writes: readonly Write[]): Promise<void> => {
    if (this.#lines > COMPACT_FROM && this.#lines > COMPACT_RATIO * this.all().length) {
      await this.#rewrite();
    }
    await this.file.appendFile(lineOf(writes));
    await this.file.datasync();
    this.#lines += 1;
  };

  /** Written over before it is cut: what the disk itself keeps of old blocks is not ours to say. */
  protected override erase = async (): Promise<void> => {
    const { size } = await this.file.stat();
    const over = await open(this.path, 'r+', OWNER_ONLY);
    for (let at = 0; at < size; at += ZEROS.length) {
      await over.write(ZEROS, 0, Math.min(ZEROS.length, size - at), at);
    }
    await over.sync();
    await over.truncate(0);
    await over.sync();
    await over.close();
    this.#lines = 0;
  };

  async #read(): Promise<void> {
    const text = (await this.file.readFile()).toString('utf8');
    let good = 0;
    for (let at = 0; at < text.length; ) {
      const end = text.indexOf('\n', at);
      const writes = end < 0 ? null : writesOf(text.slice(at, end));
      if (writes === null) break;
      this.apply(writes);
      at = end + 1;
      good = at;
      this.#lines += 1;
    }
    if (good < text.length) await this.#cutAt(text, good);
  }

  /** Only the last line may be torn; a bad line with others after it is damage, not a crash. */
  async #cutAt(text: string, good: number): Promise<void> {
    const end = text.indexOf('\n', good);
    if (end >= 0 && end < text.length - 1) {
      throw new Error(`The store ${this.path} is damaged after ${String(this.#lines)} changes.`);
    }
    await this.file.truncate(Buffer.byteLength(text.slice(0, good)));
    await this.file.sync();
  }

  async #rewrite(): Promise<void> {
    const beside = `${this.path}.new`;
    await rm(beside, { force: true });
    const file = await open(beside, 'a+', OWNER_ONLY);
    const rows = this.all();
    for (let at = 0; at < rows.length; at += 500)
      await file.appendFile(lineOf(rows.slice(at, at + 500)));
    await file.sync();
    await rename(beside, this.path);
    await syncFolder(this.path);
    await this.file.close();
    this.file = file;
    this.#lines = Math.ceil(rows.length / 500);
  }
}
