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

/** Which question stands open: why it is taken back is part of it. */
type Asking = 'close' | 'cancel' | RecallReason | null;

interface SenderActsProps {
  readonly view: HandoffView;
  readonly session: SessionView;
  readonly onChange: () => void;
}

export function SenderActs({ view, session, onChange }: SenderActsProps) {
  const [asking, setAsking] = useState<Asking>(null);
  const words = w().story;
  const may = (act: HandoffView['acts'][number]): boolean => view.acts.includes(act);
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
      <Asked view={view} session={session} asking={asking} onAsk={setAsking} onDone={onChange} />
    </section>
  );
}

interface AskedProps {
  readonly view: HandoffView;
  readonly session: SessionView;
  readonly asking: Asking;
  readonly onAsk: (asking: Asking) => void;
  readonly onDone: () => void;
}

function Asked({ view, session, asking, onAsk, onDone }: AskedProps) {
  const onClose = (): void => onAsk(null);
  if (asking === null) return null;
  if (asking === 'close') return <CloseSheet id={view.id} onClose={onClose} onDone={onDone} />;
  const more = { view, onClose, onDone };
  return asking === 'cancel' ? (
    <CancelSheet {...more} onRecall={onAsk} />
  ) : (
    <RecallSheet {...more} session={session} reason={asking} />
  );
}
