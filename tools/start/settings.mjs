/**
 * What the last start told its programs, kept beside the secrets that it repeats, so that a program
 * run by hand works on the same database and for the same address.
 */
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Plain, readJson } from './project.mjs';

/** @typedef {import('./ports.mjs').Ports} Ports */

/** @param {string} dir */
const fileOf = (dir) => join(dir, 'settings.json');

/** @param {string} dir @param {Readonly<Record<string, string>>} variables */
export function keepSettings(dir, variables) {
  writeFileSync(`${fileOf(dir)}.new`, JSON.stringify(variables, null, 2), { mode: 0o600 });
  renameSync(`${fileOf(dir)}.new`, fileOf(dir));
}

/** @param {string} dir @returns {Readonly<Record<string, string>> | undefined} */
export const lastSettings = (dir) => readJson(fileOf(dir));

/** @param {string | undefined} address @param {number} port */
const isAt = (address, port) => address === undefined || new URL(address).port === String(port);

/**
 * Everything that was signed names the address that it was signed for, and so do the tokens of the
 * emulator: at another one the same data would be refused by every client.
 * @param {string} dir @param {Ports} ports
 */
export function checkAddress(dir, ports) {
  const last = lastSettings(dir);
  if (last === undefined || process.env['PUBLIC_ORIGIN'] || process.env['OIDC_ISSUER']) return;
  const { PUBLIC_ORIGIN, OIDC_ISSUER } = last;
  if (isAt(PUBLIC_ORIGIN, ports.PORT) && isAt(OIDC_ISSUER, ports.EMULATOR_PORT)) return;
  const [web, emulator] = [PUBLIC_ORIGIN, OIDC_ISSUER].map((one) => new URL(one ?? '').port);
  throw new Plain(
    `The data in ${dir} live at ${PUBLIC_ORIGIN}: what people signed there names that address. ` +
      `Start with PORT=${web} EMULATOR_PORT=${emulator}, ` +
      'or set LIAISON_DATA_DIR to another folder.',
  );
}
