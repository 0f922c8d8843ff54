/**
 * The line that says what care lives showed, and those that failed with how they are played again.
 */

/** Of many lives that failed, what is printed. */
const SHOWN = 3;

export const CARE_PROGRAM = 'care/care.program.js';

/**
 * @typedef {import('../fleet.mjs').Told} Told
 * @typedef {Told['failed'][number]} Failed
 */

/** @param {Failed[]} failed @param {...string} names */
const faulty = (failed, ...names) =>
  failed.reduce(
    (sum, { counts }) => sum + names.reduce((of, one) => of + (counts[one] ?? 0), 0),
    0,
  );

/** @param {Failed[]} failed */
function firstOf(failed) {
  const first = [...failed].sort((a, b) => a.seed - b.seed).slice(0, SHOWN);
  return first.flatMap(({ seed, needed, faults }) => [
    `  seed ${seed}; again by: CARE_SEED=${seed} npm test simulation`,
    `    after ${needed.join(', ')}`,
    ...Object.entries(faults).map(([name, said]) => `    ${name}: ${said[0]?.slice(0, 400)}`),
  ]);
}

/** @param {Told} told */
export function careReport({ sum: all, failed, seconds }) {
  const sum = /** @type {Record<string, number>} */ (/** @type {unknown} */ (all));
  const perHour = Math.round(((sum['lives'] ?? 0) / seconds) * 3600);
  return [
    `care: ${sum['lives']} lives, ${sum['acts']} acts, ${sum['steps']} steps taken, ` +
      `${sum['refused']} refused`,
    `  ${seconds.toFixed(1)} s, ${perHour} lives/hour`,
    `  silent items: ${faulty(failed, 'silent')} (${sum['fired']} deadlines fired)`,
    `  escalations and tellings later than 60 s: ${faulty(failed, 'late')} ` +
      `(${sum['escalations']} escalations, the latest ${sum['latestMs']} ms)`,
    `  early beyond a jump of the clock: ${faulty(failed, 'early')}; jumps not logged: ` +
      `${faulty(failed, 'unlogged')} (${sum['jumps']} jumps)`,
    `  in-app doubles: ${faulty(failed, 'doubled-in-app')} (${sum['tellings']} tellings)`,
    `  e-mail and push doubles by distinct id: ${faulty(failed, 'doubled-outside')} ` +
      `(${sum['sent']} sent, ${sum['resent']} sent again after a crash)`,
    `  lives with any fault: ${sum['failed']}`,
    ...firstOf(failed),
  ];
}
