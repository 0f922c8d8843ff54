/** On a handoff's page: somebody without an account is asked as well. */
import type { HandoffView } from '@liaison/sdk/face';
import { useState } from 'preact/hooks';
import { Icon } from '../../components/icon.js';
import { useAct } from '../../state/act.state.js';
import { now } from '../../state/clock.state.js';
import { handoffs } from '../../state/lists.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';
import { AbsenteeSheet, NOBODY } from './absentee-sheet.js';

const LEAST_MS = 2 * 3_600_000;

interface AwaitProps {
  readonly view: HandoffView;
  readonly onChange: () => void;
}

export function AwaitSomebody({ view, onChange }: AwaitProps) {
  const [open, setOpen] = useState(false);
  const act = useAct();
  if (!view.acts.includes('await') || view.takenBy !== null) return null;
  return (
    <>
      <button type="button" class="plain no-print" onClick={() => setOpen(true)}>
        <Icon name="plus" />
        {w().absent.notHereYet}
      </button>
      {open && (
        <AbsenteeSheet
          known={NOBODY}
          act={act}
          onClose={() => setOpen(false)}
          onAdd={(somebody) => {
            const due = Math.max(Number.isFinite(view.due) ? view.due : 0, now.value + LEAST_MS);
            void act.run(async () => {
              await face.awaitSomebody(view.id, somebody, due);
              await handoffs().refresh();
              setOpen(false);
              onChange();
            });
          }}
        />
      )}
    </>
  );
}
