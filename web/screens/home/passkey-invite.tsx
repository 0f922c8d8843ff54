/** Offers a passkey once to whoever has none: without it the idle lock costs a whole sign-in. */
import { useState } from 'preact/hooks';
import { ActButton } from '../../components/act-button.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { w } from '../../words/words.js';
import { addPasskey } from '../entry/passkey.act.js';

const REFUSED = 'liaison.passkey-later';

export function PasskeyInvite() {
  const [refused, setRefused] = useState(localStorage.getItem(REFUSED) !== null);
  const act = useAct();
  const words = w().home;
  if (refused) return null;
  const refuse = (): void => {
    localStorage.setItem(REFUSED, '1');
    setRefused(true);
  };
  return (
    <aside class="card quiet-card">
      <h2>{words.passkeyTitle}</h2>
      <p>{words.passkeyWhy}</p>
      <TroubleLine trouble={act.trouble.value} />
      <div class="acts">
        <ActButton act={act} look="second" icon="key" onAct={() => void act.run(addPasskey)}>
          {words.passkeyAdd}
        </ActButton>
        <button type="button" class="plain" onClick={refuse}>
          {words.later}
        </button>
      </div>
    </aside>
  );
}
