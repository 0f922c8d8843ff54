/** The suites in the order in which they run, fast ones first, and how long each may take. */
import { readdirSync, statSync } from 'node:fs';
import { inProject } from './project.mjs';

/**
 * A suite that waits on real clocks, sockets and browsers gets a second chance.
 * @typedef {{ name: string, folders: readonly string[], budgetS: number, needs?: string,
 *   secondChance?: boolean }} Suite
 */

/** @type {readonly Suite[]} */
export const SUITES = [
  {
    name: 'unit',
    folders: ['bench', 'contract', 'sdk', 'src', 'tools', 'web', 'test/support'],
    budgetS: 90,
  },
  { name: 'architecture', folders: ['test/architecture'], budgetS: 60 },
  { name: 'published', folders: ['test/published'], budgetS: 30 },
  { name: 'medium', folders: ['test/medium'], budgetS: 90, secondChance: true },
  { name: 'stories', folders: ['test/stories'], budgetS: 420, secondChance: true },
  { name: 'attacks', folders: ['test/attacks'], budgetS: 120, secondChance: true },
  { name: 'simulation', folders: ['test/simulation'], budgetS: 240 },
  {
    name: 'browser',
    folders: ['test/browser'],
    budgetS: 300,
    needs: 'chromium',
    secondChance: true,
  },
];

const NO_SOURCES = /(^|[\\/])(node_modules|dist|\.cache)[\\/]/;
const TEST_FILE = /\.test\.tsx?$/;

/** @param {Suite} suite */
export function hasTests(suite) {
  return suite.folders
    .filter((folder) => statSync(inProject(folder), { throwIfNoEntry: false }) !== undefined)
    .flatMap((folder) => readdirSync(inProject(folder), { recursive: true, encoding: 'utf8' }))
    .some((path) => TEST_FILE.test(path) && !NO_SOURCES.test(path));
}
