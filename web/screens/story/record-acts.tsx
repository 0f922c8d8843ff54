/**
 * "Copy to my record": for those whose own software must hold it. The text is made here from what
 * is on screen, so it works without a network and leaves the device only by the person's own paste.
 */
import type { HandoffView } from '@liaison/sdk/face';
import { useState } from 'preact/hooks';
import { Icon } from '../../components/icon.js';
import { LetterPdf } from '../../components/letter-pdf.js';
import { announce } from '../../state/announce.state.js';
import { now } from '../../state/clock.state.js';
import { w } from '../../words/words.js';
import { recordText } from './record.text.js';

export function RecordActs({ view }: { readonly view: HandoffView }) {
  const [said, setSaid] = useState('');
  const [byHand, setByHand] = useState<string | null>(null);
  const words = w().record;
  const copy = async (): Promise<void> => {
    const text = recordText(view, now.value);
    try {
      await navigator.clipboard.writeText(text);
      setByHand(null);
      setSaid(words.copied(text.split('\n').length));
      announce(words.copied(text.split('\n').length));
    } catch {
      // A browser may keep the clipboard to itself: the text is then there to be selected.
      setByHand(text);
      setSaid(words.refused);
      announce(words.refused);
    }
  };
  return (
    <section class="no-print" aria-labelledby="record">
      <h2 id="record">{words.title}</h2>
      <p class="hint">{words.hint}</p>
      <div class="acts">
        <button type="button" class="second" onClick={() => void copy()}>
          <Icon name="clip" />
          {words.copy}
        </button>
        {view.letter.state === 'open' && <LetterPdf view={view} letter={view.letter.value} />}
        <button type="button" class="second" onClick={() => print()}>
          <Icon name="print" />
          {words.print}
        </button>
      </div>
      {said !== '' && <p>{said}</p>}
      {byHand !== null && <textarea readOnly rows={12} aria-labelledby="record" value={byHand} />}
    </section>
  );
}
