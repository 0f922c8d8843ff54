/** What says that somebody is who they claim to be, and since when, in one sentence. */
import type { PersonView } from '@liaison/sdk/face';
import { now } from '../state/clock.state.js';
import { exactTime } from '../words/times.js';
import { w } from '../words/words.js';

export function trustSentence({ trust }: PersonView): string {
  const words = w().trust;
  const since = exactTime(trust.since, now.value);
  switch (trust.level) {
    case 'certified':
      return words.certified(since);
    case 'vouched':
      return words.vouched(trust.by ?? '?', since);
    case 'server':
      return words.server(since);
    case 'directory':
      return words.directory;
  }
}
