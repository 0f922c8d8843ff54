/** The attacks against a client whose checks are taken out one by one (mutant.transform.cjs). */
import suites from '../../jest.config.mjs';

const attacks = suites.projects.find(({ displayName }) => displayName === 'attacks');
const transform = {
  ...attacks.transform,
  '^.+\\.ts$': '<rootDir>/test/attacks/mutant.transform.cjs',
};

export default { ...attacks, transform, testMatch: ['<rootDir>/test/attacks/mutants.run.ts'] };
