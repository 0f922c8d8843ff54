/**
 * The images, checked as far as a machine without a container engine can: the server's image gets
 * nothing that opens sealed data, every path exists, and nobody runs as root.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readText } from '../../tools/check/sources.mjs';
import { root } from './repository.js';

interface Stage {
  readonly name: string;
  readonly lines: readonly string[];
}

interface Service {
  readonly read_only?: boolean;
  readonly image?: string;
  readonly build?: { readonly dockerfile: string; readonly target: string };
  readonly depends_on?: readonly string[] | Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly deploy?: { readonly replicas: number };
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
}

/** A Dockerfile as its stages, continued lines joined. */
function stagesOf(text: string): Stage[] {
  const joined = text.replace(/^#.*$/gm, '').replace(/\\\n/g, ' ');
  const lines = joined.split('\n').filter((line) => line.trim() !== '');
  const stages: { name: string; lines: string[] }[] = [];
  for (const line of lines) {
    const from = /^FROM \S+ AS (\S+)$/.exec(line);
    if (from) stages.push({ name: from[1] ?? '', lines: [] });
    else stages.at(-1)?.lines.push(line);
  }
  return stages;
}

/** What a stage copies: from another stage, or from the repository. */
function copiesOf({ lines }: Stage): { readonly from?: string; readonly paths: string[] }[] {
  return lines
    .filter((line) => line.startsWith('COPY '))
    .map((line) => {
      const words = line.split(/\s+/).slice(1);
      const from = words[0]?.startsWith('--from=') ? words.shift()?.slice(7) : undefined;
      const paths = words.slice(0, -1);
      return from === undefined ? { paths } : { from, paths };
    });
}

const CLIENT = /(^|\/)(sdk|web|tools)(\/|$)/;

/** What a stage takes of the client, whether from the repository or from another stage. */
function clientPartsOf(stage: Stage): string[] {
  const paths = copiesOf(stage).flatMap((copy) => copy.paths);
  return paths.filter((path) => CLIENT.test(path) || /^\.?\/?$|^\/build\/?(dist\/?)?$/.test(path));
}

describe('the images', () => {
  const stages = stagesOf(readText(root, 'docker/Dockerfile'));
  const named = (name: string): Stage => stages.find((stage) => stage.name === name)!;

  test('the server is the last stage, so that it is the default one', () => {
    expect(stages.map(({ name }) => name)).toEqual(['build', 'packages', 'proxy', 'server']);
  });

  test('the server takes nothing of the SDK, the web application or the tools', () => {
    expect(clientPartsOf(named('server'))).toEqual([]);
    expect(clientPartsOf(named('packages'))).toEqual([]);
    expect(named('packages').lines.join('\n')).toContain('--workspace=contract');
  });

  test('every path copied from the repository exists', () => {
    const paths = stages.flatMap(copiesOf).flatMap(({ from, paths: all }) => (from ? [] : all));
    expect(paths.length).toBeGreaterThan(10);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  test('what runs is no root, and runs on Node 24', () => {
    expect(named('server').lines).toContain('USER node');
    expect(named('proxy').lines).toContain('USER 1000:1000');
    expect(readText(root, 'docker/Dockerfile')).not.toMatch(/FROM node:(?!24-)/);
  });

  test('the rules can fail', () => {
    const [all, sdk] = stagesOf(
      'FROM a AS b\nCOPY . .\nFROM a AS c\nCOPY --from=b /x/sdk/dist x\n',
    );
    expect(clientPartsOf(all!)).toEqual(['.']);
    expect(clientPartsOf(sdk!)).toEqual(['/x/sdk/dist']);
  });
});

describe('the compose files', () => {
  const read = (file: string): Compose => parse(readText(root, file), { merge: true }) as Compose;
  const one = read('docker/compose.yaml').services;
  const scale = read('docker/compose.scale.yaml').services;
  const stages = stagesOf(readText(root, 'docker/Dockerfile')).map(({ name }) => name);

  test('build what the Dockerfile has, or name an image', () => {
    for (const service of Object.values(one)) {
      if (service.build) expect(stages).toContain(service.build.target);
      else expect(service.image).toMatch(/^\w+:\d/);
    }
  });

  test('wait for services that exist', () => {
    for (const { depends_on: waits = [] } of Object.values(one)) {
      const names = Array.isArray(waits) ? waits : Object.keys(waits);
      expect(Object.keys(one)).toEqual(expect.arrayContaining(names));
    }
  });

  test('run our own images on a read-only root', () => {
    const ours = Object.values(one).filter(({ build }) => build !== undefined);
    expect(ours).toHaveLength(4);
    expect(ours.every((service) => service.read_only === true)).toBe(true);
  });

  test('give the server only settings that it knows', () => {
    const known = readText(root, 'src/platform/config/environment.ts');
    const given = ['api', 'worker'].flatMap((name) => Object.keys(one[name]?.environment ?? {}));
    expect(given.filter((name) => !known.includes(`${name}:`))).toEqual([]);
  });

  test('scale services that exist', () => {
    expect(Object.keys(one)).toEqual(expect.arrayContaining(Object.keys(scale)));
    expect(scale['api']?.deploy?.replicas).toBeGreaterThan(1);
  });
});
