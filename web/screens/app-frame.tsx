/**
 * The app itself around its screens: skip link, banners, navigation, the list beside the story on
 * a desk, and the spoken arrivals.
 */
import type { SessionView } from '@liaison/sdk/face';
import { useEffect } from 'preact/hooks';
import { Banners } from '../components/banners.js';
import { AdmissionBanners } from '../components/admission-banners.js';
import { IdentityBanners } from '../components/identity-banners.js';
import { KeysSheet } from '../components/keys-sheet.js';
import { later } from '../components/later.js';
import { NavBar } from '../components/nav-bar.js';
import { announceArrivals } from '../state/arrival.state.js';
import { type Place, paths, place } from '../state/place.state.js';
import { settleStorage } from '../state/storage.state.js';
import { w } from '../words/words.js';
import { HomeScreen } from './home/home.screen.js';
import { NowhereScreen } from './nowhere.screen.js';

const Compose = later(async () => (await import('./composer/composer.screen.js')).ComposerScreen);
const Choose = later(async () => (await import('./ask/choose.screen.js')).ChooseScreen);
const Ask = later(async () => (await import('./ask/ask.screen.js')).AskScreen);
const Story = later(async () => (await import('./story/story.screen.js')).StoryScreen);
const Talks = later(async () => (await import('./talk/talk.screen.js')).TalkScreen);
const People = later(async () => (await import('./people/people.screen.js')).PeopleScreen);
const News = later(async () => (await import('./home/news.screen.js')).NewsScreen);
const Me = later(async () => (await import('./me/me.screen.js')).MeScreen);
const Notifications = later(
  async () => (await import('./me/notifications.screen.js')).NotificationsScreen,
);
const Welcome = later(async () => (await import('./welcome/welcome.screen.js')).WelcomeScreen);
const Link = later(async () => (await import('./me/link.screen.js')).LinkScreen);

interface ScreenProps {
  readonly session: SessionView;
  readonly here: Place;
}

/** What a shared post never shows: it belongs to the person's own devices. */
function Own({ session, here }: ScreenProps) {
  if (session.post !== null) return <NowhereScreen />;
  return here.at === 'link' ? <Link /> : <Notifications />;
}

type Composing = Extract<Place, { readonly at: 'compose' | 'choose' | 'ask' }>;

const COMPOSING: readonly Place['at'][] = ['compose', 'choose', 'ask'];

const isComposing = (here: Place): here is Composing => COMPOSING.includes(here.at);

function Composer({ session, here }: { readonly session: SessionView; readonly here: Composing }) {
  if (here.at === 'choose') return <Choose />;
  const { draft, instead } = here;
  const key = draft ?? 'new';
  return here.at === 'compose' ? (
    <Compose key={key} draft={draft} instead={instead} session={session} />
  ) : (
    <Ask
      key={`${here.kind} ${key}`}
      kind={here.kind}
      draft={draft}
      instead={instead}
      session={session}
    />
  );
}

function Screen({ session, here }: ScreenProps) {
  if (isComposing(here)) return <Composer session={session} here={here} />;
  switch (here.at) {
    case 'home':
      return <HomeScreen session={session} beside={false} />;
    case 'handoff':
      return (
        <Story
          key={here.id + (here.askInstead ?? '')}
          id={here.id}
          askInstead={here.askInstead}
          session={session}
        />
      );
    case 'talks':
      return <Talks id={here.id} />;
    case 'people':
      return <People session={session} />;
    case 'news':
      return <News />;
    case 'me':
      return <Me session={session} />;
    case 'notifications':
    case 'link':
      return <Own session={session} here={here} />;
    case 'welcome':
      return <Welcome />;
    case 'invitation':
    case 'nowhere':
      return <NowhereScreen />;
  }
}

/** On a desk the list stays at the left of whatever it leads to. */
const hasList = ({ at }: Place): boolean => ['home', 'handoff'].includes(at);

/** The right half of a desk before anything is opened: nothing opens by itself, as it would say
 * "read" to those who wait for an answer. */
function ChooseHint() {
  const words = w().home;
  return (
    <aside class="choose">
      <p class="empty-title">{words.choose}</p>
      <p class="hint">{words.chooseHint}</p>
      <a class="second" href={paths.choose}>
        {words.noneAct}
      </a>
    </aside>
  );
}

export function AppFrame({ session }: { readonly session: SessionView }) {
  const here = place.value;
  useEffect(() => announceArrivals(), []);
  useEffect(() => {
    if (session.latch !== 'none') void settleStorage();
  }, []);
  return (
    <div class="app">
      <a class="skip" href="#content">
        {w().frame.skip}
      </a>
      <header>
        <Banners />
        <IdentityBanners />
        <AdmissionBanners />
      </header>
      <NavBar />
      <main id="content" class={hasList(here) ? 'two' : 'one'}>
        {hasList(here) && here.at !== 'home' && (
          <div class="beside">
            <HomeScreen session={session} beside={true} />
          </div>
        )}
        <Screen session={session} here={here} />
        {here.at === 'home' && <ChooseHint />}
      </main>
      <KeysSheet />
    </div>
  );
}
