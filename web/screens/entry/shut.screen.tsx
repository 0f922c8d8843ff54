/** Signed in, but a passkey shuts what is kept here: one gesture opens it, offline too. */
import type { SessionView } from '@liaison/sdk/face';
import { ActButton } from '../../components/act-button.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { w } from '../../words/words.js';
import { EntryFrame } from './entry-frame.js';
import { LostKey } from './lost-key.js';
import { openWithPasskey } from './passkey.act.js';

export function ShutScreen({ session }: { readonly session: SessionView }) {
  const act = useAct();
  const words = w().latch;
  return (
    <EntryFrame title={words.shutTitle}>
      <p class="lead">
        {session.name}. {words.shutWhy}
      </p>
      <ActButton
        act={act}
        icon="key"
        busyWord={words.fitting}
        onAct={() => void act.run(() => openWithPasskey(false))}
      >
        {words.open}
      </ActButton>
      <TroubleLine trouble={act.trouble.value} />
      <LostKey />
    </EntryFrame>
  );
}
