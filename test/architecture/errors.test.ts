/** The table of errors: each code has both sentences and a use, and no other code is thrown. */
import { ERRORS, type ErrorEntry } from '@liaison/contract/errors';
import ts from 'typescript';
import { everyNode, lineOf } from '../../tools/check/sources.mjs';
import { type Source, sourcesOf, treeOf } from './repository.js';

const table: Readonly<Record<string, ErrorEntry>> = ERRORS;
const SENTENCE = /^\p{Lu}.*[.?!]$/u;

/** The codes thrown by name: `new Problem('code', …)`, and `new Problem(a ? 'one' : 'two')`. */
function thrownIn(source: Source): { readonly code: string; readonly at: string }[] {
  const found: { code: string; at: string }[] = [];
  everyNode(treeOf(source), (node: ts.Node) => {
    if (!ts.isNewExpression(node) || node.expression.getText() !== 'Problem') return;
    const code = node.arguments?.[0];
    if (!code || !ts.isStringLiteralLike(code)) return;
    found.push({ code: code.text, at: `${source.path}:${lineOf(node)}` });
  });
  return found;
}

/** A route lists what it may answer; that is a promise, not a use. */
function isPromise(node: ts.Node): boolean {
  const { parent } = node;
  if (!ts.isArrayLiteralExpression(parent) || !ts.isPropertyAssignment(parent.parent)) return false;
  return parent.parent.name.getText() === 'errors';
}

function usedIn(source: Source): string[] {
  const found: string[] = [];
  everyNode(treeOf(source), (node: ts.Node) => {
    if (ts.isStringLiteralLike(node) && node.text in table && !isPromise(node)) {
      found.push(node.text);
    }
  });
  return found;
}

describe('the table of errors', () => {
  const sources = sourcesOf(['contract', 'sdk', 'src', 'web', 'tools']);
  const users = sources.filter(({ path }) => path !== 'contract/errors.ts');

  test.each(Object.entries(table))('%s says it in French and in English', (code, entry) => {
    expect(code).toMatch(/^[a-z]+(_[a-z0-9]+)*$/);
    expect(entry.fr).toMatch(SENTENCE);
    expect(entry.en).toMatch(SENTENCE);
    expect(entry.fr).not.toBe(entry.en);
    expect(entry.status).toBeGreaterThanOrEqual(400);
    expect(entry.status).toBeLessThan(600);
  });

  test('holds every code that is thrown', () => {
    const unknown = users.flatMap(thrownIn).filter(({ code }) => !(code in table));
    expect(unknown).toEqual([]);
  });

  test('holds no code that nothing uses', () => {
    const used = new Set(users.flatMap(usedIn));
    expect(Object.keys(table).filter((code) => !used.has(code))).toEqual([]);
  });

  test('both rules can fail', () => {
    const thrown = { path: 'a.ts', text: `throw new Problem('no_such_code');` };
    const promised = { path: 'b.ts', text: `route({ errors: ['not_found'] });` };
    expect(thrownIn(thrown)).toEqual([{ code: 'no_such_code', at: 'a.ts:1' }]);
    expect(usedIn(promised)).toEqual([]);
  });
});
