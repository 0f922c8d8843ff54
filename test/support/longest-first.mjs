/**
 * The order in which jest plays the files: the longest first, so that none is left running alone at
 * the end while the other workers have nothing to do. Jest itself goes by a file's size, which says
 * little: the longest browser file is twenty lines that import its stories.
 */

/** Seconds of the files that take more than most, on two quiet cores. Others take about ten. */
export const LONG = new Map([
  ['test/browser/browser.test.ts', 99],
  ['test/browser/posts.test.ts', 97],
  ['test/attacks/attacks.test.ts', 58],
  ['test/stories/notifications.test.ts', 58],
  ['test/stories/kill.test.ts', 40],
  ['test/browser/devices.test.ts', 37],
  ['test/stories/sectors.test.ts', 35],
  ['test/stories/overdue.test.ts', 34],
  ['test/stories/faults.test.ts', 33],
  ['test/browser/identity.test.ts', 30],
  ['test/stories/verifier.test.ts', 28],
  ['test/browser/cards.test.ts', 28],
  ['test/browser/device-life.test.ts', 27],
  ['test/browser/unlock.test.ts', 26],
  ['test/stories/sdk-kill.test.ts', 26],
  ['test/browser/memory.test.ts', 25],
  ['test/browser/reset.test.ts', 25],
  ['test/stories/first-start.test.ts', 24],
  ['test/stories/releases.test.ts', 21],
]);

const MOST_S = 10;
/** Small ones come last: they fill what is left. */
const MEDIUM_S = 3;

const secondsOf = (path) => {
  const named = [...LONG].find(([name]) => path.replaceAll('\\', '/').endsWith(name));
  return named?.[1] ?? (/[\\/]test[\\/]stories[\\/]/.test(path) ? MOST_S : MEDIUM_S);
};

export default class LongestFirst {
  sort(tests) {
    return [...tests].sort((a, b) => secondsOf(b.path) - secondsOf(a.path));
  }

  /** Nothing is remembered: the order is the same on every machine. */
  cacheResults() {}
}
