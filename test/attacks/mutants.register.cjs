/**
 * Every check of the client, and what became of it when it was taken out. A check that was killed
 * stays so while its file, the switches and the attack's name are the same; all others are tried
 * again at each run.
 */
const { createHash } = require('node:crypto');
const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { CHECKED, checksIn } = require('./mutant.transform.cjs');

const ROOT = join(__dirname, '../..');
const SEEN = join(ROOT, '.cache/attacks.json');
const RESULTS = join(ROOT, '.cache/mutants');
const SWITCHES = readFileSync(require.resolve('./mutant.transform.cjs'), 'utf8');

/** Every check whose id has those words in it, with where its verdict is kept. */
function register(only = process.env.LIAISON_CHECK ?? '') {
  return CHECKED.flatMap((file) => {
    const source = readFileSync(join(ROOT, file), 'utf8');
    const hash = createHash('sha256').update(SWITCHES).update(source).digest('hex');
    return checksIn(file, source).map(({ id, code }) => {
      const result = join(RESULTS, `${id.replaceAll(/[/#]/g, '+')}.json`);
      return { id, code, hash, result };
    });
  }).filter(({ id }) => id.includes(only));
}

/** What became of a check in this or an earlier run; null where that is not known any more. */
function verdictOf({ result, hash }) {
  if (!existsSync(result)) return null;
  const verdict = JSON.parse(readFileSync(result, 'utf8'));
  return verdict.hash === hash ? verdict : null;
}

/** Every `of`-th check, from the `share`-th on, that nothing is known to notice yet. */
function waiting(share, of) {
  const mine = register().filter((_, i) => i % of === share);
  return mine.filter((check) => (verdictOf(check)?.killedBy ?? null) === null);
}

module.exports = { RESULTS, SEEN, register, verdictOf, waiting };
