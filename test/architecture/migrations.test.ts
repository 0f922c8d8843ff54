/** Migrations: named by time, verb and noun, with a way back, and the reason at their head. */
import ts from 'typescript';
import { everyNode } from '../../tools/check/sources.mjs';
import { type Source, sourcesOf, treeOf } from './repository.js';

const NAME = /^migrations\/\d{10,14}-[a-z]+(-[a-z0-9]+)+\.ts$/;

function hasBody(node: ts.Node, name: string): boolean {
  const isMethod = ts.isMethodDeclaration(node) || ts.isPropertyDeclaration(node);
  return isMethod && node.name.getText() === name && node.getText().length > name.length + 20;
}

function faultsOf(source: Source): string[] {
  const faults = NAME.test(source.path) ? [] : ['its name is not <timestamp>-<verb>-<noun>.ts'];
  for (const way of ['up', 'down']) {
    const found: ts.Node[] = [];
    everyNode(treeOf(source), (node: ts.Node) => {
      if (hasBody(node, way)) found.push(node);
    });
    if (found.length === 0) faults.push(`it has no ${way}`);
  }
  return faults.map((fault) => `${source.path}: ${fault}`);
}

describe('migrations', () => {
  const migrations = sourcesOf(['migrations']);

  test('there is one, at least', () => {
    expect(migrations.length).toBeGreaterThan(0);
  });

  test('have a name, an up and a down', () => {
    expect(migrations.flatMap(faultsOf)).toEqual([]);
  });

  test('have timestamps that are all different', () => {
    const times = migrations.map(({ path }) => path.split('-')[0]);
    expect(new Set(times).size).toBe(times.length);
  });

  test('the rules can fail', () => {
    const up = 'class A { async up(runner) { await runner.query("create"); } }';
    expect(faultsOf({ path: 'migrations/1700000000000-add-circles.ts', text: up })).toHaveLength(1);
    expect(faultsOf({ path: 'migrations/circles.ts', text: 'class A {}' })).toHaveLength(3);
  });
});
