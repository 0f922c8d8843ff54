/** One table of routes: each has a handler in the server and a caller in the SDK, and no other. */
import { ERRORS } from '@liaison/contract/errors';
import type { Route } from '@liaison/contract/route';
import { ALL_ROUTES } from '@liaison/contract/routes';
import ts from 'typescript';
import { everyNode } from '../../tools/check/sources.mjs';
import { type Source, sourcesOf, treeOf } from './repository.js';

const routes = Object.values(ALL_ROUTES) as unknown as readonly Route[];

/** The name of the function that a node is handed to, as it is written; none for other nodes. */
function takerOf(node: ts.Node): string | undefined {
  const { parent } = node;
  return ts.isCallExpression(parent) ? parent.expression.getText() : undefined;
}

/** The routes handed to a function whose name fits: `@Serves(CIRCLE_ROUTES.append)`. */
function routesHandedIn(source: Source, taker: RegExp): string[] {
  const found: string[] = [];
  everyNode(treeOf(source), (node: ts.Node) => {
    if (!ts.isPropertyAccessExpression(node) || !node.expression.getText().endsWith('ROUTES'))
      return;
    if (taker.test(takerOf(node) ?? '')) found.push(node.name.text);
  });
  return found;
}

/** Called by others than the SDK, each for a reason. */
const CALLED_BY_OTHERS: Readonly<Record<string, string>> = {
  callback: 'the provider sends the browser there',
  handoffs: 'the check of what clients fold, for tests and whoever audits a deployment',
};

const SERVES = /^Serves$/;
const CALLS = /\w/;

const namesIn = (room: string, taker: RegExp): string[] =>
  sourcesOf([room]).flatMap((source) => routesHandedIn(source, taker));

describe('the table of routes', () => {
  const served = namesIn('src', SERVES);
  const called = new Set([...namesIn('sdk', CALLS), ...namesIn('web', CALLS)]);

  test('names and addresses are all different', () => {
    const names = routes.map((route) => route.name);
    const addresses = routes.map((route) => `${route.method} ${route.path}`);
    expect(new Set(names).size).toBe(routes.length);
    expect(new Set(addresses).size).toBe(routes.length);
  });

  test.each(routes.map((route) => [route.name, route] as const))(
    '%s has a handler, a caller and a promise that holds',
    (name, route) => {
      expect(served.filter((one) => one === name)).toEqual([name]);
      expect([...called, ...Object.keys(CALLED_BY_OTHERS)]).toContain(name);
      expect(route.summary).toMatch(/^\p{Lu}.*\.$/u);
      expect(route.errors?.filter((code) => !(code in ERRORS)) ?? []).toEqual([]);
    },
  );

  test('the rule can fail: a name in a comment, a text or a type is no handler', () => {
    const text = `
      // @Serves(IDENTITY_ROUTES.enrol)
      export const a = 'IDENTITY_ROUTES.enrol';
      export type B = typeof IDENTITY_ROUTES.enrol;
      export const c = IDENTITY_ROUTES.enrol;`;
    const served = 'class A { @Serves(IDENTITY_ROUTES.enrol) enrol() {} }';
    expect(routesHandedIn({ path: 'a.ts', text }, SERVES)).toEqual([]);
    expect(routesHandedIn({ path: 'a.ts', text: served }, SERVES)).toEqual(['enrol']);
  });
});
