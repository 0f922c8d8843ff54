/**
 * The lock that opens: who can read this, since when, certified by what. It shows only what this
 * device verified itself; it is never decoration.
 */
import type { PersonView } from '@liaison/sdk/face';
import { useId } from 'preact/hooks';
import { now } from '../state/clock.state.js';
import { exactTime } from '../words/times.js';
import { w } from '../words/words.js';
import { Icon } from './icon.js';
import { PersonName } from './person-name.js';

function trustSentence({ trust }: PersonView): string {
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

export function TrustPopover({ readers }: { readonly readers: readonly PersonView[] }) {
  const id = useId();
  const words = w().trust;
  return (
    <>
      <button type="button" class="trust" popovertarget={id}>
        <Icon name="lock" />
        {words.label(readers.length)}
      </button>
      <div id={id} popover="auto" class="pop" role="dialog" aria-label={words.title}>
        <h2>{words.title}</h2>
        <p>{words.why}</p>
        {readers.length === 0 && <p>{words.noReaders}</p>}
        <ul class="readers">
          {readers.map((reader) => (
            <li key={reader.person}>
              <PersonName person={reader} />
              <small>{trustSentence(reader)}</small>
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}
