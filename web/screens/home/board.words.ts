/** One addressee in a line of the board: the state, and since when, as short as it can be. */
import type { AddresseeView } from '@liaison/sdk/face';
import { isAskedBy, isLate } from '../../state/handoff.standing.js';
import { deadline } from '../../words/times.js';
import { w } from '../../words/words.js';
import { type AddresseeState, addresseeState } from '../story/addressee.reading.js';

const MINUTE_MS = 60_000;
const HOUR = 60;
const DAY = 24 * HOUR;

/** "12 min", "3 h", "2 j": how long something has been so. */
export function spanOf(ms: number): string {
  const words = w().board;
  const minutes = Math.max(0, Math.floor(ms / MINUTE_MS));
  if (minutes < HOUR) return words.minutes(minutes);
  return minutes < DAY
    ? words.hours(Math.floor(minutes / HOUR))
    : words.days(Math.floor(minutes / DAY));
}

export function boardState(one: AddresseeView, now: number): AddresseeState {
  const words = w().board;
  const state = addresseeState(one, now);
  if (one.phase !== 'offered') {
    const word = state.at === null ? state.word : `${state.word} ${deadline(state.at, now)}`;
    return { ...state, word };
  }
  if (!isAskedBy(one, now)) {
    const word = words.askedLater(deadline(one.opensAt, now));
    return { tone: 'quiet', shape: 'clock', word, at: one.opensAt };
  }
  if (isLate(one, now)) {
    return { ...state, word: words.since(state.word, spanOf(now - one.due)) };
  }
  if (one.readAt === null) return state;
  return { ...state, word: words.since(words.seen, spanOf(now - one.readAt)) };
}
