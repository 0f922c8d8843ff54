/** The four rooms of the app and the news: at the thumb on a phone, at the top on a desk. */
import { valueOf } from '../state/loaded.state.js';
import { channels, notifications } from '../state/lists.state.js';
import { place, type PlaceName, paths } from '../state/place.state.js';
import { w } from '../words/words.js';
import { Icon, type IconName } from './icon.js';

interface TabProps {
  readonly to: string;
  readonly icon: IconName;
  readonly word: string;
  readonly rooms: readonly PlaceName[];
  readonly count?: number;
  readonly counted?: string;
}

function Tab({ to, icon, word, rooms, count = 0, counted }: TabProps) {
  const here = rooms.includes(place.value.at);
  return (
    <a href={to} aria-current={here ? 'page' : undefined}>
      <Icon name={icon} />
      <span>{word}</span>
      {count > 0 && (
        <b class="count">
          {count}
          <span class="unseen"> {counted}</span>
        </b>
      )}
    </a>
  );
}

export function NavBar() {
  const words = w().frame;
  const talks = valueOf(channels().signal.value) ?? [];
  const unread = talks.reduce((sum, talk) => sum + talk.unread, 0);
  const news = (valueOf(notifications().signal.value) ?? []).filter((one) => one.readAt === null);
  return (
    <nav class="tabs" aria-label={words.nav}>
      <span class="brand" aria-hidden="true">
        {words.app}
      </span>
      <Tab
        to={paths.home}
        icon="home"
        word={words.home}
        rooms={['home', 'handoff', 'compose', 'choose', 'ask']}
      />
      <Tab
        to={paths.news}
        icon="bell"
        word={words.news}
        rooms={['news']}
        count={news.length}
        counted={words.newsCount(news.length)}
      />
      <Tab
        to={paths.talks}
        icon="talk"
        word={words.talks}
        rooms={['talks']}
        count={unread}
        counted={words.unread(unread)}
      />
      <Tab to={paths.people} icon="people" word={words.people} rooms={['people']} />
      <Tab to={paths.me} icon="me" word={words.me} rooms={['me']} />
    </nav>
  );
}
