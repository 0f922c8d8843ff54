/**
 * Where one addressee stands: the one word, shape and colour, and the instant that goes with it.
 * Red is for what is late or refused, amber for what is still to come.
 */
import { partyName } from '../../components/party-name.js';
import type { AddresseeView } from '@liaison/sdk/face';
import type { IconName } from '../../components/icon.js';
import type { Tone } from '../../components/state-mark.js';
import { isLate } from '../../state/handoff.standing.js';
import { deadline, exactTime } from '../../words/times.js';
import { w } from '../../words/words.js';

export interface AddresseeState {
  readonly tone: Tone;
  readonly shape: IconName;
  readonly word: string;
  readonly at: number | null;
}

export function addresseeState(one: AddresseeView, now: number): AddresseeState {
  const words = w().story.states;
  switch (one.phase) {
    case 'accepted':
      return { tone: 'done', shape: 'check', word: words.accepted, at: one.answeredAt };
    case 'done':
      return { tone: 'done', shape: 'checks', word: words.done, at: one.answeredAt };
    case 'declined':
      return { tone: 'late', shape: 'cross', word: words.declined, at: one.answeredAt };
    case 'reassigned':
      return { tone: 'quiet', shape: 'arrow', word: words.reassigned, at: one.answeredAt };
    case 'taken':
      return { tone: 'quiet', shape: 'check', word: words.taken, at: one.answeredAt };
    case 'offered':
      return waitingState(one, now);
  }
}

/** The shown clock moves by steps: whoever was asked this instant is asked. */
const STEP_MS = 30_000;

/** Of those asked one after the other, their turn has not come. */
const isLater = ({ opensAt }: AddresseeView, now: number): boolean => opensAt - now > STEP_MS;

function waitingState(one: AddresseeView, now: number): AddresseeState {
  const words = w().story.states;
  if (isLater(one, now)) {
    return { tone: 'quiet', shape: 'clock', word: w().ask.notYet, at: one.opensAt };
  }
  if (isLate(one, now)) return { tone: 'late', shape: 'alert', word: words.late, at: one.due };
  if (one.readAt !== null) {
    return { tone: 'pending', shape: 'eye', word: words.read, at: one.readAt };
  }
  if (one.deliveredAt !== null) {
    return { tone: 'pending', shape: 'ring', word: words.delivered, at: one.deliveredAt };
  }
  return { tone: 'pending', shape: 'ring', word: words.offered, at: null };
}

/** The same in a sentence, with who and when. */
export function addresseeSentence(one: AddresseeView, now: number): string {
  const words = w().story;
  const who = one.answeredBy?.name ?? partyName(one.party);
  const at = one.answeredAt === null ? '' : exactTime(one.answeredAt, now);
  switch (one.phase) {
    case 'accepted':
      return words.takenBy(who, at);
    case 'done':
      return words.doneBy(who, at);
    case 'declined':
      return words.declinedBy(who, at);
    case 'reassigned':
      return words.reassignedAt(at);
    case 'taken':
      return words.takenByOther(at);
    case 'offered':
      if (isLater(one, now)) return w().ask.notYetAt(deadline(one.opensAt, now));
      if (one.readAt !== null) return words.readAt(exactTime(one.readAt, now));
      if (one.deliveredAt !== null) return words.deliveredAt(exactTime(one.deliveredAt, now));
      return words.notDelivered;
  }
}
