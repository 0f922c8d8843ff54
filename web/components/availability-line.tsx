/**
 * Whether a colleague may be disturbed now, in one word, where they let it be seen: their hours,
 * leave and duty stay theirs. Where nothing is known, nothing stands here.
 */
import type { PersonId } from '@liaison/contract/ids';
import { useLive, valueOf } from '../state/loaded.state.js';
import { w } from '../words/words.js';
import { face } from '../worker/liaison.client.js';
import { StateMark } from './state-mark.js';

export function AvailabilityLine({ person }: { readonly person: PersonId }) {
  const reading = useLive(
    () => face.availability(person),
    () => false,
    person,
  );
  const availability = valueOf(reading.signal.value);
  if (availability === null || availability === 'unsaid') return null;
  const isFree = availability === 'free';
  return (
    <p>
      <StateMark
        tone={isFree ? 'done' : 'quiet'}
        shape={isFree ? 'check' : 'clock'}
        word={w().notifications.availability[availability]}
      />
    </p>
  );
}
