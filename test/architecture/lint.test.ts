/**
 * The linter and the limits, shown able to fail: each sample breaks one rule that the project
 * relies on. `npm run check` runs them on the real tree.
 */
import { spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { measure } from '../../tools/check/limits.mjs';
import { root, withTree } from './repository.js';

interface LintedFile {
  readonly filePath: string;
  readonly messages: readonly { readonly ruleId: string | null; readonly message: string }[];
}

const options = { strict: true, module: 'NodeNext', target: 'ES2023', types: [] };

/** File → what it holds, and the rule that must refuse it. */
const samples: readonly (readonly [string, string, string])[] = [
  ['any', `export const one = (value: any): unknown => value;`, 'no-explicit-any'],
  [
    'floating',
    `async function a(): Promise<void> {}\nexport function b(): void { a(); }`,
    'no-floating-promises',
  ],
  [
    'misused',
    `declare function a(): Promise<boolean>;\nexport const b = a() ? 1 : 2;`,
    'no-misused-promises',
  ],
  [
    'catch',
    `export function a(): void { try { a(); } catch { /* no */ } }`,
    'no-restricted-syntax',
  ],
  ['comment', `// @ts-ignore because\nexport const one = 1;`, 'ban-ts-comment'],
  ['console', `export function a(): void { console.log(1); }`, 'no-console'],
  ['barrel', `export * from './any.js';`, 'no-restricted-syntax'],
  ['reexport', `export { one } from './any.js';`, 'no-restricted-syntax'],
  ['default', `export default 1;`, 'no-restricted-syntax'],
  ['now', `export const now = (): number => Date.now();`, 'no-restricted-syntax'],
  ['today', `export const today = (): Date => new Date();`, 'no-restricted-syntax'],
  ['random', `export const random = (): number => Math.random();`, 'no-restricted-syntax'],
  ['enum', `export enum Colour { Red }`, 'no-restricted-syntax'],
];

function lint(folder: string): Map<string, string[]> {
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const run = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/eslint/bin/eslint.js'),
      ...['--config', join(root, 'eslint.config.mjs'), '--format', 'json', 'src'],
    ],
    { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 26 },
  );
  if (run.stdout === '') throw new Error(run.stderr);
  const files = JSON.parse(run.stdout) as LintedFile[];
  const rulesOf = ({ messages }: LintedFile): string[] =>
    messages.map(({ ruleId, message }) => ruleId ?? message);
  return new Map(files.map((file) => [file.filePath, rulesOf(file)]));
}

describe('the linter', () => {
  let found = new Map<string, string[]>();

  beforeAll(async () => {
    const files = samples.map(([name, text]) => [`src/probes/${name}.ts`, `${text}\n`]);
    const tree = Object.fromEntries(files) as Record<string, string>;
    tree['tsconfig.json'] = JSON.stringify({ compilerOptions: options, include: ['src'] });
    found = await withTree(tree, (folder) => Promise.resolve(lint(folder)));
  });

  test.each(samples)('refuses %s', (name, _text, rule) => {
    const path = [...found.keys()].find((file) => file.endsWith(`/${name}.ts`));
    const rules = found.get(path ?? '') ?? [];
    expect(rules.filter((id) => id.endsWith(rule))).not.toEqual([]);
  });
});

describe('the limits', () => {
  const faultsOf = (text: string): string[] => measure('src/probe.ts', text).faults;

  test('refuse a file of 401 lines, and let one of 400 pass', () => {
    expect(faultsOf('\n'.repeat(401))).toHaveLength(1);
    expect(faultsOf('\n'.repeat(400))).toEqual([]);
  });

  test('refuse a function of 71 lines, and let one of 70 pass', () => {
    const long = (lines: number): string => `function a() {${'\n'.repeat(lines - 1)}}\n`;
    expect(faultsOf(long(71))).toHaveLength(1);
    expect(faultsOf(long(70))).toEqual([]);
  });

  test('refuse a line of 101 columns, unless it is a link or one sentence', () => {
    expect(faultsOf(`const a = [${'1, '.repeat(40)}];\n`)).toHaveLength(1);
    expect(faultsOf(`// https://example.org/${'a'.repeat(90)}\n`)).toEqual([]);
    expect(faultsOf(`  fr: '${'a '.repeat(60)}',\n`)).toEqual([]);
  });

  test('refuse the type any, and let the word pass', () => {
    expect(faultsOf('const a: any = 1;\n')).toHaveLength(1);
    expect(faultsOf('// any\nconst any = 1;\n')).toEqual([]);
  });
});
