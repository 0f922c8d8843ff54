/**
 * Somebody who has neither a device nor a paper left, and begins anew: what they do, what whoever
 * sits at one of their devices says to it, and how colleagues let them in again, or do not.
 */
import type { Chance } from '../chance.js';
import type { LifeDevice } from './device.js';
import type { Human } from './human.js';
import type { Life } from './life.js';

/** Whoever speaks for somebody on a device that runs. */
const speaks = ({ running, engine }: LifeDevice): boolean =>
  running && (engine?.vault.person() ?? null) !== null;

/** What becomes of the devices that their owner has no more. */
const FATES = ['forgotten', 'gone', 'elsewhere'] as const;

/** They are told goodbye one by one, lie in a river, or run on where somebody may object. */
async function lose(device: LifeDevice, fate: (typeof FATES)[number]): Promise<void> {
  if (fate === 'elsewhere') return;
  if (fate === 'forgotten') await device.liaison?.forgetDevice(true);
  device.crash();
  device.ended = true;
}

export async function loseEverything(life: Life, chance: Chance): Promise<void> {
  const settled = (one: Human): boolean => one.person !== null && one.papers.length > 0;
  const human = chance.pick(life.humans.filter((one) => settled(one) && !isOnTheWay(one)));
  if (human === undefined) return;
  human.hasLostPapers = true;
  const fate = chance.pick(FATES) ?? 'gone';
  for (const device of human.devices.filter(({ ended }) => !ended)) {
    device.fuse = null;
    await lose(device, fate);
  }
  const fresh = life.newDevice(human);
  fresh.isAnew = true;
  await life.comeIn(fresh);
}

/** Their new beginning is asked for, and neither done nor refused. */
const isOnTheWay = ({ devices }: Human): boolean => devices.some(waits);

export const waits = ({ isAnew, ended, engine }: LifeDevice): boolean =>
  isAnew && !ended && (engine?.vault.person() ?? null) === null;

/** Where to sign in for what may be said now on a device that is nobody's; null: nothing may be. */
export async function beginAnew(device: LifeDevice): Promise<string | null> {
  const { liaison } = device;
  const state = (await liaison?.reset())?.state ?? 'waiting';
  if (state === 'waiting') return null;
  if (state === 'refused') {
    device.crash();
    device.ended = true;
    return null;
  }
  return (await liaison?.beginReset('/'))?.authorizeUrl ?? null;
}

/** Whoever sits at a device says no to all that is asked for in its owner's name. */
export async function refuseResets(life: Life, chance: Chance): Promise<void> {
  const asked = life.devices().filter((one) => speaks(one) && isOnTheWay(one.human));
  const device = chance.pick(asked);
  const { liaison, human } = device ?? {};
  if (!liaison || !human) return;
  for (const { asked: n } of await liaison.resetsAsked()) {
    await liaison.refuseReset(n);
    const order = life.server.database.tables.next();
    human.refused = [...human.refused, { n, order }];
  }
}

/** Whoever looks at the app sees of whom it says that their identity changed. */
export async function seeChanges({ liaison }: LifeDevice): Promise<void> {
  for (const { person } of (await liaison?.identityChanges()) ?? []) {
    await liaison?.identitySeen(person.person);
  }
}

/** Somebody looks through their circles for who came back, and decides, one by one. */
export async function letInAgain(device: LifeDevice, decides: () => boolean): Promise<void> {
  const { engine, liaison } = device;
  if (engine === null || liaison === null) return;
  await seeChanges(device);
  for (const circle of engine.library.ofKind('community', 'team', 'sector', 'channel')) {
    for (const { person, mayReadmit } of await liaison.returning(circle)) {
      if (mayReadmit && decides()) await liaison.readmit(circle, person.person);
    }
  }
}
