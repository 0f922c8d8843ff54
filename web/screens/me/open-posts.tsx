/**
 * Shared posts that are open in this person's name. Each is ended with one tap, since whoever ends
 * one too many only scans again; ending all of them changes the keys as well, so it asks once.
 */
import type { SessionSummary } from '@liaison/contract/session';
import { useState } from 'preact/hooks';
import { ActButton } from '../../components/act-button.js';
import { Sheet } from '../../components/sheet.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { Ready } from '../../components/waiting.js';
import { useAct } from '../../state/act.state.js';
import { now } from '../../state/clock.state.js';
import { openPosts } from '../../state/lists.state.js';
import { deadline, exactTime } from '../../words/times.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';

export function OpenPosts() {
  const [sure, setSure] = useState(false);
  const words = w().post;
  return (
    <section>
      <h2>{words.mine}</h2>
      <Ready of={openPosts()}>
        {(all) =>
          all.length === 0 ? (
            <p class="hint">{words.none}</p>
          ) : (
            <>
              <ul class="plain-list">
                {all.map((one) => (
                  <PostRow key={one.session} one={one} />
                ))}
              </ul>
              <button type="button" class="danger" onClick={() => setSure(true)}>
                {words.endAll}
              </button>
            </>
          )
        }
      </Ready>
      {sure && <EndAllSheet onClose={() => setSure(false)} />}
    </section>
  );
}

function PostRow({ one }: { readonly one: SessionSummary }) {
  const act = useAct();
  const words = w();
  const end = async (): Promise<void> => {
    await face.endSession(one.session);
    await openPosts().refresh();
  };
  return (
    <li class="row">
      <span class="row-head">
        <b>{words.post.one}</b>
      </span>
      <span class="row-line">
        {words.post.openedAt(exactTime(one.createdAt, now.value))},{' '}
        {words.post.until(deadline(one.endsAt, now.value))}
      </span>
      <TroubleLine trouble={act.trouble.value} />
      <ActButton act={act} look="second" onAct={() => void act.run(end)}>
        {words.post.end}
      </ActButton>
    </li>
  );
}

function EndAllSheet({ onClose }: { readonly onClose: () => void }) {
  const act = useAct();
  const words = w().post;
  const end = async (): Promise<void> => {
    if (!(await act.run(() => face.endPosts()))) return;
    await openPosts().refresh();
    onClose();
  };
  return (
    <Sheet title={words.endAllSure} onClose={onClose}>
      <p>{words.endAllHint}</p>
      <TroubleLine trouble={act.trouble.value} />
      <ActButton act={act} look="danger" onAct={() => void end()}>
        {words.endAll}
      </ActButton>
    </Sheet>
  );
}
