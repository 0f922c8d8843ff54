/** Declining: one reason is the answer, with a word to the team for whoever wants to add one. */
import type { DeclineReason } from '@liaison/contract/handoff';
import type { MemberId } from '@liaison/contract/ids';
import type { HandoffView } from '@liaison/sdk/face';
import { useState } from 'preact/hooks';
import { Field } from '../../components/field.js';
import { announce } from '../../state/announce.state.js';
import type { Act } from '../../state/act.state.js';
import { handoffs } from '../../state/lists.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';
import { declineWord } from './reason.words.js';

interface DeclineProps {
  readonly view: HandoffView;
  readonly mine: MemberId;
  readonly act: Act;
}

export function DeclineMenu({ view, mine, act }: DeclineProps) {
  const [note, setNote] = useState('');
  const words = w();
  const decline = async (reason: DeclineReason): Promise<void> => {
    await face.decline(view.id, mine, reason, note.trim());
    announce(words.home.declined);
    await handoffs().refresh();
  };
  return (
    <details class="decline">
      <summary>{words.home.decline}</summary>
      <p>{words.home.declineWhy}</p>
      <div class="reasons">
        {view.declineReasons.map((reason) => (
          <button
            key={reason}
            type="button"
            class="second"
            onClick={() => void act.run(() => decline(reason))}
          >
            {declineWord(view.kind, reason)}
          </button>
        ))}
      </div>
      <Field label={words.home.note} lines={2} value={note} onValue={setNote} />
    </details>
  );
}
