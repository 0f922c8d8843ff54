/**
 * When a shared post must end by itself. Pure, so that a test moves the clock: nobody at it for a
 * while, or its lease over and not given again in time.
 */
import { LIMITS } from '@liaison/contract/limits';

export interface Watched {
  readonly now: number;
  /** When somebody last touched it. */
  readonly touchedAt: number;
  readonly until: number;
  /** Since when its lease is over, where it is over before its time; null while it holds. */
  readonly overSince: number | null;
}

export type Verdict =
  | { readonly say: 'open' }
  /** The person's own act keeps it open. */
  | { readonly say: 'idle-soon'; readonly seconds: number }
  | { readonly say: 'ending'; readonly minutes: number }
  /** It speaks for its person no more, and keeps what was typed until then. */
  | { readonly say: 'over'; readonly keptUntil: number }
  | { readonly say: 'end'; readonly why: 'idle' | 'time' };

const { postIdleMs, postWarnMs, postEndingMs, postRenewalMs } = LIMITS;
const SECOND_MS = 1000;
const MINUTE_MS = 60_000;

export function judgePost({ now, touchedAt, until, overSince }: Watched): Verdict {
  const overAt = Math.min(until, overSince ?? until);
  const keptUntil = overAt + postRenewalMs.value;
  if (now >= keptUntil) return { say: 'end', why: 'time' };
  const idleLeft = touchedAt + postIdleMs.value - now;
  if (idleLeft <= 0) return { say: 'end', why: 'idle' };
  if (now >= overAt) return { say: 'over', keptUntil };
  if (idleLeft <= postWarnMs.value) {
    return { say: 'idle-soon', seconds: Math.ceil(idleLeft / SECOND_MS) };
  }
  const left = until - now;
  if (left > postEndingMs.value) return { say: 'open' };
  return { say: 'ending', minutes: Math.ceil(left / MINUTE_MS) };
}
