// The limits of files and functions, counted on syntax trees. A limit is a promise to the reader:
// a file fits in a short walk, a function in one look. It never judges what the code does.

import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { codeFiles, everyNode, lineOf, parse, productFiles, readText } from './sources.mjs';

const FILE_LINES = 400;
const FUNCTION_LINES = 70;
const COLUMNS = 100;
const FILE_MEDIAN = 90;
const FUNCTION_MEDIAN = 10;

// A suite's callback is a chapter, not a function: its tests are measured, each by itself.
const CHAPTERS = /^describe\b/;

/**
 * @typedef {{ path: string, from: number, lines: number, name: string }} FunctionSize
 * @typedef {{ path: string, lines: number, functions: FunctionSize[], anyCount: number,
 *   faults: string[] }} FileSize
 */

/** @param {readonly number[]} numbers */
function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

/** @template {{ lines: number }} T @param {readonly T[]} items */
function largest(items) {
  return [...items].sort((a, b) => b.lines - a.lines)[0];
}

/** @param {ts.Node} node */
function isChapter(node) {
  return ts.isCallExpression(node.parent) && CHAPTERS.test(node.parent.expression.getText());
}

/** @param {ts.FunctionLikeDeclaration} node */
function nameOf(node) {
  if (node.name) return node.name.getText();
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)) {
    return parent.name.getText();
  }
  return ts.isConstructorDeclaration(node) ? 'constructor' : 'a callback';
}

/** @param {ts.Node} node @returns {node is ts.FunctionLikeDeclaration} */
function isMeasured(node) {
  if (!ts.isFunctionLike(node) || !('body' in node) || !node.body) return false;
  return ts.isBlock(/** @type {ts.Node} */ (node.body)) && !isChapter(node);
}

/**
 * Every function of a file whose body stands in braces, with its length in lines.
 * @param {ts.SourceFile} file
 * @param {string} path
 */
function functionsOf(file, path) {
  /** @type {FunctionSize[]} */
  const found = [];
  everyNode(file, (node) => {
    if (!isMeasured(node)) return;
    const last = file.getLineAndCharacterOfPosition(node.getEnd()).line + 1;
    const from = lineOf(node);
    found.push({ path, from, lines: last - from + 1, name: nameOf(node) });
  });
  return found;
}

// A link cannot be broken across lines, nor a long name imported, nor one sentence in quotes.
const MAY_BE_WIDE = [
  /https?:\/\//,
  /^(import|} from) /,
  /^\s*([\w']+: )?(['"`]).*\2[,;)]*$/,
  // A test's name is one sentence too, and the formatter keeps what follows it on its line.
  /^\s*(test|it|describe)(\.each\(.*\))?\((['"`]).*\3, /,
];

/** @param {string} line */
function mayBeWide(line) {
  return MAY_BE_WIDE.some((pattern) => pattern.test(line));
}

/** @param {string} path @param {string} text */
function wideLines(path, text) {
  return text
    .split('\n')
    .map((line, index) => ({ line, at: index + 1 }))
    .filter(({ line }) => line.length > COLUMNS && !mayBeWide(line))
    .map(({ line, at }) => `${path}:${at} has ${line.length} columns; the limit is ${COLUMNS}`);
}

/** @param {ts.SourceFile} file @param {string} path */
function anyTypes(file, path) {
  /** @type {string[]} */
  const found = [];
  everyNode(file, (node) => {
    if (node.kind !== ts.SyntaxKind.AnyKeyword) return;
    found.push(`${path}:${lineOf(node)} uses the type any`);
  });
  return found;
}

/**
 * What one file amounts to: its lines, its functions, and a sentence for each thing it does wrong.
 * @param {string} path
 * @param {string} text
 * @returns {FileSize}
 */
export function measure(path, text) {
  const file = parse(path, text);
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  const functions = functionsOf(file, path);
  const anys = anyTypes(file, path);
  const faults = [...wideLines(path, text), ...anys];
  if (lines > FILE_LINES) faults.push(`${path} has ${lines} lines; the limit is ${FILE_LINES}`);
  for (const { from, name, lines: long } of functions) {
    if (long <= FUNCTION_LINES) continue;
    faults.push(`${path}:${from} ${name} has ${long} lines; the limit is ${FUNCTION_LINES}`);
  }
  return { path, lines, functions, anyCount: anys.length, faults };
}

/**
 * Prints the figures, and returns the faults of all files together.
 * @param {readonly FileSize[]} all
 * @param {readonly FileSize[]} product
 */
function report(all, product) {
  const file = largest(all);
  const one = largest(all.flatMap((each) => each.functions));
  const files = median(product.map((each) => each.lines));
  const functions = median(product.flatMap((each) => each.functions.map((size) => size.lines)));
  const anyCount = all.reduce((sum, each) => sum + each.anyCount, 0);
  console.log(`largest file: ${file?.path} (${file?.lines} of ${FILE_LINES} lines)`);
  console.log(
    `largest function: ${one?.name} in ${one?.path}:${one?.from}`,
    `(${one?.lines} of ${FUNCTION_LINES} lines)`,
  );
  console.log(
    `median file ${files} of ${FILE_MEDIAN}, function ${functions} of ${FUNCTION_MEDIAN}`,
  );
  console.log(`any: ${anyCount} in ${all.length} files`);
  const faults = all.flatMap((each) => each.faults);
  if (files > FILE_MEDIAN) faults.push(`the median file is over ${FILE_MEDIAN} lines`);
  if (functions > FUNCTION_MEDIAN) faults.push(`the median function is over ${FUNCTION_MEDIAN}`);
  return faults;
}

function main() {
  const root = resolve(fileURLToPath(import.meta.url), '../../..');
  const all = codeFiles(root).map((path) => measure(path, readText(root, path)));
  const ships = new Set(productFiles(root));
  const product = all.filter((each) => ships.has(each.path));
  const faults = report(all, product);
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length > 0 ? 1 : 0;
}

if (resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) main();
