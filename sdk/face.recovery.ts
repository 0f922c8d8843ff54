/**
 * The face's part about what outlives a lost device: the printed recovery code, shown, rehearsed,
 * read and replaced.
 */
import type { CircleId, PersonId } from '@liaison/contract/ids';
import type { PersonView } from './face.js';

/** A printed recovery code. */
export interface RecoverySheetView {
  readonly words: readonly string[];
  readonly madeAt: number;
  /** Text of its QR code: the code, and what its owner's log must at least hold. */
  readonly qr: string;
}

export interface RecoveryView {
  /** Date of the paper that works now; null where none does. */
  readonly madeAt: number | null;
  /** Dates of those that were replaced. */
  readonly former: readonly number[];
}

/** What a paper is, by the verified log of whoever signed in. */
export type PaperView =
  | { readonly state: 'current'; readonly madeAt: number }
  | {
      readonly state: 'replaced';
      readonly madeAt: number;
      readonly replacedAt: number;
      /** Date of the paper to use instead. */
      readonly currentMadeAt: number;
    }
  /** A new identity of its owner ended it. */
  | { readonly state: 'ended'; readonly madeAt: number; readonly endedAt: number }
  /**
   * Its QR code knows a longer log than the server shows: it was never rehearsed to its end, or the
   * server hides what came since. Nothing is restored from it.
   */
  | { readonly state: 'ahead'; readonly madeAt: number }
  /** Right words, and no paper of this person. */
  | { readonly state: 'unknown' }
  | {
      readonly state: 'unreadable';
      readonly why: 'count' | 'unknown-word' | 'checksum';
      /** Of the words that do not exist, counted from 1. */
      readonly positions: readonly number[];
      readonly found: number;
    };

/** Beginning anew on this device, which is in nobody's log. `waits`: a live device may object. */
export type ResetView =
  | { readonly state: 'none'; readonly waits: boolean }
  | { readonly state: 'waiting' | 'due'; readonly askedAt: number; readonly until: number }
  | { readonly state: 'refused'; readonly refusedAt: number; readonly waits: boolean };

/** What somebody who signed in as the owner asks for; shown on the owner's live devices. */
export interface ResetAskedView {
  readonly asked: number;
  readonly askedAt: number;
  readonly until: number;
}

/** Somebody of a circle who began a new identity, and is no member of it until an admin decides. */
export interface ReturningView {
  readonly person: PersonView;
  readonly since: number;
  /** Whether the present person may let them in again. */
  readonly mayReadmit: boolean;
}

export interface RecoveryFace {
  /** The recovery code's words, kept only until confirmed. */
  recoveryWords(): Promise<readonly string[]>;
  /** The paper to print and rehearse; null where none waits for it. */
  recoverySheet(): Promise<RecoverySheetView | null>;
  /** Words typed back, by position from 0. A paper that is to replace another then does. */
  confirmRecovery(typed: Readonly<Record<number, string>>): Promise<boolean>;
  recovery(): Promise<RecoveryView>;
  /** A new paper, to print and rehearse; the former one works until then. */
  replaceRecovery(): Promise<RecoverySheetView>;
  /** The former paper stays the one. */
  keepRecovery(): Promise<void>;
  /** What a paper is to whoever signed in: its words, or the text of its QR code. */
  readPaper(words: readonly string[]): Promise<PaperView>;
  beginRecovery(
    words: readonly string[],
    returnTo: string,
  ): Promise<{ readonly authorizeUrl: string }>;
  reset(): Promise<ResetView>;
  /** Asks to begin anew, or does once it may: both by a fresh sign-in. */
  beginReset(returnTo: string): Promise<{ readonly authorizeUrl: string }>;
  /** On a live device: what is asked for in its owner's name. */
  resetsAsked(): Promise<readonly ResetAskedView[]>;
  refuseReset(asked: number): Promise<void>;
  returning(circle: CircleId): Promise<readonly ReturningView[]>;
  readmit(circle: CircleId, person: PersonId): Promise<void>;
}
