/** The suites in the order in which they run, fast ones first, and how long each may take. */
import { readdirSync, statSync } from 'node:fs';
import { inProject } from './project.mjs';

/**
 * Suites that wait on real clocks, sockets and browsers run together and get a second chance.
 * @typedef {{ name: string, folders: readonly string[], budgetS: number, needs?: string,
 *   together?: boolean }} Suite
 */

/** @type {readonly Suite[]} */
export const SUITES = [
  {
    name: 'unit',
    folders: ['bench', 'contract', 'sdk', 'src', 'tools', 'web', 'test/support'],
    budgetS: 30,
  },
  { name: 'architecture', folders: ['test/architecture'], budgetS: 20 },
  { name: 'published', folders: ['test/published'], budgetS: 30 },
  { name: 'simulation', folders: ['test/simulation'], budgetS: 90 },
  { name: 'medium', folders: ['test/medium'], budgetS: 30, together: true },
  { name: 'stories', folders: ['test/stories'], budgetS: 190, together: true },
  { name: 'attacks', folders: ['test/attacks'], budgetS: 30, together: true },
  {
    name: 'browser',
    folders: ['test/browser'],
    budgetS: 140,
    needs: 'chromium',
    together: true,
  },
];

/** @param {readonly Suite[]} suites @returns {Suite[][]} each group is one run of jest */
export function groupsOf(suites) {
  const apart = suites.filter(({ together }) => together !== true).map((suite) => [suite]);
  const rest = suites.filter(({ together }) => together === true);
  return rest.length === 0 ? apart : [...apart, rest];
}

const NO_SOURCES = /(^|[\\/])(node_modules|dist|\.cache)[\\/]/;
const TEST_FILE = /\.test\.tsx?$/;

/** @param {Suite} suite */
export function hasTests(suite) {
  return suite.folders
    .filter((folder) => statSync(inProject(folder), { throwIfNoEntry: false }) !== undefined)
    .flatMap((folder) => readdirSync(inProject(folder), { recursive: true, encoding: 'utf8' }))
    .some((path) => TEST_FILE.test(path) && !NO_SOURCES.test(path));
}
