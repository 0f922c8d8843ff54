/** The suite of attacks against a client with one check taken out (mutant.transform.cjs). */
import suites from '../../jest.config.mjs';

const attacks = suites.projects.find(({ displayName }) => displayName === 'attacks');
const transform = {
  ...attacks.transform,
  '^.+\\.ts$': '<rootDir>/test/attacks/mutant.transform.cjs',
};

export default { ...attacks, transform };
