/**
 * Whether this browser lost its memory: systems erase what a page keeps when room is short, or when
 * it was not opened for weeks, and leave its cookies. The cookie says only what to write on the
 * screen; nobody is let in by it.
 */
import type { DeviceId } from '@liaison/contract/ids';
import { Problem } from '@liaison/contract/errors';
import { SESSION_ROUTES } from '@liaison/contract/session';
import { isAway } from '../away.js';
import type { Ground } from '../ground.js';
import type { People } from '../people.js';

export class LostMemory {
  /** What the cookie said, once it was asked. */
  #here: DeviceId | null | undefined;
  #noted: DeviceId | null = null;

  constructor(
    private readonly ground: Ground,
    private readonly people: People,
  ) {}

  /** Where storage can be erased under us, the browser's cookie remembers which device it was. */
  async note(device: DeviceId | null): Promise<void> {
    if (this.ground.store.latch === null || (device !== null && device === this.#noted)) return;
    await this.ground.api.call(SESSION_ROUTES.noteDevice, { body: { device } });
    this.#noted = device;
  }

  /** The device that stood here, if it is a live one of this person's. */
  async deviceOf(person: Parameters<People['known']>[0]): Promise<DeviceId | null> {
    if (this.ground.store.latch === null) return null;
    const here = await this.#asked();
    const device = here === null ? undefined : this.people.known(person)?.log.devices.get(here);
    return device?.revokedAt === null ? here : null;
  }

  async #asked(): Promise<DeviceId | null> {
    if (this.#here !== undefined) return this.#here;
    try {
      const { device } = await this.ground.api.call(SESSION_ROUTES.deviceHere, {});
      this.#here = device;
      return device;
    } catch (error) {
      // A first-time screen says less, and leads to the same card.
      if (error instanceof Problem || isAway(error)) return null;
      throw error;
    }
  }
}
