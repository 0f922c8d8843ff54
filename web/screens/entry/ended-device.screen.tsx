/** A device that was ended: when, from where, and its two ways on. Nothing of it is hidden. */
import type { EndedView, SessionView } from '@liaison/sdk/face';
import { ActButton } from '../../components/act-button.js';
import { deviceName } from '../../components/device-name.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { now } from '../../state/clock.state.js';
import { showSession } from '../../state/session.state.js';
import { exactTime } from '../../words/times.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';
import { forget } from '../me/forget-device.js';
import { EntryFrame } from './entry-frame.js';

function howEnded({ at, by, byItself }: EndedView): string {
  const words = w().ways;
  const when = exactTime(at, now.value);
  if (by === null) return words.endedByWords(when);
  return byItself ? words.endedByItself(when) : words.endedBy(when, deviceName(by));
}

export function EndedDeviceScreen({ session }: { readonly session: SessionView }) {
  const again = useAct();
  const leave = useAct();
  const words = w().ways;
  return (
    <EntryFrame title={words.endedTitle}>
      {session.ended !== null && <p class="lead">{howEnded(session.ended)}</p>}
      <p>{words.endedWhy}</p>
      <p class="remark">{words.endedDrafts}</p>
      <TroubleLine trouble={again.trouble.value} />
      <ActButton
        act={again}
        onAct={() => void again.run(async () => showSession(await face.renewDevice()))}
      >
        {words.linkAgain}
      </ActButton>
      <TroubleLine trouble={leave.trouble.value} />
      <ActButton
        act={leave}
        look="danger"
        busyWord={words.forgetting}
        onAct={() => void leave.run(() => forget(true))}
      >
        {words.forget}
      </ActButton>
    </EntryFrame>
  );
}
