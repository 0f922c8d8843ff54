/**
 * Compiles as the suites do, with a switch at each check of the client: `globalThis.liaisonOff`
 * names the one that is taken out. Checks have no switch in the product: their ids are the file and
 * the fault code that they answer, and they get it here, on the way.
 */
const { createTransformer } = require('@swc/jest');
const { createHash } = require('node:crypto');
const { relative, sep } = require('node:path');

/** The files whose checks are taken out. */
const CHECKED = [
  'sdk/logs/circle-log.ts',
  'sdk/logs/identity-log.ts',
  'sdk/logs/attestation.ts',
  'sdk/logs/provider-token.ts',
  'sdk/sync/sync.ts',
  'sdk/identity-tree.ts',
  'sdk/checkpoints.ts',
  'sdk/people.ts',
];

const isOff = (id) => `globalThis.liaisonOff === ${JSON.stringify(id)}`;
const expression = (id, text) => `(${isOff(id)} ? null : ${text})`;
const statement = (id, text) => `if (!(${isOff(id)})) ${text}`;

/** How a check ends, and how it is switched. */
const ENDS = [
  [/(?<=: )fault\('([\w-]+)'\)/g, expression],
  [/return fault\('([\w-]+)'\)/g, statement],
  [/return \{ fault: '([\w-]+)' \}/g, statement],
  [/return \{ code: '([\w-]+)', why: '[^']*' \}/g, statement],
  [/(?<=\? null : )'([\w-]+)'(?=;)/g, expression],
  [/(?<=\? )'([\w-]+)'(?= : null;)/g, expression],
  [/return '([\w-]+)'(?=;)/g, statement],
];

/** Every check of a file: its id and code, where it stands, and what switches it. */
function checksIn(file, source) {
  const found = ENDS.flatMap(([pattern, switched]) =>
    [...source.matchAll(pattern)].map((match) => {
      const [text, code] = match;
      return { code, at: match.index, text, switched };
    }),
  );
  const times = new Map();
  return found
    .sort((a, b) => a.at - b.at)
    .map((check) => {
      const time = (times.get(check.code) ?? 0) + 1;
      times.set(check.code, time);
      return { ...check, id: `${file}#${check.code}${time > 1 ? `.${time}` : ''}` };
    });
}

function withSwitches(file, source) {
  return checksIn(file, source).reduceRight(
    (text, check) =>
      text.slice(0, check.at) +
      check.switched(check.id, check.text) +
      text.slice(check.at + check.text.length),
    source,
  );
}

const swc = createTransformer();

function switched(source, path, options) {
  const file = relative(options.config.rootDir, path).split(sep).join('/');
  return CHECKED.includes(file) ? withSwitches(file, source) : source;
}

module.exports = {
  CHECKED,
  checksIn,
  ...swc,
  process: (source, path, options) => swc.process(switched(source, path, options), path, options),
  getCacheKey: (source, path, options) =>
    createHash('sha256')
      .update(switched(source, path, options))
      .update(path)
      .update(String(options.supportsStaticESM))
      .update(__filename)
      .digest('hex'),
};
