/** A draft that was sent and waits for the server: it can be left alone, and no longer changed. */
import type { Uuid } from '@liaison/contract/ids';
import { useEffect } from 'preact/hooks';
import { Page } from '../../components/page.js';
import { StateMark } from '../../components/state-mark.js';
import { go, paths } from '../../state/place.state.js';
import { w } from '../../words/words.js';
import { departureOf } from '../../state/departure.state.js';

export function LeavingScreen({ id }: { readonly id: Uuid }) {
  const words = w();
  const departure = departureOf(id);
  useEffect(() => {
    // It left: what stands of it now is on the board.
    if (departure === null) go(paths.home, 'replace');
  }, [departure]);
  return (
    <Page title={words.composer.title} back={paths.home}>
      <StateMark tone="pending" shape="clock" word={words.talk.sending} />
      <p>{words.composer.leavesLater}</p>
      <a class="second" href={paths.home}>
        {words.frame.goHome}
      </a>
    </Page>
  );
}
