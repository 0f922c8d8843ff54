/** Deleting a draft asks once: it is the only copy of what was typed. */
import type { Uuid } from '@liaison/contract/ids';
import { useState } from 'preact/hooks';
import { ActButton } from '../../components/act-button.js';
import { Sheet } from '../../components/sheet.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { drafts } from '../../state/lists.state.js';
import { go, paths } from '../../state/place.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';

export function DropDraft({ id }: { readonly id: Uuid }) {
  const [asking, setAsking] = useState(false);
  const act = useAct();
  const words = w().composer;
  const drop = async (): Promise<void> => {
    await face.dropDraft(id);
    await drafts().refresh();
    go(paths.home);
  };
  return (
    <>
      <button type="button" class="plain" onClick={() => setAsking(true)}>
        {words.drop}
      </button>
      {asking && (
        <Sheet title={words.drop} onClose={() => setAsking(false)}>
          <p>{words.dropSure}</p>
          <TroubleLine trouble={act.trouble.value} />
          <ActButton act={act} look="danger" onAct={() => void act.run(drop)}>
            {words.drop}
          </ActButton>
        </Sheet>
      )}
    </>
  );
}
