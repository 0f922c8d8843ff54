/**
 * An invitation, for people whom the national provider does not know: who vouches, then a passkey.
 */
import { ActButton } from '../../components/act-button.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { Ready } from '../../components/waiting.js';
import { useAct } from '../../state/act.state.js';
import { useLive } from '../../state/loaded.state.js';
import { go, paths } from '../../state/place.state.js';
import { showSession } from '../../state/session.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';
import { EntryFrame } from './entry-frame.js';
import { newPasskey } from './passkey.act.js';

export function InvitationScreen() {
  const link = location.href;
  const invitation = useLive(
    () => face.openInvitation(link),
    () => false,
    link,
  );
  const act = useAct();
  const text = w().entry;
  const accept = async (): Promise<void> => {
    const answer = await newPasskey(await face.invitationOptions(link));
    showSession(await face.acceptInvitation(link, answer));
    // The link is spent, and its secret must not stay in the history.
    go(paths.home, 'replace');
  };
  return (
    <EntryFrame title={text.invitationTitle}>
      <Ready of={invitation}>
        {({ name, inviter }) => (
          <>
            <p class="lead">{text.invited(name, inviter)}</p>
            <p>{text.vouchedNote(inviter)}</p>
            <TroubleLine trouble={act.trouble.value} />
            <ActButton act={act} icon="key" onAct={() => void act.run(accept)}>
              {text.acceptInvitation}
            </ActButton>
            <p class="remark">{text.invitationHint}</p>
          </>
        )}
      </Ready>
    </EntryFrame>
  );
}
