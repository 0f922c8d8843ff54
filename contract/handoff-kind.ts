/** What a kind of handoff says of itself: one file each in kinds/, all in handoff-kinds.ts. */
import type { z } from 'zod';
import type { DeclineReason, Urgency } from './handoff.js';
import type { TransitionTable } from './handoff-steps.js';

/** Entries of the file circle, by their role in it. */
export type FileEntry =
  | 'letter.filed'
  | 'admission.filed'
  | 'care-request.filed'
  | 'question.filed'
  | 'request.filed';

export interface HandoffKind {
  /** The entry that begins it. */
  readonly begins: 'handoff.offered' | 'handoff.asked';
  /** Everybody who may be reached reads the outline; the file is for who takes part in the care. */
  readonly outline: z.ZodType;
  readonly file: FileEntry;
  readonly answer: 'opinion.given' | null;
  /** Who may be asked: a team answers by any of its members. */
  readonly addressees: readonly ('team' | 'person')[];
  /** How many may be asked one after the other. */
  readonly waves: number;
  /** The first to accept has it; the others are told at once. */
  readonly exclusive: boolean;
  readonly templated: boolean;
  /** Until when an answer is wanted where the sender says nothing else. */
  readonly answerMs: Readonly<Record<Urgency, number>>;
  /** From a missed answer to the coordinator, who learns only that a team is late. */
  readonly coordinatorMs: number;
  /** From the last refusal to the sender's reminder that nobody has it. */
  readonly unansweredMs: number;
  /** Why one may decline it, in the order in which people read them. */
  readonly declineReasons: readonly DeclineReason[];
  readonly steps: TransitionTable;
}

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
