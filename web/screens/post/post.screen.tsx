/**
 * A shared post with nobody at it: its card, which a phone reads. Whoever was here before is told
 * how their session ended, and nothing else of them is left.
 */
import { paths } from '../../state/place.state.js';
import { howItEnded } from '../../state/post.state.js';
import { w } from '../../words/words.js';
import { AskLink, POST_ASKS } from '../entry/ask-link.js';
import { EntryFrame } from '../entry/entry-frame.js';

export function PostScreen() {
  const words = w().post;
  const ended = howItEnded();
  return (
    <EntryFrame title={words.title}>
      {ended === null ? (
        <p class="lead">{words.lead}</p>
      ) : (
        <p class="banner post-ended" role="status">
          {words.ends[ended]}
        </p>
      )}
      <AskLink asking={POST_ASKS} />
      <a class="plain" href={paths.home} target="_self">
        {words.otherWay}
      </a>
    </EntryFrame>
  );
}
