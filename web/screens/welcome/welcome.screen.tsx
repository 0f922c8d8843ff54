/**
 * The end of an invitation's way: the team that awaits this person hears that they are here, and
 * lets them in by hand. Until then nothing stands here to be read, and the page says so.
 */
import { useEffect, useState } from 'preact/hooks';
import { ActButton } from '../../components/act-button.js';
import { Page } from '../../components/page.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { guestToken, sayArrived } from '../../state/guest.state.js';
import { go, paths } from '../../state/place.state.js';
import { w } from '../../words/words.js';

export function WelcomeScreen() {
  const [token] = useState(guestToken);
  const [said, setSaid] = useState(false);
  const act = useAct();
  const words = w().absent;
  const arrive = async (): Promise<void> => {
    if (token === null) go(paths.home, 'replace');
    else if (await act.run(() => sayArrived(token))) setSaid(true);
  };
  useEffect(() => void arrive(), []);
  return (
    <Page title={words.welcome}>
      <p class="lead" role="status">
        {said ? words.welcomeSaid : words.welcomeSaying}
      </p>
      <p>{words.welcomeHint}</p>
      <TroubleLine trouble={act.trouble.value} />
      {!said && act.trouble.value !== null && (
        <ActButton act={act} look="second" onAct={() => void arrive()}>
          {words.welcomeAgain}
        </ActButton>
      )}
      <a class={said ? 'primary' : 'second'} href={paths.home}>
        {words.welcomeHome}
      </a>
    </Page>
  );
}
