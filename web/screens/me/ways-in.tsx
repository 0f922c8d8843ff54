/** Everything that opens Liaison in this person's name: sessions, passkeys, invitations given. */
import type { SentInvitation } from '@liaison/contract/invitation';
import type { PasskeySummary } from '@liaison/contract/passkey';
import type { SessionSummary } from '@liaison/contract/session';
import { ActButton } from '../../components/act-button.js';
import { StateMark } from '../../components/state-mark.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { now } from '../../state/clock.state.js';
import { exactTime } from '../../words/times.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';
import { addPasskey } from '../entry/passkey.act.js';
import { WayList } from './way-list.js';

const when = (at: number): string => exactTime(at, now.value);

export function WaysIn() {
  const words = w().ways;
  return (
    <section>
      <h2>{words.title}</h2>
      <p class="hint">{words.hint}</p>
      <Sessions />
      <Passkeys />
      <Invitations />
    </section>
  );
}

function Sessions() {
  const words = w().ways;
  const { endSession: word, endSessionSure: title, endSessionHint: hint } = words;
  return (
    <WayList<SessionSummary>
      title={words.sessions}
      empty=""
      read={() => face.sessions()}
      keyOf={({ session }) => session}
      show={(one) => (
        <>
          <span class="row-head">
            <b>
              {words.session} {words.means[one.means]}
            </b>
            {one.here && <StateMark tone="accent" shape="check" word={words.hereNow} />}
            {one.locked && <StateMark tone="quiet" shape="lock" word={words.locked} />}
          </span>
          <span class="row-line">{words.opened(when(one.createdAt))}</span>
          <span class="row-line">{words.seen(when(one.seenAt))}</span>
        </>
      )}
      // This very one is ended by signing out, further down.
      ending={({ here }) => (here ? null : { word, title, hint })}
      end={({ session }) => face.endSession(session)}
    />
  );
}

function Passkeys() {
  const words = w().ways;
  const { removePasskey: word, removePasskeySure: title, removePasskeyHint: hint } = words;
  return (
    <WayList<PasskeySummary>
      title={words.passkeys}
      empty={words.noPasskeys}
      read={() => face.passkeys()}
      keyOf={({ passkey }) => passkey}
      show={(one) => (
        <>
          <span class="row-head">
            <b>{words.made(when(one.createdAt))}</b>
          </span>
          <span class="row-line">
            {one.usedAt === null ? words.neverUsed : words.used(when(one.usedAt))}
          </span>
          {one.synced && <span class="row-line">{words.synced}</span>}
        </>
      )}
      ending={() => ({ word, title, hint })}
      end={({ passkey }) => face.removePasskey(passkey)}
      foot={<AddPasskey />}
    />
  );
}

function AddPasskey() {
  const act = useAct();
  return (
    <>
      <TroubleLine trouble={act.trouble.value} />
      <ActButton act={act} look="second" icon="key" onAct={() => void act.run(addPasskey)}>
        {w().home.passkeyAdd}
      </ActButton>
    </>
  );
}

function Invitations() {
  const { ways: words, people } = w();
  return (
    <WayList<SentInvitation>
      title={words.invitations}
      empty={words.noInvitations}
      read={() => face.invitations()}
      keyOf={({ key }) => key}
      show={(one) => (
        <>
          <span class="row-head">
            <b>{one.name}</b>
            <StateMark
              tone={one.state === 'open' ? 'pending' : 'quiet'}
              shape={one.state === 'redeemed' ? 'check' : 'clock'}
              word={words.states[one.state]}
            />
          </span>
          <span class="row-line">{people.profession(one.role)}</span>
          {one.state === 'open' && <span class="row-line">{words.until(when(one.until))}</span>}
        </>
      )}
      ending={({ name, state }) =>
        state === 'open'
          ? { word: words.withdraw, title: words.withdrawSure(name), hint: words.withdrawHint }
          : null
      }
      end={({ key }) => face.withdrawInvitation(key)}
    />
  );
}
