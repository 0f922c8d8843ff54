/** Only src/platform/config reads the environment: what a deployment may set is in one place. */
import ts from 'typescript';
import { everyNode, lineOf } from '../../tools/check/sources.mjs';
import { type Source, sourcesOf, treeOf } from './repository.js';

function isProcess(node: ts.Node): boolean {
  return ts.isIdentifier(node) && node.text === 'process';
}

/** Whether this is a production build: the bundler puts the answer in, nothing is read. */
function isBuildConstant(node: ts.Node): boolean {
  return ts.isPropertyAccessExpression(node) && /^(PROD|DEV)$/.test(node.name.text);
}

function readsEnvironment(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) {
    const ofMeta = ts.isMetaProperty(node.expression) && !isBuildConstant(node.parent);
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
  if (source.path.startsWith('src/platform/config/')) return [];
  const faults: string[] = [];
  everyNode(treeOf(source), (node: ts.Node) => {
    if (readsEnvironment(node)) faults.push(`${source.path}:${lineOf(node)}`);
  });
  return faults;
}

describe('the environment has one reader', () => {
  test('no other file of the product reads it', () => {
    const sources = sourcesOf(['contract', 'sdk', 'src', 'web', 'migrations']);
    const product = sources.filter(({ path }) => !path.endsWith('vite.config.ts'));
    expect(product.flatMap(environmentReadsIn)).toEqual([]);
  });

  test.each([
    `const url = process.env.DATABASE_URL;`,
    `const url = process['env'];`,
    `const { env } = process;`,
    `import { env } from 'node:process';`,
    `const url = import.meta.env.VITE_URL;`,
  ])('refuses %s', (text) => {
    expect(environmentReadsIn({ path: 'src/channels/probe.ts', text })).toHaveLength(1);
    expect(environmentReadsIn({ path: 'src/platform/config/env.ts', text })).toEqual([]);
  });
});
