/**
 * Taking back what should not have been sent. It asks once, because nothing brings it back, and
 * says before the tap who has opened it already.
 */
import type { RecallReason } from '@liaison/contract/handoff';
import { EARLY_ENDS } from '@liaison/contract/handoff.lists';
import type { Uuid } from '@liaison/contract/ids';
import type { HandoffView, SessionView } from '@liaison/sdk/face';
import { useState } from 'preact/hooks';
import { ActButton } from '../../components/act-button.js';
import { Field } from '../../components/field.js';
import { Sheet } from '../../components/sheet.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { announce } from '../../state/announce.state.js';
import { useAct } from '../../state/act.state.js';
import { now } from '../../state/clock.state.js';
import { handoffs } from '../../state/lists.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';
import { draftInstead } from '../composer/draft.fresh.js';
import { openedSentence } from './ending.js';
import { cancelWord } from './reason.words.js';

interface RecallProps {
  readonly view: HandoffView;
  readonly session: SessionView;
  readonly reason: RecallReason;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function RecallSheet({ view, session, reason, onClose, onDone }: RecallProps) {
  const [note, setNote] = useState('');
  const act = useAct();
  const words = w();
  const { keepsDraft } = EARLY_ENDS[reason];
  const isOver = view.phase !== 'sent';
  const recall = async (): Promise<void> => {
    if (isOver) await face.eraseFile(view.id, reason, note.trim());
    else {
      // Before: afterwards nothing is left to make a draft of.
      if (keepsDraft && view.letter.state === 'open') await face.saveDraft(again(view, session));
      await face.recall(view.id, reason, note.trim());
    }
    announce(words.story.phases.recalled);
    await handoffs().refresh();
    onDone();
    onClose();
  };
  return (
    <Sheet title={isOver ? words.ends.eraseSure : words.ends.recallSure} onClose={onClose}>
      <p>{words.story.endedFor(cancelWord(view.kind, reason))}</p>
      <p>{words.ends.recallHint}</p>
      <ul class="opened">
        {view.addressees.map((one) => (
          <li key={one.party.member}>{openedSentence(one, now.value)}</li>
        ))}
      </ul>
      {keepsDraft && !isOver && <p>{words.ends.keepsDraft}</p>}
      <Field label={words.home.note} lines={2} value={note} onValue={setNote} />
      <TroubleLine trouble={act.trouble.value} />
      <ActButton act={act} look="danger" onAct={() => void act.run(recall)}>
        {isOver ? words.ends.eraseIt : words.ends.recallIt}
      </ActButton>
    </Sheet>
  );
}

/** The same letter, for whom it was meant for: nobody is chosen yet. */
function again(view: HandoffView, session: SessionView) {
  const draft = draftInstead(crypto.randomUUID() as Uuid, session, view, now.value);
  return { ...draft, to: [], tasks: [], supersedes: null };
}
