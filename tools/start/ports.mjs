/** The ports that people use, each with the variable that moves it. */
import { createServer } from 'node:net';
import { Plain } from './project.mjs';

/** @typedef {'PORT' | 'EMULATOR_PORT' | 'MAIL_PORT' | 'SMTP_PORT'} PortVariable */
/** @typedef {Readonly<Record<PortVariable, number>>} Ports */

const DEFAULTS = /** @type {const} */ ({
  PORT: 3000,
  EMULATOR_PORT: 3001,
  MAIL_PORT: 3002,
  SMTP_PORT: 2525,
});

/** @param {PortVariable} name */
function readPort(name) {
  const text = process.env[name];
  if (text === undefined || text === '') return DEFAULTS[name];
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Plain(`${name} must be a port number from 1 to 65535; it is "${text}".`);
}

/** @returns {Ports} */
export const readPorts = () => ({
  PORT: readPort('PORT'),
  EMULATOR_PORT: readPort('EMULATOR_PORT'),
  MAIL_PORT: readPort('MAIL_PORT'),
  SMTP_PORT: readPort('SMTP_PORT'),
});

/**
 * @param {number} port @param {string} host
 * @returns {Promise<string | undefined>} the system's code when the port cannot be had
 */
function tryPort(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => resolve(error.code));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}

/** A browser's "localhost" may be either address: both must be ours. */
const HOSTS = ['127.0.0.1', '::1'];
const NO_SUCH_ADDRESS = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT']);

/** @param {PortVariable} name @param {number} port */
async function checkPort(name, port) {
  for (const host of HOSTS) {
    const code = await tryPort(port, host);
    if (code === undefined || NO_SUCH_ADDRESS.has(code)) continue;
    const reason =
      code === 'EACCES' ? 'is reserved for the system' : 'is already taken by another program';
    throw new Plain(`Port ${port} ${reason}. Set ${name} to another one: ${name}=… npm start`);
  }
}

/** @param {Ports} ports @param {readonly PortVariable[]} used */
export async function checkPorts(ports, used) {
  const twice = used.find((name, index) =>
    used.slice(0, index).some((other) => ports[other] === ports[name]),
  );
  if (twice !== undefined) throw new Plain(`${twice} names a port that is used twice.`);
  for (const name of used) await checkPort(name, ports[name]);
}
