/**
 * Brings a life to rest: the network is whole again, every clock is right, every program runs, and
 * everybody asks until nothing moves any more. What holds then must hold for everybody.
 */
import { type CircleId, teamMember } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import type { Engine } from '@liaison/sdk/engine';
import { Chance } from '../chance.js';
import type { LifeDevice } from '../life/device.js';
import type { Life } from '../life/life.js';
import { letInAgain, seeChanges, waits } from '../life/new-beginning.js';

const ROUNDS = 12;
const ROUND_MS = 4000;
/** Longer than the longest pause of an outbox, and than a rest of a refused duty. */
const LONG_ROUND_MS = 45_000;
/** Longer than a new beginning waits, and than what anybody believes of a log. */
const WAIT_MS = LIMITS.resetWaitMs.value + 3_600_000;
/** Each of them can only begin anew once the one before has: so many waits are enough. */
const WAITS = 4;

/** `long`: whatever was set back by a refusal has had its time too. */
export async function comeToRest(life: Life, long: boolean): Promise<void> {
  life.network.faults = 0;
  for (const device of life.devices()) {
    device.fuse = null;
    device.skewMs = 0;
    device.goOnline();
  }
  await untilCalm(life, long);
  for (let i = 0; i < WAITS && life.devices().some(waits); i++) {
    await life.time.sleep(WAIT_MS);
    await untilCalm(life, false);
  }
  life.calmSince ??= life.server.database.tables.next();
}

async function untilCalm(life: Life, long: boolean): Promise<void> {
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

/** Of half of the lives, colleagues let in again whoever began anew: of the others, nobody does. */
export async function welcomeBack(life: Life): Promise<void> {
  if (!life.humans.some(({ hasLostPapers }) => hasLostPapers)) return;
  for (const device of life.devices()) life.begin('see', () => seeChanges(device));
  await life.time.pass(ROUND_MS);
  if (!new Chance(`welcome ${life.plan.seed}`).happens(0.5)) return;
  for (const device of life.devices()) {
    life.begin('welcome', async () => {
      if ((await device.engine?.sessions.state()) === 'ready') await letInAgain(device, () => true);
    });
    await life.time.pass(ROUND_MS);
  }
}

const SPOKEN_IN = ['channel', 'team', 'community'];

/**
 * When all is quiet, somebody says one thing more in every room: what is written now must be closed
 * to all who left or were shut out before.
 */
export function sayLastWords(life: Life): void {
  const { circles } = life.server.database.tables;
  for (const { circle, kind } of circles.all()) {
    if (SPOKEN_IN.includes(kind)) life.begin('last words', () => speakIn(life, circle));
  }
}

async function speakIn(life: Life, circle: CircleId): Promise<void> {
  for (const device of life.devices()) {
    if (device.engine === null || !(await mayWrite(device.engine, circle))) continue;
    await life.post(device, circle);
    return;
  }
}

/** In person or through a team, on a device that still speaks for its owner. */
async function mayWrite(engine: Engine, circle: CircleId): Promise<boolean> {
  if (!engine.library.isOurs(circle) || (await engine.sessions.state()) !== 'ready') return false;
  const { state } = await engine.library.book(circle);
  if (state === null) return false;
  const teams = (await engine.self.groups()).map(teamMember);
  const own = engine.self.isIn(state) ? [engine.self.member()] : [];
  return [...own, ...teams].some((one) => (state.members.get(one)?.role ?? 'reader') !== 'reader');
}
