/**
 * Setting this device up, in one screen: why it is safe, the recovery words to print or copy, three
 * of them typed back. The words hide while they are typed, or the rehearsal would prove nothing.
 */
import type { SessionView } from '@liaison/sdk/face';
import type { RecoverySheetView } from '@liaison/sdk/face.recovery';
import { useState } from 'preact/hooks';
import { RecoverySheet } from '../../components/recovery-sheet.js';
import { Ready } from '../../components/waiting.js';
import { useLive } from '../../state/loaded.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';
import { EntryFrame } from './entry-frame.js';
import { WordsCheck } from './words-check.js';

interface WordsSheetProps {
  readonly sheet: RecoverySheetView;
  readonly name: string;
  readonly onNoted: () => void;
}

function WordsSheet({ sheet, name, onNoted }: WordsSheetProps) {
  const text = w().entry;
  return (
    <section>
      <RecoverySheet sheet={sheet} name={name} />
      <p class="remark">{text.wordsHint}</p>
      <div class="acts">
        <button type="button" class="primary" onClick={onNoted}>
          {text.noted}
        </button>
        <button type="button" class="second" onClick={() => print()}>
          {text.print}
        </button>
      </div>
    </section>
  );
}

export function DeviceScreen({ session }: { readonly session: SessionView }) {
  const [noted, setNoted] = useState(false);
  const recovery = useLive(
    () => face.recoverySheet(),
    () => false,
    'recovery',
  );
  const text = w().entry;
  return (
    <EntryFrame title={text.deviceTitle}>
      <p class="lead">{text.deviceWhy}</p>
      <Ready of={recovery}>
        {(sheet) => {
          if (sheet === null) return null;
          if (noted)
            return <WordsCheck count={sheet.words.length} onBack={() => setNoted(false)} />;
          return <WordsSheet sheet={sheet} name={session.name} onNoted={() => setNoted(true)} />;
        }}
      </Ready>
    </EntryFrame>
  );
}
