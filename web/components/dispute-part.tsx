/** A member who could not open what was sealed to them: said to everybody, until it is mended. */
import type { CircleId } from '@liaison/contract/ids';
import { now } from '../state/clock.state.js';
import { useLive, valueOf } from '../state/loaded.state.js';
import { exactTime } from '../words/times.js';
import { w } from '../words/words.js';
import { face } from '../worker/liaison.client.js';
import { partyName } from './party-name.js';

export function DisputePart({ circle }: { readonly circle: CircleId }) {
  const disputes = useLive(
    () => face.disputes(circle),
    (change) => change.what === 'circle' && change.circle === circle,
    circle,
  );
  const open = (valueOf(disputes.signal.value) ?? []).filter(({ healedAt }) => healedAt === null);
  return (
    <>
      {open.map(({ party, at }) => (
        <p key={party.member} class="notice" role="status">
          {w().identity.disputed(partyName(party), exactTime(at, now.value))}
        </p>
      ))}
    </>
  );
}
