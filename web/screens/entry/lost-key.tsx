/** The passkey that shuts this device is gone: what is lost is said first, a tick confirms it. */
import { useState } from 'preact/hooks';
import { ActButton } from '../../components/act-button.js';
import { Sheet } from '../../components/sheet.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { showSession } from '../../state/session.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';

export function LostKey() {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <button type="button" class="plain" onClick={() => setAsking(true)}>
        {w().latch.lost}
      </button>
      {asking && <LostSheet onClose={() => setAsking(false)} />}
    </>
  );
}

function LostSheet({ onClose }: { readonly onClose: () => void }) {
  const [sure, setSure] = useState(false);
  const act = useAct();
  const words = w().latch;
  return (
    <Sheet title={words.lostTitle} onClose={onClose}>
      <p>{words.lostWhy}</p>
      <ul class="bullets">
        <li>{words.lostBack}</li>
        <li>{words.lostGone}</li>
      </ul>
      <label class="tick">
        <input
          type="checkbox"
          checked={sure}
          onChange={(event) => setSure(event.currentTarget.checked)}
        />
        <span>{words.lostSure}</span>
      </label>
      <TroubleLine trouble={act.trouble.value} />
      {sure && (
        <ActButton
          act={act}
          look="danger"
          busyWord={w().ways.forgetting}
          onAct={() => void act.run(async () => showSession(await face.forgetShut()))}
        >
          {words.lostGo}
        </ActButton>
      )}
    </Sheet>
  );
}
