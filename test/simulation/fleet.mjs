/**
 * Lives on every core: processes that each play their share, and what all of them said together.
 * Used by the suite and by `npm run soak`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = join(import.meta.dirname, '../..');
const PROGRAMS = join(ROOT, 'dist/test/simulation');
const LIFE = 'life.program.js';
const HOOKS = new URL('../../dist/test/simulation/hooks.mjs', import.meta.url).href;

/**
 * @typedef {Record<'lives' | 'failed' | 'people' | 'devices' | 'acts' | 'items' | 'opened' | 'kept'
 *   | 'agreed' | 'reset' | 'refused' | 'readmitted', number>} Sum
 * @typedef {{ seed: number, mode: string, needed: string[], counts: Record<string, number>,
 *   faults: Record<string, string[]> }} Failed
 * @typedef {{ caught: string[], lives: number }} Caught
 * @typedef {{ sum: Sum, failed: Failed[], caught: Caught[], outcomes: object[] }} Said
 * @typedef {Said & { seconds: number }} Told
 */

/** How many processes play at once. */
export const WIDTH = Math.max(1, availableParallelism());
/** Beyond its time a bounded process may end its last life and look into what failed, no longer. */
const GRACE_MS = 90_000;
/** Of many lives that failed, those of which more is printed than the seed. */
const SHOWN = 3;

/**
 * One process; what it says goes into `told`.
 * @param {string} program @param {{ forMs: number | null }} wanted @param {Told} told
 */
async function play(program, wanted, told) {
  const flags = ['--max-semi-space-size=64', '--enable-source-maps', '--import', HOOKS];
  const child = spawn(
    process.execPath,
    [...flags, join(PROGRAMS, program), JSON.stringify(wanted)],
    {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
      ...(wanted.forMs === null
        ? {}
        : { timeout: Math.ceil(wanted.forMs) + GRACE_MS, killSignal: 'SIGKILL' }),
    },
  );
  let isWhole = false;
  createInterface({ input: child.stdout }).on('line', (line) => {
    const said = JSON.parse(line);
    if (said.failed) told.failed.push(said.failed);
    if (said.caught) told.caught.push(said);
    if (said.outcome) told.outcomes.push(said.outcome);
    if (said.sum === undefined) return;
    isWhole = true;
    for (const [name, value] of Object.entries(/** @type {Sum} */ (said.sum))) {
      const sum = /** @type {Record<string, number>} */ (told.sum);
      const before = sum[name] ?? 0;
      // What is the most of any life is that of all of them.
      sum[name] = name.startsWith('latest') ? Math.max(before, value) : before + Number(value);
    }
  });
  const [code, signal] = await once(child, 'close');
  if (code !== 0 || !isWhole) throw new Error(`lives: a process ended with ${code ?? signal}`);
}

/**
 * Plays `count` lives from the seed `first` on, or as many as fit into `forMs`.
 * @param {{ mode: 'model' | 'real', first: number, count: number, forMs?: number | null,
 *   plant?: string | null, tells?: boolean, each?: boolean, width?: number }} wanted
 * @returns {Promise<Told>}
 */
export async function playLives({ mode, first, count, forMs, plant, tells, each, width = WIDTH }) {
  const rest = { mode, tells: tells ?? false };
  return playAll(LIFE, { first, count, forMs, plant, each, width }, rest);
}

/**
 * The same of any program that plays lives and says what came of them in the same way.
 * @param {string} program
 * @param {{ first: number, count: number, forMs?: number | null | undefined,
 *   plant?: string | null | undefined, each?: boolean | undefined, width?: number }} wanted
 * @param {object} rest what else it is told
 * @returns {Promise<Told>}
 */
export async function playAll(program, wanted, rest = {}) {
  const { first, count, forMs, plant, each, width = WIDTH } = wanted;
  const began = performance.now();
  const sum = /** @type {Sum} */ ({});
  /** @type {Told} */
  const told = { sum, failed: [], caught: [], outcomes: [], seconds: 0 };
  const shares = Array.from({ length: width }, (_, i) => ({
    ...rest,
    first: first + i,
    step: width,
    count: Math.ceil((count - i) / width),
    forMs: forMs ?? null,
    plant: plant ?? null,
    each: each ?? false,
  }));
  await Promise.all(
    shares.filter((share) => share.count > 0).map((share) => play(program, share, told)),
  );
  told.seconds = (performance.now() - began) / 1000;
  return told;
}

/** @param {Failed[]} failed @param {string} name */
const faulty = (failed, name) => failed.reduce((sum, { counts }) => sum + (counts[name] ?? 0), 0);

/** @param {Failed[]} failed */
function firstOf(failed) {
  const sorted = [...failed].sort((a, b) => a.seed - b.seed);
  const seeds = sorted.map(({ seed }) => seed).join(', ');
  const shown = sorted
    .slice(0, SHOWN)
    .flatMap(({ seed, needed, faults }) => [
      `  seed ${seed}; again by: SEED=${seed} npm test simulation`,
      `    after ${needed.join(', ')}`,
      ...Object.entries(faults).map(([name, said]) => `    ${name}: ${said[0]?.slice(0, 400)}`),
    ]);
  // What is not shown can still be played again.
  return sorted.length > SHOWN ? [`  all failed seeds: ${seeds}`, ...shown] : shown;
}

/**
 * The lines that say what lives showed.
 * @param {string} name @param {Told} told
 */
export function report(name, { sum, failed, seconds }) {
  const stolen = faulty(failed, 'stolen') + faulty(failed, 'reopened');
  const perHour = Math.round((sum.lives / seconds) * 3600);
  return [
    `${name}: ${sum.lives} lives, ${sum.people} people, ${sum.acts} acts, ${sum.items} items`,
    `  ${seconds.toFixed(1)} s, ${perHour} lives/hour`,
    `  entries that an entitled device cannot open: ${faulty(failed, 'unopened')} (${sum.opened} opened)`,
    `  entries that one not entitled could open: ${stolen} (${sum.kept} closed to it)`,
    `  clients that disagree: ${faulty(failed, 'disagreed')} (${sum.agreed} circles on devices agree)`,
    `  new identities: ${sum.reset}, refused ${sum.refused}, let in again ${sum.readmitted} times`,
    `  lives with any fault: ${sum.failed}`,
    ...firstOf(failed),
  ];
}
