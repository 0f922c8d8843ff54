/**
 * The working tree as the architecture tests see it: its files, and syntax trees of them.
 * It never runs the product, and needs no database.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type ts from 'typescript';
import { filesUnder, parse, readText } from '../../tools/check/sources.mjs';

export const root = resolve(import.meta.dirname, '../..');

export interface Source {
  readonly path: string;
  readonly text: string;
}

const CODE = /\.(ts|tsx|mjs|cjs)$/;

/** The code of some folders, tests included only when asked for. */
export function sourcesOf(folders: readonly string[], withTests = false): Source[] {
  return filesUnder(root, folders)
    .filter((path) => CODE.test(path) && (withTests || !/\.test\.tsx?$/.test(path)))
    .map((path) => ({ path, text: readText(root, path) }));
}

export function treeOf({ path, text }: Source): ts.SourceFile {
  return parse(path, text);
}

/** Writes a small offending tree, hands its folder to `use`, and removes it whatever happened. */
export async function withTree<T>(
  files: Readonly<Record<string, string>>,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'liaison-probe-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
