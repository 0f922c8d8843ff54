/** What the sending team may still do with the whole: mend and resend, close, cancel. */
import type { RecallReason } from '@liaison/contract/handoff';
import type { HandoffView, SessionView } from '@liaison/sdk/face';
import { useState } from 'preact/hooks';
import { Icon } from '../../components/icon.js';
import { paths } from '../../state/place.state.js';
import { w } from '../../words/words.js';
import { CancelSheet } from './cancel-sheet.js';
import { CloseSheet } from './close-sheet.js';
import { RecallSheet } from './recall-sheet.js';

interface SenderActsProps {
  readonly view: HandoffView;
  readonly session: SessionView;
  readonly onChange: () => void;
}

export function SenderActs({ view, session, onChange }: SenderActsProps) {
  const [asking, setAsking] = useState<'close' | 'cancel' | RecallReason | null>(null);
  const words = w().story;
  const may = (act: HandoffView['acts'][number]): boolean => view.acts.includes(act);
  const shut = (): void => setAsking(null);
  const mayErase = view.mayErase && view.phase !== 'sent';
  if (!may('supersede') && !may('close') && !may('cancel') && !mayErase) return null;
  return (
    <section class="no-print" aria-labelledby="more">
      <h2 id="more">{words.more}</h2>
      <div class="acts">
        {may('supersede') && (
          <a class="second" href={paths.composeInstead(view.kind, view.id)}>
            <Icon name="pencil" />
            {words.replaceIt}
          </a>
        )}
        {may('close') && (
          <button type="button" class="second" onClick={() => setAsking('close')}>
            <Icon name="checks" />
            {words.closeIt}
          </button>
        )}
        {may('cancel') && (
          <button type="button" class="danger" onClick={() => setAsking('cancel')}>
            {words.cancelIt}
          </button>
        )}
        {mayErase && (
          <button type="button" class="danger" onClick={() => setAsking('wrong-patient')}>
            {w().ends.eraseIt}
          </button>
        )}
      </div>
      {asking === 'close' && <CloseSheet id={view.id} onClose={shut} onDone={onChange} />}
      {asking === 'cancel' && (
        <CancelSheet view={view} onClose={shut} onRecall={setAsking} onDone={onChange} />
      )}
      {asking !== null && asking !== 'close' && asking !== 'cancel' && (
        <RecallSheet
          view={view}
          session={session}
          reason={asking}
          onClose={shut}
          onDone={onChange}
        />
      )}
    </section>
  );
}
