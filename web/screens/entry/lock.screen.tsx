/** The idle lock: one gesture reopens it. What was being written stays on the device meanwhile. */
import type { SessionView } from '@liaison/sdk/face';
import { ActButton } from '../../components/act-button.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { signIn } from '../../state/session.state.js';
import { w } from '../../words/words.js';
import { EntryFrame } from './entry-frame.js';
import { LostKey } from './lost-key.js';
import { openWithPasskey } from './passkey.act.js';

export function LockScreen({ session }: { readonly session: SessionView }) {
  const unlock = useAct();
  const again = useAct();
  const words = w().entry;
  return (
    <EntryFrame title={words.lockTitle}>
      <p class="lead">
        {session.name}. {words.lockWhy}
      </p>
      {session.hasPasskey && (
        <ActButton
          act={unlock}
          icon="key"
          onAct={() => void unlock.run(() => openWithPasskey(true))}
        >
          {words.unlock}
        </ActButton>
      )}
      <TroubleLine trouble={unlock.trouble.value} />
      <ActButton
        act={again}
        look={session.hasPasskey ? 'second' : 'primary'}
        busyWord={words.leaving}
        onAct={() => void again.run(signIn)}
      >
        {words.unlockPsc}
      </ActButton>
      <TroubleLine trouble={again.trouble.value} />
      {session.latch === 'shut' && <LostKey />}
    </EntryFrame>
  );
}
