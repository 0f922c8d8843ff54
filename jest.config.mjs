/**
 * One jest project a suite, each selectable by `--selectProjects NAME`. Only the suites that need a
 * database start one; the unit suite must stay free of servers, sockets and databases.
 */
import { availableParallelism } from 'node:os';

const transform = {
  '^.+\\.ts$': ['@swc/jest'],
  '^.+\\.tsx$': [
    '@swc/jest',
    {
      swcrc: false,
      jsc: {
        target: 'es2022',
        parser: { syntax: 'typescript', tsx: true },
        transform: { react: { runtime: 'automatic', importSource: 'preact' } },
      },
    },
  ],
};

const shared = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleFileExtensions: ['js', 'mjs', 'cjs', 'ts', 'tsx', 'json', 'node'],
  modulePathIgnorePatterns: [
    '<rootDir>/dist/',
    '<rootDir>/(contract|sdk|web)/dist/',
    '/\\.liaison/',
  ],
  setupFiles: ['<rootDir>/test/support/quiet-provider.mjs'],
  resolver: '<rootDir>/test/support/jest-resolver.cjs',
  transform,
};

const withDatabase = {
  globalSetup: '<rootDir>/test/support/start-database.mjs',
  globalTeardown: '<rootDir>/test/support/stop-database.mjs',
};

const suite = (displayName, testMatch, more = {}) => ({
  ...shared,
  displayName,
  testMatch: testMatch.map((pattern) => `<rootDir>/${pattern}`),
  ...more,
});

export default {
  // Stories wait for servers, timers and disks more than they compute: two at once even on two cores.
  maxWorkers: Math.max(2, Math.floor(availableParallelism() / 2)),
  // Only how long a failure takes: tests wait for states, and a busy machine shows them later.
  testTimeout: 90_000,
  testSequencer: '<rootDir>/test/support/longest-first.mjs',
  projects: [
    suite('unit', [
      '{bench,contract,sdk,src,tools,web}/**/*.test.{ts,tsx}',
      'test/support/**/*.test.ts',
    ]),
    suite('architecture', ['test/architecture/**/*.test.ts']),
    suite('medium', ['test/medium/**/*.test.ts'], withDatabase),
    suite('stories', ['test/stories/**/*.test.ts'], withDatabase),
    suite('attacks', ['test/attacks/**/*.test.ts'], withDatabase),
    suite('published', ['test/published/**/*.test.ts']),
    suite('simulation', ['test/simulation/**/*.test.ts']),
    suite('browser', ['test/browser/**/*.test.ts'], withDatabase),
  ],
};
