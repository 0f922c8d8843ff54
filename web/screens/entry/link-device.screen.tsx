/**
 * A further device of somebody who is already here: another device links it, or, without one, the
 * recovery words and a fresh sign-in. Pasting the whole paper into the first field spreads it over
 * the twelve.
 */
import type { SessionView } from '@liaison/sdk/face';
import type { PaperView } from '@liaison/sdk/face.recovery';
import { useState } from 'preact/hooks';
import { ActButton } from '../../components/act-button.js';
import { deviceName } from '../../components/device-name.js';
import { Field } from '../../components/field.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { leaveFor } from '../../state/session.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';
import { AskLink, DEVICE_ASKS } from './ask-link.js';
import { EntryFrame } from './entry-frame.js';
import { LostAll } from './lost-all.js';
import { PaperVerdict } from './paper-verdict.js';

const COUNT = 12;
/** How the text of a paper's QR code begins. */
const SCANNED = 'liaison-paper/';

export function LinkDeviceScreen({ session }: { readonly session: SessionView }) {
  const [typed, setTyped] = useState<readonly string[]>(Array.from({ length: COUNT }, () => ''));
  const [paper, setPaper] = useState<PaperView | null>(null);
  const act = useAct();
  const text = w().entry;
  const put = (at: number, value: string): void => {
    // What a camera read of the paper: its letters are not words, and nothing is missing.
    if (value.trim().startsWith(SCANNED)) {
      void act.run(() => restore([value.trim()]));
      return;
    }
    const pasted = value
      .trim()
      .toLowerCase()
      .split(/[\s,;]+/);
    const several = pasted.length > 1;
    setTyped(
      typed.map((word, index) => {
        if (several) return pasted[index - at] ?? word;
        return index === at ? value.trim().toLowerCase() : word;
      }),
    );
  };
  const missing = typed.filter((word) => word === '').length;
  const restore = async (words: readonly string[]): Promise<void> => {
    const read = await face.readPaper(words);
    setPaper(read);
    if (read.state !== 'current') return;
    const { authorizeUrl } = await face.beginRecovery(words, '/');
    leaveFor(authorizeUrl);
  };
  const link = async (): Promise<void> => {
    if (missing === 0) await restore(typed);
  };
  return (
    <EntryFrame title={session.lost === null ? text.otherTitle : text.lostTitle}>
      <p class="lead">
        {session.name}. {session.lost === null ? text.other : text.lost}
      </p>
      <AskLink asking={DEVICE_ASKS} />
      {session.lost !== null && <p class="remark">{text.lostOld(deviceName(session.lost))}</p>}
      <details class="by-words">
        <summary>{w().link.byWords}</summary>
        <p class="remark">{text.pasteHint}</p>
        <div class="words-grid">
          {typed.map((word, index) => (
            <Field
              key={index}
              label={text.word(index + 1)}
              value={word}
              onValue={(value) => put(index, value)}
            />
          ))}
        </div>
        <PaperVerdict view={paper} />
        <TroubleLine trouble={act.trouble.value} />
        <ActButton act={act} busyWord={text.leaving} onAct={() => void act.run(link)}>
          {missing > 0 ? text.missingWords(missing) : text.otherGo}
        </ActButton>
      </details>
      <LostAll />
      <SignOutButton />
    </EntryFrame>
  );
}

function SignOutButton() {
  const act = useAct();
  return (
    <ActButton act={act} look="plain" onAct={() => void act.run(() => face.signOut())}>
      {w().entry.signOut}
    </ActButton>
  );
}
