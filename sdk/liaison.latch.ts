/**
 * The part of the SDK's door that opens and closes this device's memory. An engine that began on a
 * shut store knows nothing, so each opening begins another one.
 */
import type { Engine } from './engine.js';
import type { SessionView } from './face.js';
import type { LatchFace, LatchView, PasskeyGift } from './face.latch.js';
import { Fault } from './fault.js';
import type { Latch } from './store/latch.js';

export abstract class LatchDoor implements LatchFace {
  constructor(protected engine: Engine) {}

  abstract session(): Promise<SessionView>;

  latch(): Promise<LatchView> {
    const { latch } = this.engine.ground.store;
    if (latch === null) return Promise.resolve({ state: 'none', passkey: null });
    const { state, place } = latch;
    const passkey = place && { credential: place.credential, salt: place.salt };
    return Promise.resolve({ state, passkey });
  }

  async fitLatch({ credential, salt, secret }: PasskeyGift): Promise<LatchView> {
    this.engine.sessions.mustBeOpen();
    await this.engine.sessions.noteOwner();
    const { origin } = this.engine.ground;
    await this.#own().fasten(secret, { origin, credential, salt });
    return this.#told();
  }

  async openLatch(secret: CryptoKey): Promise<SessionView> {
    const latch = this.#own();
    if (latch.state === 'shut') {
      if (!(await latch.open(secret))) {
        throw new Fault('passkey-other', 'this passkey does not open this store');
      }
      await this.#begin();
    }
    return this.session();
  }

  async removeLatch(): Promise<LatchView> {
    this.engine.sessions.mustBeOpen();
    await this.#own().remove();
    return this.#told();
  }

  async forgetShut(): Promise<SessionView> {
    if (this.#own().state !== 'shut') throw new Fault('not-ready', 'this store is not shut');
    await this.engine.stop();
    await this.engine.ground.store.wipe();
    await this.#begin();
    return this.session();
  }

  async leaveMemory(): Promise<void> {
    await this.engine.stop();
    await this.engine.ground.store.close();
  }

  #own(): Latch {
    const { latch } = this.engine.ground.store;
    if (latch === null) throw new Fault('not-ready', 'this memory has nothing to close');
    return latch;
  }

  async #begin(): Promise<void> {
    await this.engine.stop();
    this.engine = await this.engine.renewed();
    this.engine.ground.changes.tell({ what: 'session' });
  }

  #told(): Promise<LatchView> {
    this.engine.ground.changes.tell({ what: 'session' });
    return this.latch();
  }
}
