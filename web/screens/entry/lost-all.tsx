/**
 * For who lost every device and the paper: what beginning anew means, before it is asked for, and
 * how far it has come. It never promises what it cannot give back.
 */
import type { ResetView } from '@liaison/sdk/face.recovery';
import { ActButton } from '../../components/act-button.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { Ready } from '../../components/waiting.js';
import { useAct } from '../../state/act.state.js';
import { now } from '../../state/clock.state.js';
import { useLive } from '../../state/loaded.state.js';
import { leaveFor } from '../../state/session.state.js';
import { exactTime } from '../../words/times.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';

export function LostAll() {
  const reset = useLive(
    () => face.reset(),
    ({ what }) => what === 'devices' || what === 'session',
    'reset',
  );
  const words = w().identity;
  return (
    <details class="by-words">
      <summary>{words.lostAll}</summary>
      <p>{words.lostWhat}</p>
      <Ready of={reset}>{(view) => <Way view={view} />}</Ready>
    </details>
  );
}

function Way({ view }: { readonly view: ResetView }) {
  const act = useAct();
  const words = w().identity;
  const { entry } = w();
  const go = async (): Promise<void> => leaveFor((await face.beginReset('/')).authorizeUrl);
  const time = (at: number): string => exactTime(at, now.value);
  if (view.state === 'waiting') {
    return <p role="status">{words.lostUntil(time(view.askedAt), time(view.until))}</p>;
  }
  const waits = 'waits' in view && view.waits;
  return (
    <>
      {view.state === 'refused' && <p role="status">{words.lostRefused(time(view.refusedAt))}</p>}
      {waits && <p>{words.lostWaits}</p>}
      <TroubleLine trouble={act.trouble.value} />
      <ActButton act={act} look="danger" busyWord={entry.leaving} onAct={() => void act.run(go)}>
        {waits ? words.lostAsk : words.lostBegin}
      </ActButton>
    </>
  );
}
