/** Only src/platform/config reads the environment: what a deployment may set is in one place. */
import ts from 'typescript';
import { everyNode, lineOf } from '../../tools/check/sources.mjs';
import { type Source, sourcesOf, treeOf } from './repository.js';

const READER = /^src\/platform\/config\//;

function isProcess(node: ts.Node): boolean {
  return ts.isIdentifier(node) && node.text === 'process';
}

function readsEnvironment(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) {
    const ofMeta = ts.isMetaProperty(node.expression);
    return (isProcess(node.expression) || ofMeta) && node.name.text === 'env';
  }
  if (ts.isElementAccessExpression(node)) return isProcess(node.expression);
  if (ts.isVariableDeclaration(node) && node.initializer) {
    return isProcess(node.initializer) && ts.isObjectBindingPattern(node.name);
  }
  if (!ts.isImportDeclaration(node) || !ts.isStringLiteral(node.moduleSpecifier)) return false;
  return /^(node:)?process$/.test(node.moduleSpecifier.text);
}

function environmentReadsIn(source: Source): string[] {
  if (READER.test(source.path)) return [];
  const faults: string[] = [];
  everyNode(treeOf(source), (node: ts.Node) => {
    if (readsEnvironment(node)) faults.push(`${source.path}:${lineOf(node)}`);
  });
  return faults;
}

describe('the environment has one reader', () => {
  test('no other file of the product reads it', () => {
    const sources = sourcesOf(['contract', 'sdk', 'src', 'web', 'migrations']);
    const product = sources.filter(({ path }) => !/vite\.config\.ts$/.test(path));
    expect(product.flatMap(environmentReadsIn)).toEqual([]);
  });

  test.each([
    `const url = process.env.DATABASE_URL;`,
    `const url = process['env'];`,
    `const { env } = process;`,
    `import { env } from 'node:process';`,
    `const mode = import.meta.env.MODE;`,
  ])('refuses %s', (text) => {
    expect(environmentReadsIn({ path: 'src/channels/probe.ts', text })).toHaveLength(1);
    expect(environmentReadsIn({ path: 'src/platform/config/env.ts', text })).toEqual([]);
  });
});
