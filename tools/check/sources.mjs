// Which files are ours, and how they read as trees. The limits and the architecture tests share
// it, so that both look at the same files. It never changes a file.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const PRODUCT = ['contract', 'sdk', 'src', 'web', 'migrations', 'tools'];
const PROOF = ['test', 'bench'];
const SKIPPED = new Set(['node_modules', 'dist', 'coverage', 'fixtures', 'vectors', '.liaison']);
const CODE = /\.(ts|tsx|mjs|cjs)$/;
const TEST = /\.test\.tsx?$/;

/** @param {string} folder @returns {Generator<string>} */
function* walk(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (SKIPPED.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else yield path;
  }
}

/**
 * Every file under the named folders of `root`, as sorted paths relative to it.
 * @param {string} root
 * @param {readonly string[]} folders
 */
export function filesUnder(root, folders) {
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => [...walk(join(root, folder))])
    .map((path) => path.slice(root.length + 1).replaceAll('\\', '/'))
    .sort();
}

/** The code that ships or runs around the product, without its tests. @param {string} root */
export function productFiles(root) {
  return filesUnder(root, PRODUCT).filter((path) => CODE.test(path) && !TEST.test(path));
}

/** All code we wrote: product, tests and benchmarks. @param {string} root */
export function codeFiles(root) {
  return filesUnder(root, [...PRODUCT, ...PROOF]).filter((path) => CODE.test(path));
}

/**
 * The tree of one file, with parents, so that a rule can look up as well as down.
 * @param {string} path
 * @param {string} text
 */
export function parse(path, text) {
  const kind = path.endsWith('.tsx') ? ts.ScriptKind.TSX : undefined;
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
}

/** @param {string} root @param {string} path */
export function readText(root, path) {
  return readFileSync(join(root, path), 'utf8');
}

/**
 * Calls `visit` on the node and on everything under it, in the order of the text.
 * @param {ts.Node} node
 * @param {(node: ts.Node) => void} visit
 */
export function everyNode(node, visit) {
  visit(node);
  ts.forEachChild(node, (child) => {
    everyNode(child, visit);
  });
}

/**
 * The line, counted from one, that a node begins on.
 * @param {ts.Node} node
 */
export function lineOf(node) {
  const file = node.getSourceFile();
  return file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
}
