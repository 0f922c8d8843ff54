/**
 * Compiles as the suites do, with one check of the client taken out. Checks have no switch in the
 * product: their ids are the file and the fault code that they answer, and they go here, on the
 * way.
 */
const { createTransformer } = require('@swc/jest');
const { createHash } = require('node:crypto');
const { relative, sep } = require('node:path');

/** How a check ends, and what stands there instead when it is off. */
const ENDS = [
  [/(?<=: )fault\('([\w-]+)'\)/g, 'null'],
  [/return fault\('([\w-]+)'\)/g, '{}'],
  [/return \{ fault: '([\w-]+)' \}/g, '{}'],
  [/return \{ code: '([\w-]+)', why: '[^']*' \}/g, '{}'],
  [/(?<=\? null : )'([\w-]+)'(?=;)/g, 'null'],
  [/return '([\w-]+)'(?=;)/g, '{}'],
];

/** Every check of a file: its code, where it stands, and what replaces it. */
function checksIn(source) {
  const found = ENDS.flatMap(([pattern, instead]) =>
    [...source.matchAll(pattern)].map((match) => {
      const [text, code] = match;
      return { code, at: match.index, length: text.length, instead };
    }),
  );
  return found.sort((a, b) => a.at - b.at);
}

function without(source, index) {
  const check = checksIn(source)[index];
  if (check === undefined) throw new Error(`No check ${index} in that file.`);
  const { at, length, instead } = check;
  return source.slice(0, at) + instead + source.slice(at + length);
}

const swc = createTransformer();
const [file = '', index = '0'] = (process.env.LIAISON_MUTANT ?? '').split('#');

function mutated(source, path, options) {
  const own = relative(options.config.rootDir, path).split(sep).join('/');
  return own === file ? without(source, Number(index)) : source;
}

module.exports = {
  checksIn,
  ...swc,
  process: (source, path, options) => swc.process(mutated(source, path, options), path, options),
  getCacheKey: (source, path, options) =>
    createHash('sha256')
      .update(mutated(source, path, options))
      .update(path)
      .update(String(options.supportsStaticESM))
      .update(__filename)
      .digest('hex'),
};
