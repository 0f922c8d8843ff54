/**
 * The one button of a composer. It says what is missing and leads there; when nothing is, it says
 * to how many it goes. What cannot leave now is kept, and leaves by itself.
 */
import type { CircleId, Uuid } from '@liaison/contract/ids';
import { ActButton } from '../../components/act-button.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { announce } from '../../state/announce.state.js';
import { useAct } from '../../state/act.state.js';
import { departureOf, leavesLater } from '../../state/departure.state.js';
import { asks, drafts, handoffs } from '../../state/lists.state.js';
import { go, paths } from '../../state/place.state.js';
import { w } from '../../words/words.js';
import { Trouble } from '../../worker/trouble.js';
import type { Blocker } from './draft.blocker.js';
import { leadTo } from './lead.js';

interface LeaveBarProps {
  readonly id: Uuid;
  readonly blocker: Blocker | null;
  readonly word: string;
  /** Said once it is gone. */
  readonly gone: string;
  readonly settled: () => Promise<void>;
  readonly leave: () => Promise<CircleId>;
}

const refreshDrafts = async (): Promise<void> => {
  await Promise.all([drafts().refresh(), asks().refresh()]);
};

export function LeaveBar({ id, blocker, word, gone, settled, leave }: LeaveBarProps) {
  const act = useAct();
  const words = w().composer;
  const refusal = departureOf(id)?.refusal ?? null;
  const refused = refusal === null || act.busy.value ? null : new Trouble(refusal);
  const send = async (): Promise<void> => {
    await settled();
    const sending = leave();
    // Once it is kept for later, what becomes of it shows at the draft itself.
    sending.catch(() => undefined);
    const handoff = await Promise.race([sending, leavesLater(id)]);
    if (handoff === undefined) {
      announce(words.leavesLater);
      await refreshDrafts();
      go(paths.home, 'replace');
      return;
    }
    announce(gone);
    await Promise.all([handoffs().refresh(), refreshDrafts()]);
    go(paths.handoff(handoff), 'replace');
  };
  const press = (): void => {
    if (blocker !== null) leadTo(blocker.target);
    else void act.run(send);
  };
  return (
    <div class="send-bar">
      <TroubleLine trouble={act.trouble.value ?? refused} />
      <ActButton
        act={act}
        look={blocker === null ? 'primary' : 'second'}
        icon={blocker === null ? 'send' : 'alert'}
        busyWord={words.sending}
        onAct={press}
      >
        {blocker === null ? word : blocker.word}
      </ActButton>
    </div>
  );
}
