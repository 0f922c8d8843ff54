/**
 * Setting this device up, in one screen: why it is safe, the recovery words to print or copy, three
 * of them typed back. The words hide while they are typed, or the rehearsal would prove nothing.
 */
import type { SessionView } from '@liaison/sdk/face';
import { useState } from 'preact/hooks';
import { Ready } from '../../components/waiting.js';
import { useLive } from '../../state/loaded.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';
import { EntryFrame } from './entry-frame.js';
import { WordsCheck } from './words-check.js';

interface WordsSheetProps {
  readonly words: readonly string[];
  readonly name: string;
  readonly onNoted: () => void;
}

function WordsSheet({ words, name, onNoted }: WordsSheetProps) {
  const text = w().entry;
  return (
    <section>
      <div class="words-sheet print-me">
        <h2>{text.wordsTitle}</h2>
        <p class="only-print">{text.wordsSheet(name)}</p>
        <ol class="recovery-words" translate={false}>
          {words.map((word, index) => (
            <li key={`${index}-${word}`}>{word}</li>
          ))}
        </ol>
      </div>
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
    () => face.recoveryWords(),
    () => false,
    'recovery',
  );
  const text = w().entry;
  return (
    <EntryFrame title={text.deviceTitle}>
      <p class="lead">{text.deviceWhy}</p>
      <Ready of={recovery}>
        {(words) =>
          noted ? (
            <WordsCheck count={words.length} onBack={() => setNoted(false)} />
          ) : (
            <WordsSheet words={words} name={session.name} onNoted={() => setNoted(true)} />
          )
        }
      </Ready>
    </EntryFrame>
  );
}
