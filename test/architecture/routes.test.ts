/** One table of routes: each has a handler in the server and a caller in the SDK, and no other. */
import { ERRORS } from '@liaison/contract/errors';
import type { Route } from '@liaison/contract/route';
import { ALL_ROUTES } from '@liaison/contract/routes';
import ts from 'typescript';
import { everyNode } from '../../tools/check/sources.mjs';
import { type Source, sourcesOf, treeOf } from './repository.js';

const routes = Object.values(ALL_ROUTES) as unknown as readonly Route[];
const TABLE = /ROUTES$/;

/** The names read from a table of routes: `CIRCLE_ROUTES.append` and `const { append } = …`. */
function routesNamedIn(source: Source): string[] {
  const found: string[] = [];
  everyNode(treeOf(source), (node: ts.Node) => {
    if (ts.isPropertyAccessExpression(node) && TABLE.test(node.expression.getText())) {
      found.push(node.name.text);
    }
    const isElement = ts.isElementAccessExpression(node) && TABLE.test(node.expression.getText());
    if (isElement && ts.isStringLiteralLike(node.argumentExpression)) {
      found.push(node.argumentExpression.text);
    }
  });
  return found;
}

const namesIn = (room: string): Set<string> => new Set(sourcesOf([room]).flatMap(routesNamedIn));

describe('the table of routes', () => {
  const served = namesIn('src');
  const called = new Set([...namesIn('sdk'), ...namesIn('web')]);

  test('names and addresses are all different', () => {
    const names = routes.map((route) => route.name);
    const addresses = routes.map((route) => `${route.method} ${route.path}`);
    expect(new Set(names).size).toBe(routes.length);
    expect(new Set(addresses).size).toBe(routes.length);
  });

  test.each(routes.map((route) => [route.name, route] as const))(
    '%s has a handler, a caller and a promise that holds',
    (name, route) => {
      expect([...served].filter((one) => one === name)).toEqual([name]);
      expect([...called].filter((one) => one === name)).toEqual([name]);
      expect(route.summary).toMatch(/^\p{Lu}.*\.$/u);
      expect(route.errors?.filter((code) => !(code in ERRORS)) ?? []).toEqual([]);
    },
  );

  test('the rule can fail: a name in a comment or in a text is no handler', () => {
    const text = `// IDENTITY_ROUTES.enrol\nexport const a = 'IDENTITY_ROUTES.enrol';`;
    expect(routesNamedIn({ path: 'a.ts', text })).toEqual([]);
    expect(routesNamedIn({ path: 'a.ts', text: 'bind(IDENTITY_ROUTES.enrol);' })).toEqual([
      'enrol',
    ]);
  });
});
