/**
 * The part of the face that is about what keeps this device's memory closed: the browser's own key,
 * or a passkey that is asked each time the app opens. Screens do the asking; a secret arrives here
 * as a key that nobody can read.
 */
import type { LatchState, SessionView } from './face.js';

export interface LatchView {
  readonly state: LatchState;
  /** Which passkey to ask, with what salt; null unless one was fitted. */
  readonly passkey: {
    readonly credential: string;
    readonly salt: Uint8Array<ArrayBuffer>;
  } | null;
}

/** What a passkey gave: `secret` is made by `passkeySecret`, for the input of `salt`. */
export interface PasskeyGift {
  readonly credential: string;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly secret: CryptoKey;
}

export interface LatchFace {
  latch(): Promise<LatchView>;
  /** From now on this passkey is asked each time the app opens. */
  fitLatch(gift: PasskeyGift): Promise<LatchView>;
  openLatch(secret: CryptoKey): Promise<SessionView>;
  /** Back to the browser's own key. */
  removeLatch(): Promise<LatchView>;
  /** The passkey is lost: forgets everything that is kept here, so that it can be linked again. */
  forgetShut(): Promise<SessionView>;
  /** Ends this client, so that its worker can be ended: what is under way is written first. */
  leaveMemory(): Promise<void>;
}
