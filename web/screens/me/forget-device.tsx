/**
 * Forgetting a device: what is lost is counted and said first, and a tick confirms it. Afterwards
 * nobody is signed in here, so what the server could not note is told on the way-in screen.
 */
import { useState } from 'preact/hooks';
import { ActButton } from '../../components/act-button.js';
import { Sheet } from '../../components/sheet.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { connection, devices, drafts } from '../../state/lists.state.js';
import { valueOf } from '../../state/loaded.state.js';
import { farewell } from '../../state/session.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';

export function ForgetDevice() {
  const [asking, setAsking] = useState(false);
  const words = w().ways;
  return (
    <>
      <button type="button" class="danger" onClick={() => setAsking(true)}>
        {words.forget}
      </button>
      {asking && <ForgetSheet onClose={() => setAsking(false)} />}
    </>
  );
}

/** `ended`: the log holds this device's end already, so there is nothing left to note. */
export async function forget(ended: boolean): Promise<void> {
  const told = await face.forgetDevice(true);
  farewell.value = told.ended || ended ? 'forgotten' : 'notEnded';
}

function ForgetSheet({ onClose }: { readonly onClose: () => void }) {
  const [sure, setSure] = useState(false);
  const act = useAct();
  const words = w().ways;
  const kept = valueOf(drafts().signal.value)?.length ?? 0;
  const unsent = valueOf(connection().signal.value)?.waiting ?? 0;
  const others = (valueOf(devices().signal.value) ?? []).filter(
    ({ here, revokedAt }) => !here && revokedAt === null,
  );
  return (
    <Sheet title={words.forgetTitle} onClose={onClose}>
      <p>{words.forgetHint}</p>
      <ul class="bullets">
        <li>{words.forgetRead}</li>
        {kept > 0 && <li>{words.forgetDrafts(kept)}</li>}
        {unsent > 0 && <li>{words.forgetUnsent(unsent)}</li>}
        <li>{words.forgetBack}</li>
      </ul>
      {others.length === 0 && (
        <p>
          <b>{words.forgetLast}</b>
        </p>
      )}
      <label class="tick">
        <input
          type="checkbox"
          checked={sure}
          onChange={(event) => setSure(event.currentTarget.checked)}
        />
        <span>{words.forgetSure}</span>
      </label>
      <TroubleLine trouble={act.trouble.value} />
      {sure && (
        <ActButton
          act={act}
          look="danger"
          busyWord={words.forgetting}
          onAct={() => void act.run(() => forget(false))}
        >
          {words.forget}
        </ActButton>
      )}
    </Sheet>
  );
}
