/**
 * A post's address and a session that do not go together: somebody is signed in here as on their
 * own device, or a post was left behind in this browser. Each is said, with its way out.
 */
import type { SessionView } from '@liaison/sdk/face';
import { ActButton } from '../../components/act-button.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { paths } from '../../state/place.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';
import { EntryFrame } from '../entry/entry-frame.js';

/** At the ordinary address, after a post whose page is gone. */
export function LeftPostScreen() {
  const words = w().post;
  return (
    <EntryFrame title={words.goneTitle}>
      <p class="lead">{words.gone}</p>
      <a class="primary" href={paths.post} target="_self">
        {words.goneGo}
      </a>
    </EntryFrame>
  );
}

/** At the post's address, in a browser that is somebody's own. */
export function TakenScreen({ session }: { readonly session: SessionView }) {
  const act = useAct();
  const words = w().post;
  return (
    <EntryFrame title={words.takenTitle}>
      <p class="lead">{words.taken(session.name)}</p>
      <a class="primary" href={paths.home} target="_self">
        {words.takenBack}
      </a>
      <TroubleLine trouble={act.trouble.value} />
      <ActButton act={act} look="second" onAct={() => void act.run(() => face.signOut())}>
        {words.takenOut}
      </ActButton>
    </EntryFrame>
  );
}
