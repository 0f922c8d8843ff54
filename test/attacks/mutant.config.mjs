/** The attacks against a client whose checks can be taken out (mutant.transform.cjs). */
import suites from '../../jest.config.mjs';

const attacks = suites.projects.find(({ displayName }) => displayName === 'attacks');
const transform = {
  ...attacks.transform,
  '^.+\\.ts$': '<rootDir>/test/attacks/mutant.transform.cjs',
};
const testMatch = ['attacks.test.ts', 'mutants.*.run.ts'].map(
  (name) => `<rootDir>/test/attacks/${name}`,
);

export default { ...attacks, transform, testMatch, maxWorkers: 2 };
