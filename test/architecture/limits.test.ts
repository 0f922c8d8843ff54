/** The table of limits: each is enforced somewhere, or it promises what nobody keeps. */
import { LIMITS } from '@liaison/contract/limits';
import ts from 'typescript';
import { everyNode } from '../../tools/check/sources.mjs';
import { type Source, sourcesOf, treeOf } from './repository.js';

/** `LIMITS.name`, names in `LIMITS[a ? 'one' : 'two']`, and `const { name } = LIMITS`. */
function usedIn(source: Source): string[] {
  const found: string[] = [];
  everyNode(treeOf(source), (node: ts.Node) => {
    if (ts.isPropertyAccessExpression(node) && node.expression.getText() === 'LIMITS') {
      found.push(node.name.text);
    }
    if (ts.isVariableDeclaration(node) && node.initializer?.getText() === 'LIMITS') {
      const { elements } = node.name as ts.ObjectBindingPattern;
      found.push(...elements.map(({ name, propertyName }) => (propertyName ?? name).getText()));
    }
    if (!ts.isElementAccessExpression(node) || node.expression.getText() !== 'LIMITS') return;
    everyNode(node.argumentExpression, (inner: ts.Node) => {
      if (ts.isStringLiteralLike(inner)) found.push(inner.text);
    });
  });
  return found;
}

describe('the table of limits', () => {
  // What stands in the contract's schemas and rules is run by the server and by every client.
  const users = sourcesOf(['contract', 'sdk', 'src', 'web']);

  test('holds no limit that nothing enforces', () => {
    const used = new Set(users.flatMap(usedIn));
    expect(Object.keys(LIMITS).filter((name) => !used.has(name))).toEqual([]);
  });

  test('is used by names that stand in it', () => {
    const named = new Set(users.flatMap(usedIn));
    expect([...named].filter((name) => !Object.hasOwn(LIMITS, name))).toEqual([]);
  });

  test.each(Object.entries(LIMITS))('%s says why', (_name, { value, why }) => {
    expect(value).toBeGreaterThan(0);
    expect(why).toMatch(/^\p{Lu}.*[.]$/u);
  });

  test('the rule can fail', () => {
    const text = `f(LIMITS.pageItems.value, LIMITS[x ? 'frameBytes' : 'bodyBytes'], LIMIT.x);`;
    expect(usedIn({ path: 'a.ts', text })).toEqual(['pageItems', 'frameBytes', 'bodyBytes']);
    const apart = { path: 'b.ts', text: 'const { pageItems, linkMs: most } = LIMITS;' };
    expect(usedIn(apart)).toEqual(['pageItems', 'linkMs']);
  });
});
