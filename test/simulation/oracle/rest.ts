/**
 * Brings a life to rest: the network is whole again, every clock is right, every program runs, and
 * everybody asks until nothing moves any more. What holds then must hold for everybody.
 */
import type { LifeDevice } from '../life/device.js';
import type { Life } from '../life/life.js';

const ROUNDS = 12;
const ROUND_MS = 4000;
/** Longer than the longest pause of an outbox, and than a rest of a refused duty. */
const LONG_ROUND_MS = 45_000;

/** `long`: whatever was set back by a refusal has had its time too. */
export async function comeToRest(life: Life, long: boolean): Promise<void> {
  life.network.faults = 0;
  for (const device of life.devices()) {
    device.fuse = null;
    device.skewMs = 0;
    device.goOnline();
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const device of life.devices()) {
      life.begin('rest', () => (device.running ? ask(life, device) : life.comeIn(device)));
    }
    const isLong = long && round === 0;
    await life.time.pass(isLong || round === 1 ? LONG_ROUND_MS : ROUND_MS);
    if (await isCalm(life)) return;
  }
}

async function ask(life: Life, device: LifeDevice): Promise<void> {
  await life.findIn(device);
  await device.liaison?.refresh();
}

/** Nothing is on its way, and every device stands where the server stands. */
async function isCalm(life: Life): Promise<boolean> {
  const { effective, heads } = life.server.database.tables;
  for (const { engine, running } of life.devices()) {
    if (!running || engine === null) return false;
    if (engine.outbox.waiting().some(({ refusal }) => refusal === null)) return false;
    const person = engine.vault.person();
    for (const { circle, person: reader } of effective.all()) {
      if (reader !== person) continue;
      const { head } = await engine.library.book(circle);
      if (head.h !== heads.get(circle, '')?.h) return false;
    }
  }
  return true;
}

const SPOKEN_IN = ['channel', 'team', 'community'];

/**
 * When all is quiet, somebody says one thing more in every room: what is written now must be closed
 * to all who left or were shut out before.
 */
export function sayLastWords(life: Life): void {
  const { circles } = life.server.database.tables;
  for (const { circle, kind } of circles.all()) {
    if (!SPOKEN_IN.includes(kind)) continue;
    for (const device of life.devices()) {
      const engine = device.engine;
      if (engine?.library.isOurs(circle) !== true) continue;
      life.begin('last words', () => life.post(device, circle));
      break;
    }
  }
}
