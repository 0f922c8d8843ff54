/**
 * `npm run soak`: many more lives than the gate plays, 200,000 in model mode and 5,000 with real
 * primitives, or with `-- --care` 100,000 care lives; `-- --minutes N` plays as many as fit. What
 * they showed is written with the commit that they were of, to be committed; it ends with 1 where
 * any life failed.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { CARE_PROGRAM, careReport } from './care/report.mjs';
import { playAll, playLives, report } from './fleet.mjs';
import { compile } from '../../tools/start/compile.mjs';
import { checkNode, inProject, Plain, runProgram } from '../../tools/start/project.mjs';

const MODEL_LIVES = 200_000;
const REAL_LIVES = 5000;
const CARE_LIVES = 100_000;
/** Seeds that the gate does not play. */
const FIRST = { model: 10_000_000, real: 20_000_000, care: 30_000_000 };
/** Of a bounded soak, what goes to lives in model mode. */
const MODEL_SHARE = 0.8;
const FOLDER = 'docs/soak';
const MINUTE_MS = 60_000;

/** @param {...string} args */
const git = (...args) => execFileSync('git', args, { cwd: inProject(), encoding: 'utf8' }).trim();

/** @param {readonly string[]} args @returns {number | null} */
function minutesOf(args) {
  const at = args.indexOf('--minutes');
  if (at === -1) return null;
  const minutes = Number(args[at + 1]);
  if (minutes > 0) return minutes;
  throw new Plain('Say how many minutes: npm run soak -- --minutes 10');
}

/** @typedef {import('./fleet.mjs').Told} Told */

/**
 * What is played, by its share of a bounded soak's time.
 * @type {readonly { share: number, play: (forMs: number | null) => Promise<Told>,
 *   say: (told: Told) => string[] }[]}
 */
const LIVES = /** @type {const} */ ([
  ['model', MODEL_LIVES, MODEL_SHARE],
  ['real', REAL_LIVES, 1 - MODEL_SHARE],
]).map(([mode, count, share]) => ({
  share,
  play: (forMs) => playLives({ mode, first: FIRST[mode], count, forMs }),
  say: (told) => report(mode, told),
}));

/** @type {typeof LIVES} */
const CARE = [
  {
    share: 1,
    play: (forMs) => playAll(CARE_PROGRAM, { first: FIRST.care, count: CARE_LIVES, forMs }),
    say: careReport,
  },
];

await runProgram(async () => {
  checkNode();
  const { failures } = await compile();
  if (failures.length > 0) throw new Plain(failures.join('\n\n'));
  const isCare = process.argv.includes('--care');
  const minutes = minutesOf(process.argv.slice(2));
  const forMs = minutes === null ? null : minutes * MINUTE_MS;
  const commit = git('rev-parse', 'HEAD');
  const isClean = git('status', '--porcelain') === '';
  const lines = [
    `# Soak of ${commit.slice(0, 12)}${isCare ? ', care lives' : ''}`,
    '',
    `Commit ${commit}${isClean ? '' : ', with changes that were not committed'}.`,
    `Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown'}.`,
    minutes === null ? 'The whole soak.' : `Bounded: ${minutes} minutes.`,
    '',
  ];
  let failed = 0;
  for (const { share, play, say } of isCare ? CARE : LIVES) {
    const told = await play(forMs === null ? null : forMs * share);
    const said = say(told);
    process.stdout.write(`${said.join('\n')}\n`);
    lines.push('```', ...said, '```', '');
    for (const one of told.failed) lines.push('```json', JSON.stringify(one, null, 1), '```', '');
    failed += told.sum.failed;
  }
  mkdirSync(inProject(FOLDER), { recursive: true });
  const day = git('log', '-1', '--format=%cs');
  const file = `${FOLDER}/${day}-${commit.slice(0, 12)}${isCare ? '-care' : ''}.md`;
  writeFileSync(inProject(file), `${lines.join('\n').trimEnd()}\n`);
  process.stdout.write(`written to ${file}\n`);
  return failed === 0 ? 0 : 1;
});
