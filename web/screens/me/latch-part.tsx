/**
 * What opens Liaison on this device: the browser by itself, or the person's passkey each time. The
 * idle lock is opened by the same gesture.
 */
import type { SessionView } from '@liaison/sdk/face';
import { ActButton } from '../../components/act-button.js';
import { StateMark } from '../../components/state-mark.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';
import { fitPasskey } from '../entry/passkey.act.js';

export function LatchPart({ session }: { readonly session: SessionView }) {
  const act = useAct();
  const words = w().latch;
  const isFitted = session.latch === 'open';
  return (
    <section>
      <h2>{words.title}</h2>
      {isFitted ? (
        <>
          <p>
            <StateMark tone="done" shape="lock" word={words.fitted} />
          </p>
          <p>{words.fittedWhy}</p>
          <p class="hint">{words.lostWay}</p>
        </>
      ) : (
        <>
          <p>{words.browser}</p>
          <p>{words.why}</p>
        </>
      )}
      <TroubleLine trouble={act.trouble.value} />
      {isFitted ? (
        <ActButton act={act} look="second" onAct={() => void act.run(() => face.removeLatch())}>
          {words.remove}
        </ActButton>
      ) : (
        <ActButton
          act={act}
          look="second"
          icon="key"
          busyWord={words.fitting}
          onAct={() => void act.run(() => fitPasskey(session.hasPasskey))}
        >
          {words.fit}
        </ActButton>
      )}
    </section>
  );
}
