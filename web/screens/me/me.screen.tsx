/** The person's own page: role, teams, devices, recovery, passkey, display, and the way out. */
import type { SessionView } from '@liaison/sdk/face';
import { ActButton } from '../../components/act-button.js';
import { Choice } from '../../components/choice.js';
import { keysShown } from '../../components/keys-sheet.js';
import { Page } from '../../components/page.js';
import { PartyButton } from '../../components/party-button.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { paths } from '../../state/place.state.js';
import { language, type Language, type Theme, theme } from '../../state/preference.state.js';
import { showSession } from '../../state/session.state.js';
import { readable } from '../../words/readable.js';
import { speak, w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';
import { DeviceList } from './device-list.js';
import { DeadEventsPart } from './dead-events-part.js';
import { EvidencePart } from './evidence-part.js';
import { ForgetDevice } from './forget-device.js';
import { LatchPart } from './latch-part.js';
import { OpenPosts } from './open-posts.js';
import { PaperPart } from './paper-part.js';
import { StoragePart } from './storage-part.js';
import { WaysIn } from './ways-in.js';

export function MeScreen({ session }: { readonly session: SessionView }) {
  const words = w().me;
  if (session.post !== null) return <MeAtPost session={session} />;
  return (
    <Page title={words.title}>
      <Who session={session} />
      <OpenPosts />
      <Telling />
      <DeviceList />
      <PaperPart session={session} />
      <LatchPart session={session} />
      <StoragePart />
      <WaysIn />
      <EvidencePart />
      <DeadEventsPart session={session} />
      <Display />
      <Leaving session={session} />
    </Page>
  );
}

/** A post is lent: what opens Liaison in this person's name is managed on their own devices. */
function MeAtPost({ session }: { readonly session: SessionView }) {
  return (
    <Page title={w().me.title}>
      <Who session={session} />
      <p>{w().post.meHere}</p>
      <Display />
    </Page>
  );
}

function Who({ session }: { readonly session: SessionView }) {
  const act = useAct();
  const { me, people } = w();
  return (
    <section>
      <h2>{session.name}</h2>
      {session.roles.length > 0 && (
        <Choice
          legend={me.role}
          options={session.roles.map((role) => [
            role.id,
            `${people.profession(role.profession)} · ${readable(role.structure)}`,
          ])}
          value={session.role?.id ?? null}
          onValue={(id) => void act.run(async () => showSession(await face.chooseRole(id)))}
        />
      )}
      <TroubleLine trouble={act.trouble.value} />
      <dl class="lines">
        {session.community !== null && (
          <div>
            <dt>{me.community}</dt>
            <dd>{session.community.name}</dd>
          </div>
        )}
        {session.teams.length > 0 && (
          <div>
            <dt>{me.myTeams}</dt>
            <dd class="members">
              {session.teams.map((team) => (
                <PartyButton key={team.member} party={team} />
              ))}
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}

/** Before the devices: it is what most people come to this page for. */
function Telling() {
  const words = w().notifications;
  return (
    <section>
      <h2>{words.title}</h2>
      <p class="hint">{words.openHint}</p>
      <a class="second" href={paths.notifications}>
        {words.open}
      </a>
    </section>
  );
}

function Display() {
  const words = w().me;
  return (
    <section>
      <h2>{words.display}</h2>
      <Choice<Language>
        legend={words.language}
        options={[
          ['fr', words.languages.fr],
          ['en', words.languages.en],
        ]}
        value={language.value}
        onValue={(chosen) => void speak(chosen)}
      />
      <Choice<Theme>
        legend={words.theme}
        options={[
          ['auto', words.themes.auto],
          ['light', words.themes.light],
          ['dark', words.themes.dark],
        ]}
        value={theme.value}
        onValue={(chosen) => (theme.value = chosen)}
      />
      <button type="button" class="second" onClick={() => (keysShown.value = true)}>
        {words.keys} <kbd>?</kbd>
      </button>
    </section>
  );
}

function Leaving({ session }: { readonly session: SessionView }) {
  const act = useAct();
  const words = w().me;
  return (
    <section class="acts">
      {session.hasPasskey && (
        <ActButton
          act={act}
          look="second"
          icon="lock"
          onAct={() => void act.run(() => face.lock())}
        >
          {words.lock}
        </ActButton>
      )}
      <ActButton act={act} look="second" onAct={() => void act.run(() => face.signOut())}>
        {words.signOut}
      </ActButton>
      <p class="hint">{words.signOutHint}</p>
      <ForgetDevice />
      <TroubleLine trouble={act.trouble.value} />
    </section>
  );
}
