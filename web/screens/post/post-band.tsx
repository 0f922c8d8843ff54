/**
 * Always in view at a shared post: whose session it is, until when, and the one button that ends
 * it. It warns before it ends by itself.
 */
import type { SessionView } from '@liaison/sdk/face';
import { useState } from 'preact/hooks';
import { Icon } from '../../components/icon.js';
import { Sheet } from '../../components/sheet.js';
import { now } from '../../state/clock.state.js';
import { connection } from '../../state/lists.state.js';
import { valueOf } from '../../state/loaded.state.js';
import { endPost, isRenewing, verdict } from '../../state/post.state.js';
import { deadline } from '../../words/times.js';
import { w } from '../../words/words.js';

interface PostBandProps {
  readonly session: SessionView;
  readonly until: number;
}

export function PostBand({ session, until }: PostBandProps) {
  const [unsent, setUnsent] = useState(0);
  const words = w().post;
  const finish = (): void => {
    const waiting = valueOf(connection().signal.value)?.waiting ?? 0;
    if (waiting > 0) setUnsent(waiting);
    else void endPost('done');
  };
  return (
    <aside class="post-band" aria-label={words.title}>
      <div class="post-who">
        <p>
          <Icon name="people" />
          <span>
            <b>{words.band(session.name)}</b>{' '}
            <span class="tabular">{words.until(deadline(until, now.value))}</span>
          </span>
        </p>
        <button type="button" class="post-finish" onClick={finish}>
          {words.finish}
        </button>
      </div>
      <Warning />
      {unsent > 0 && <UnsentSheet count={unsent} onClose={() => setUnsent(0)} />}
    </aside>
  );
}

function Warning() {
  const words = w().post;
  const said = verdict.value;
  if (said.say === 'idle-soon') {
    return (
      <p class="post-warning">
        <Icon name="alert" />
        <span class="tabular" aria-hidden="true">
          {words.idle(said.seconds)}
        </span>
        <span class="unseen" role="alert">
          {words.idleSaid}
        </span>
      </p>
    );
  }
  if (said.say !== 'ending' || isRenewing.value) return null;
  return (
    <p class="post-warning" role="status">
      <Icon name="clock" />
      <span class="tabular">{words.ending(said.minutes)}</span>
      <button type="button" class="second" onClick={() => (isRenewing.value = true)}>
        {words.more}
      </button>
    </p>
  );
}

interface UnsentSheetProps {
  readonly count: number;
  readonly onClose: () => void;
}

/** Ending now loses what did not leave: it is said, counted, and still the person's to decide. */
function UnsentSheet({ count, onClose }: UnsentSheetProps) {
  const words = w().post;
  return (
    <Sheet title={words.unsentTitle} onClose={onClose}>
      <p>{words.unsent(count)}</p>
      <div class="acts">
        <button type="button" class="primary" onClick={onClose}>
          {words.wait}
        </button>
        <button type="button" class="danger" onClick={() => void endPost('done')}>
          {words.finishAnyway}
        </button>
      </div>
    </Sheet>
  );
}
