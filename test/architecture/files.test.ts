/** How files are named, what stands at their head, and that no test is switched off. */
import { filesUnder } from '../../tools/check/sources.mjs';
import { root, type Source, sourcesOf } from './repository.js';

const ROOMS = ['contract', 'sdk', 'src', 'web', 'migrations', 'tools', 'test', 'bench'];

/** `<noun>.<role>.ts`, in kebab case; a dot may stand before a role, an environment, `test`. */
const FILE_NAME = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
const FOLDER_NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const EMPTY_NAMES = /^(utils?|common|helpers?|base|misc|shared|lib|core|index)$/;
const SWITCHED_OFF =
  /\b(it|test|describe)\s*\.\s*(skip|only|todo|failing)\b|\b(x|f)(it|describe|test)\(/;
const HEAD_LETTERS = 40;

function nameFaults(path: string): string[] {
  const folders = path.split('/');
  const file = folders.pop() ?? '';
  const badFolder = folders.find((name) => !FOLDER_NAME.test(name) || EMPTY_NAMES.test(name));
  const first = file.replace(/^\./, '').split('.')[0] ?? '';
  const bad = badFolder ?? (!FILE_NAME.test(file) || EMPTY_NAMES.test(first) ? file : undefined);
  return bad === undefined ? [] : [`${path}: ${bad} is no name of ours`];
}

function headFaults({ path, text }: Source): string[] {
  const body = text.replace(/^#!.*\n/, '').trimStart();
  const head = /^(\/\*[\s\S]*?\*\/|(\/\/.*\n?)+)/.exec(body)?.[0] ?? '';
  const letters = head.replace(/[^\p{L}]/gu, '').length;
  return letters >= HEAD_LETTERS ? [] : [`${path}: its head does not say what it is for`];
}

const isSwitchedOff = ({ text }: Source): boolean => SWITCHED_OFF.test(text);

describe('files', () => {
  const sources = sourcesOf(ROOMS, true);

  test('have names that say what is in them', () => {
    const code = sources.map(({ path }) => path);
    expect(code.flatMap(nameFaults)).toEqual([]);
  });

  test('say at their head what they are for', () => {
    expect(sources.flatMap(headFaults)).toEqual([]);
  });

  test('switch no test off', () => {
    const self = 'test/architecture/files.test.ts';
    const off = sources.filter((source) => source.path !== self && isSwitchedOff(source));
    expect(off.map(({ path }) => path)).toEqual([]);
  });

  test('end in .test.ts when they stand in a suite and hold tests', () => {
    const tests = sources.filter(({ text }) => /^describe\(/m.test(text));
    const lost = tests.filter(({ path }) => !/\.test\.tsx?$/.test(path));
    expect(lost.map(({ path }) => path)).toEqual([]);
  });

  test('hold no private key or package token', () => {
    const all = filesUnder(root, ['contract', 'sdk', 'src', 'web', 'tools', 'docker', 'docs']);
    expect(all.filter((path) => /\.(pem|key|p12|pfx)$|(^|\/)\.(env|npmrc)$/.test(path))).toEqual(
      [],
    );
  });
});

describe('the rules about files can fail', () => {
  test.each(['src/Circle.ts', 'src/utils/a.ts', 'src/a/helpers.ts', 'sdk/index.ts', 'src/a_b.ts'])(
    'on the name %s',
    (path) => {
      expect(nameFaults(path)).toHaveLength(1);
    },
  );

  test('on a file without a head, and on one whose head says nothing', () => {
    expect(headFaults({ path: 'a.ts', text: 'export const one = 1;\n' })).toHaveLength(1);
    expect(headFaults({ path: 'a.ts', text: '/** Circles. */\nexport {};\n' })).toHaveLength(1);
  });

  test.each(['it.skip(', 'test.only(', 'describe.only(', 'test.todo(', 'xit(', 'fdescribe('])(
    'on %s',
    (text) => {
      expect(isSwitchedOff({ path: 'a.test.ts', text })).toBe(true);
    },
  );
});
