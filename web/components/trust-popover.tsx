/**
 * The lock that opens: who can read this, since when, certified by what. It shows only what this
 * device verified itself; it is never decoration.
 */
import type { Change, PartyView, PersonView } from '@liaison/sdk/face';
import { useId } from 'preact/hooks';
import { useLive, valueOf } from '../state/loaded.state.js';
import { countReaders, readingParties } from '../state/readers.state.js';
import { w } from '../words/words.js';
import { Icon } from './icon.js';
import { partyName } from './party-name.js';
import { PersonButton } from './person-card.js';
import { StateMark } from './state-mark.js';
import { trustSentence } from './trust-sentence.js';

const concernsTeams = ({ what }: Change): boolean => what === 'channels' || what === 'session';

interface TrustProps {
  /** To whom it was sealed. */
  readonly parties: readonly PartyView[];
  /** Who has read it so far. */
  readonly read: readonly PersonView[];
}

export function TrustPopover({ parties, read }: TrustProps) {
  const id = useId();
  const words = w().trust;
  const key = parties.map(({ member }) => member).join();
  const { signal } = useLive(() => readingParties(parties), concernsTeams, key);
  const reading = valueOf(signal.value) ?? [];
  const seen = new Set(read.map(({ person }) => person));
  const count = countReaders(reading);
  return (
    <>
      <button type="button" class="trust" popovertarget={id}>
        <Icon name="lock" />
        {count === 0 ? words.short : words.label(count)}
      </button>
      <div id={id} popover="auto" class="pop" role="dialog" aria-label={words.title} tabIndex={0}>
        <header>
          <h2>{words.title}</h2>
          <button
            type="button"
            class="plain round"
            popovertarget={id}
            popovertargetaction="hide"
            aria-label={w().frame.close}
          >
            <Icon name="close" />
          </button>
        </header>
        <p>{words.why}</p>
        {count === 0 && <p>{words.noReaders}</p>}
        {reading.map(({ party, people }) => (
          <section key={party.member}>
            <h3>{partyName(party)}</h3>
            <ul class="readers">
              {people.map((person) => (
                <Reader key={person.person} person={person} hasRead={seen.has(person.person)} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  );
}

function Reader({ person, hasRead }: { readonly person: PersonView; readonly hasRead: boolean }) {
  return (
    <li>
      <PersonButton person={person} />
      {hasRead && <StateMark tone="quiet" shape="eye" word={w().story.states.read} />}
      <small>{trustSentence(person)}</small>
    </li>
  );
}
