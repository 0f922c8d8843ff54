/**
 * Leaving a device for good: its end is told where the server can be reached, the session ends, and
 * everything it kept is forgotten whatever the server says. Nobody may be kept from forgetting.
 */
import { Problem } from '@liaison/contract/errors';
import type { Engine } from '../engine.js';
import { Fault } from '../fault.js';

/** Whether the person's log took the device's end; for a post, whether the server ended it. */
export async function leaveDevice(engine: Engine, evenUnsent: boolean): Promise<boolean> {
  if (!evenUnsent && engine.outbox.waiting().length > 0) {
    throw new Fault('unsent', 'something still waits to be sent from this device');
  }
  await engine.stop();
  // A post is in no log: what it had was lent, and ends by itself.
  const isPost = engine.vault.lease() !== null;
  const ended = isPost || (await told(() => engine.devices.retire()));
  await told(() => engine.lostMemory.note(null));
  const isOut = await told(() => engine.sessions.end());
  await engine.ground.store.wipe();
  return isPost ? isOut : ended;
}

/**
 * A device that was ended begins anew with other keys: what it could open it must be given again.
 * What was written on it and did not leave is signed anew, once the device is linked.
 */
export async function renewKeys(engine: Engine): Promise<void> {
  if ((await engine.sessions.ended()) === null) {
    throw new Fault('not-ready', 'a live device keeps its keys');
  }
  await engine.outbox.unsign();
  await engine.vault.forget();
}

/** A server that is away or refuses keeps nobody from leaving. */
async function told(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof Fault || error instanceof Problem) return false;
    throw error;
  }
}
