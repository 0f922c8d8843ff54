/**
 * What a shared post shows: its card, the band over the app while somebody is at it, the card again
 * when their time is over, and nothing at all from the moment at which it ends.
 */
import type { SessionView } from '@liaison/sdk/face';
import type { ComponentChildren } from 'preact';
import { isEnding, isRenewing } from '../../state/post.state.js';
import { w } from '../../words/words.js';
import { EntryFrame } from '../entry/entry-frame.js';
import { TakenScreen } from './not-a-post.screen.js';
import { PostBand } from './post-band.js';
import { PostRenewalScreen } from './post-renewal.screen.js';
import { PostScreen } from './post.screen.js';

interface PostStageProps {
  readonly view: SessionView;
  /** The app itself, as on any device. */
  readonly children: ComponentChildren;
}

export function PostStage({ view, children }: PostStageProps) {
  if (isEnding.value) return <Finishing />;
  if (view.state === 'signed-out' || view.state === 'post-gone') return <PostScreen />;
  if (view.post === null) return <TakenScreen session={view} />;
  const isWaiting = view.state === 'lease-over' || isRenewing.value;
  return (
    <div class="at-post">
      <PostBand session={view} until={view.post.until} />
      {isWaiting ? <PostRenewalScreen session={view} /> : children}
    </div>
  );
}

function Finishing() {
  return (
    <EntryFrame title={w().post.title}>
      <p role="status">{w().post.finishing}</p>
    </EntryFrame>
  );
}
