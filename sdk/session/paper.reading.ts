/**
 * What a paper with recovery words is, judged by the verified log of whoever signed in: the one
 * that opens now, one that was replaced (and by which), one that a new identity ended, or no paper
 * of theirs. It decides nothing: the log's law does.
 */
import { fromBase64Url } from '@liaison/contract/bytes';
import { type Paper, parsePaper } from '@liaison/contract/paper';
import { readRecoveryWords, recoveryKeys } from '../crypto/recovery.js';
import type { PaperView } from '../face.recovery.js';
import type { IdentityState } from '../logs/identity-state.js';

export type ReadPaper =
  | {
      readonly ok: true;
      readonly entropy: Uint8Array;
      /** Of a paper whose QR code was read. */
      readonly floor: Paper['floor'] | null;
      readonly madeAt: number;
    }
  | { readonly ok: false; readonly view: Extract<PaperView, { state: 'unreadable' }> };

/** The twelve words, as one text or a list, or the text of the paper's QR code. */
export function readPaper(typed: readonly string[]): ReadPaper {
  const scanned = parsePaper(typed.join('').trim());
  if (scanned !== null) {
    const { entropy, floor, madeAt } = scanned;
    return { ok: true, entropy: fromBase64Url(entropy), floor, madeAt };
  }
  const words = readRecoveryWords(typed);
  if (words.ok) return { ok: true, entropy: words.entropy, floor: null, madeAt: 0 };
  const view = { state: 'unreadable', why: words.why, positions: [], found: 12 } as const;
  if (words.why === 'count') return { ok: false, view: { ...view, found: words.found } };
  if (words.why === 'checksum') return { ok: false, view };
  return { ok: false, view: { ...view, positions: words.positions } };
}

/** Whether the log that is served holds what it held when the paper was printed. */
export function isBelow(state: IdentityState, floor: Paper['floor']): boolean {
  return state.hashes.length < floor.length || state.log.lastGeneration < floor.generation;
}

export function judgePaper(
  state: IdentityState,
  entropy: Uint8Array,
): Exclude<PaperView, { state: 'unreadable' }> {
  const key = recoveryKeys(entropy, state.person).signing.publicKey;
  const { statements, recovery } = state.log;
  if (recovery?.signingKey === key) return { state: 'current', madeAt: recovery.madeAt };
  const isOf = (n: number): boolean => {
    const payload = statements[n]?.payload;
    return payload?.kind === 'recovery-key.set' && payload.signingKey === key;
  };
  const own = statements.findLast(({ n }) => isOf(n));
  if (own?.payload.kind !== 'recovery-key.set') return { state: 'unknown' };
  const { madeAt } = own.payload;
  const end = statements.find(({ n, payload }) => {
    return n > own.n && ['recovery-key.set', 'identity.reset'].includes(payload.kind);
  });
  // Whoever set it was untrusted by then: it fell with them, and never was the person's paper.
  if (end === undefined || !stood(state, own.n)) return { state: 'unknown' };
  if (recovery === null || recovery.n < end.n) return { state: 'ended', madeAt, endedAt: end.at };
  return { state: 'replaced', madeAt, replacedAt: end.at, currentMadeAt: recovery.madeAt };
}

/** Whether the statement at `n` stood when it was made and has not fallen since. */
function stood({ log, past }: IdentityState, n: number): boolean {
  const set = past[n]?.recovery;
  return set?.n === n && !log.fallen.has(n);
}
