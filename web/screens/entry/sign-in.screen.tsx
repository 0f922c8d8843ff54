/** The way in. It asks for nothing itself: the provider or a passkey answers for the person. */
import { ERRORS, type ErrorCode } from '@liaison/contract/errors';
import { ActButton } from '../../components/act-button.js';
import { Icon } from '../../components/icon.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { guestToken } from '../../state/guest.state.js';
import { paths } from '../../state/place.state.js';
import { farewell, signIn } from '../../state/session.state.js';
import { w } from '../../words/words.js';
import { Trouble } from '../../worker/trouble.js';
import { EntryFrame } from './entry-frame.js';
import { enterWithPasskey } from './passkey.act.js';

/** The server leads a refused sign-in back here with its code in the address. */
function refusalInAddress(): Trouble | null {
  const code = new URLSearchParams(location.search).get('signin');
  return code !== null && Object.hasOwn(ERRORS, code) ? new Trouble(code as ErrorCode) : null;
}

export function SignInScreen() {
  const provider = useAct();
  const passkey = useAct();
  const words = w().entry;
  return (
    <EntryFrame title={words.tagline}>
      {farewell.value !== null && (
        <p class="banner" role="status">
          {w().ways[farewell.value]}
        </p>
      )}
      <p class="lead">{guestToken() === null ? words.promise : w().absent.welcomeLead}</p>
      <TroubleLine trouble={provider.trouble.value ?? refusalInAddress()} />
      <ActButton act={provider} busyWord={words.leaving} onAct={() => void provider.run(signIn)}>
        {words.psc}
      </ActButton>
      <div class="other-way">
        <ActButton
          act={passkey}
          look="second"
          icon="key"
          onAct={() => void passkey.run(() => enterWithPasskey('sign-in'))}
        >
          {words.passkey}
        </ActButton>
        <p class="remark">{words.passkeyHint}</p>
        <TroubleLine trouble={passkey.trouble.value} />
      </div>
      <div class="other-way">
        <a class="second" href={paths.post} target="_self">
          <Icon name="people" />
          {w().post.enter}
        </a>
        <p class="remark">{w().post.enterHint}</p>
      </div>
    </EntryFrame>
  );
}
