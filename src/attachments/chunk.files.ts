/**
 * Sealed chunks as files below the data folder. A chunk is there whole or not at all: it is written
 * beside its place, made durable, then moved. The bytes are never looked into.
 */
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Uuid } from '@liaison/contract/ids';
import { Injectable } from '@nestjs/common';
import { Config } from '../platform/config/config.js';

const isMissing = (error: unknown): boolean =>
  error instanceof Error && Reflect.get(error, 'code') === 'ENOENT';

@Injectable()
export class ChunkFiles {
  private readonly folder: string;

  constructor(config: Config) {
    this.folder = join(config.dataDir, 'attachments');
  }

  async write(attachment: Uuid, chunk: number, bytes: Uint8Array): Promise<void> {
    const folder = this.folderOf(attachment);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const beside = join(folder, `${chunk}.${randomUUID()}.part`);
    await writeDurably(beside, bytes);
    await rename(beside, join(folder, String(chunk)));
    await syncFolder(folder);
  }

  /** Null when the file is not there. */
  async read(attachment: Uuid, chunk: number): Promise<Uint8Array | null> {
    try {
      return await readFile(join(this.folderOf(attachment), String(chunk)));
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  async remove(attachment: Uuid): Promise<void> {
    await rm(this.folderOf(attachment), { recursive: true, force: true });
  }

  /** The last digits of a UUIDv7 are random: they spread the folders evenly. */
  private folderOf(attachment: Uuid): string {
    return join(this.folder, attachment.slice(-2), attachment);
  }
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A file's new name is durable once its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
