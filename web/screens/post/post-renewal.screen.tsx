/**
 * The card once more, over a session that ends or has ended: the same person's phone gives it time
 * again. What was typed waits in memory; nothing of it is shown meanwhile.
 */
import type { SessionView } from '@liaison/sdk/face';
import { useEffect } from 'preact/hooks';
import { now } from '../../state/clock.state.js';
import { isRenewing, verdict } from '../../state/post.state.js';
import { deadline } from '../../words/times.js';
import { w } from '../../words/words.js';
import { AskLink, POST_ASKS } from '../entry/ask-link.js';
import { EntryFrame } from '../entry/entry-frame.js';

export function PostRenewalScreen({ session }: { readonly session: SessionView }) {
  const words = w().post;
  const said = verdict.value;
  const isOver = session.state === 'lease-over';
  // What was asked for is given once the lease begins anew.
  useEffect(() => () => void (isRenewing.value = false), [session.post?.until]);
  return (
    <EntryFrame title={words.renewTitle}>
      <p class="lead">
        {isOver && said.say === 'over'
          ? words.renewOver(session.name, deadline(said.keptUntil, now.value))
          : words.renewEarly(session.name)}
      </p>
      <AskLink asking={POST_ASKS} />
      {!isOver && (
        <button type="button" class="second" onClick={() => (isRenewing.value = false)}>
          {words.back}
        </button>
      )}
    </EntryFrame>
  );
}
