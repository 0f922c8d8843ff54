/** Signed in, but this device has no proof of it to hold: one more sign-in gives it. */
import { ActButton } from '../../components/act-button.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { signIn } from '../../state/session.state.js';
import { w } from '../../words/words.js';
import { EntryFrame } from './entry-frame.js';

export function NoIdentityScreen() {
  const act = useAct();
  const text = w().entry;
  return (
    <EntryFrame title={text.noIdentityTitle}>
      <p class="lead">{text.noIdentity}</p>
      <TroubleLine trouble={act.trouble.value} />
      <ActButton act={act} busyWord={text.leaving} onAct={() => void act.run(signIn)}>
        {text.psc}
      </ActButton>
    </EntryFrame>
  );
}
