/** What the person reads while things start: one line a phase, with how long it took. */

const since = (/** @type {number} */ startedMs) =>
  `${((performance.now() - startedMs) / 1000).toFixed(1)} s`;

/** @param {string} text */
export const say = (text) => process.stdout.write(`${text}\n`);

/**
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @param {(result: T) => string | undefined} [remark]
 * @returns {Promise<T>}
 */
export async function phase(name, work, remark = () => undefined) {
  const startedMs = performance.now();
  const result = await work();
  const said = remark(result);
  const detail = said === undefined ? '' : `  (${said})`;
  say(`  ${name.padEnd(34)}${since(startedMs).padStart(8)}${detail}`);
  return result;
}
