/**
 * The provider knows the owner of this device by another number. One more sign-in says that it is
 * the same person; whoever is not the owner goes away without a trace of them here.
 */
import type { IdentityMoveView } from '@liaison/sdk/face.trust';
import { ActButton } from '../../components/act-button.js';
import { knownAs } from '../../components/known-as.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { Ready } from '../../components/waiting.js';
import { useAct } from '../../state/act.state.js';
import { identityMove } from '../../state/lists.state.js';
import { goOn, session } from '../../state/session.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';
import { EntryFrame } from './entry-frame.js';

export function MovedScreen() {
  return (
    <EntryFrame title={w().identity.movedTitle}>
      <Ready of={identityMove()}>{(move) => move && <Moved move={move} />}</Ready>
    </EntryFrame>
  );
}

function Moved({ move }: { readonly move: IdentityMoveView }) {
  const act = useAct();
  const leave = useAct();
  const words = w().identity;
  const signOut = async (): Promise<void> => {
    await face.signOut();
    await session().refresh();
  };
  return (
    <>
      <p class="lead">{words.moved(knownAs(move.was), knownAs(move.is))}</p>
      <p>{words.movedWhy}</p>
      <TroubleLine trouble={act.trouble.value} />
      <ActButton act={act} busyWord={w().entry.leaving} onAct={() => void act.run(goOn)}>
        {words.movedAct}
      </ActButton>
      <TroubleLine trouble={leave.trouble.value} />
      <ActButton act={leave} look="second" onAct={() => void leave.run(signOut)}>
        {words.movedNotMe}
      </ActButton>
    </>
  );
}
