/** The documents say what is true of the tree: the two commands, the rooms, the links. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { filesUnder, readText } from '../../tools/check/sources.mjs';
import { root } from './repository.js';

const ARCHITECTURE_LINES = 60;

/** The commands of all shell blocks of a document, one a line, without comments. */
function commandsIn(markdown: string): string[] {
  const blocks = markdown.matchAll(/```(?:sh|bash|console)\n([\s\S]*?)```/g);
  const lines = [...blocks].flatMap((block) => (block[1] ?? '').split('\n'));
  return lines.map((line) => line.replace(/#.*$/, '').trim()).filter((line) => line !== '');
}

/** The paths that a document names in backticks and that look like ours: `src/circles/`. */
function pathsIn(markdown: string): string[] {
  const quoted = [...markdown.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? '');
  const ours = /^(contract|sdk|src|web|migrations|tools|docker|test|bench|docs)(\/[\w.-]+)*\/?$/;
  return quoted.filter((path) => ours.test(path));
}

const CLAIMS = '## How each claim is tested';

/** The rows of the threat model's last table: what is claimed, and the tests that are named. */
function claimsIn(markdown: string): { claim: string; held: string[] }[] {
  const rows = (markdown.split(CLAIMS)[1] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('| '));
  return rows.slice(1).map((row) => {
    const [, claim = '', where = ''] = row.split('|').map((cell) => cell.trim());
    const quoted = [...where.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');
    return { claim, held: quoted.filter((path) => /\.(test|attacks)\.ts$/.test(path)) };
  });
}

function linksIn(markdown: string): string[] {
  const links = [...markdown.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
  return links.filter((link) => !/^(https?:|mailto:|#)/.test(link));
}

function brokenIn(document: string, text: string): string[] {
  const targets = linksIn(text).map((link) => join(dirname(document), link.replace(/#.*$/, '')));
  return targets.filter((target) => !existsSync(join(root, target)));
}

describe('the documents', () => {
  test('README keeps to two commands', () => {
    expect(commandsIn(readText(root, 'README.md'))).toEqual(['npm start', 'npm test']);
  });

  test('ARCHITECTURE is one page, and names rooms that exist', () => {
    const text = readText(root, 'ARCHITECTURE.md');
    expect(text.split('\n').length).toBeLessThanOrEqual(ARCHITECTURE_LINES);
    const paths = pathsIn(text);
    expect(paths.length).toBeGreaterThan(10);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  const top = ['README', 'ARCHITECTURE', 'STYLE', 'CONTRIBUTING', 'SECURITY', 'CHANGELOG'];
  const all = [
    ...top.map((name) => `${name}.md`),
    ...filesUnder(root, ['docs']).filter((path) => path.endsWith('.md')),
  ];

  test.each(all)('%s has links that lead somewhere', (document) => {
    expect(brokenIn(document, readText(root, document))).toEqual([]);
  });

  test('decisions are numbered without a gap, and say what was decided and at what cost', () => {
    const files = filesUnder(root, ['docs/decisions']).filter((path) => /\/\d{4}-/.test(path));
    const numbers = files.map((path) => Number(path.slice('docs/decisions/'.length).slice(0, 4)));
    expect(numbers).toEqual(numbers.map((_, index) => index));
    const parts = ['## Why', '## Decision', '## Cost'];
    for (const path of files) {
      const text = readText(root, path);
      expect(`${path}: ${parts.filter((part) => !text.includes(part)).join()}`).toBe(`${path}: `);
    }
  });

  test('the threat model names the tests that hold its claims, and they exist', () => {
    const text = readText(root, 'docs/threat-model.md');
    const claims = claimsIn(text);
    expect(claims.length).toBeGreaterThan(15);
    const idle = claims.filter(({ held }) => held.length === 0).map(({ claim }) => claim);
    expect(idle).toEqual([]);
    const named = claims.flatMap(({ held }) => held);
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  test('the rules can fail', () => {
    expect(claimsIn(`${CLAIMS}\n\n| x | y |\n|---|---|\n| all is well | nowhere |`)).toEqual([
      { claim: 'all is well', held: [] },
    ]);
    expect(commandsIn('```sh\nnpm ci # first\nnpm start\n```')).toEqual(['npm ci', 'npm start']);
    expect(brokenIn('README.md', '[there](docs/nowhere.md)')).toEqual(['docs/nowhere.md']);
    expect(pathsIn('see `src/circles/` and `npm start`')).toEqual(['src/circles/']);
  });
});
