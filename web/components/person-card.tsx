/**
 * A colleague's card, opened from their name: what this device checked of who they are, in plain
 * words, the digits to compare with them, and what changed, once. It shows nothing unchecked.
 */
import type { PersonView } from '@liaison/sdk/face';
import type { ChainLink, IdentityChangeView, PersonCardView } from '@liaison/sdk/face.trust';
import type { PersonId } from '@liaison/contract/ids';
import { useState } from 'preact/hooks';
import { useAct } from '../state/act.state.js';
import { now } from '../state/clock.state.js';
import { useLive } from '../state/loaded.state.js';
import { exactTime } from '../words/times.js';
import { w } from '../words/words.js';
import { face } from '../worker/liaison.client.js';
import { ActButton } from './act-button.js';
import { AvailabilityLine } from './availability-line.js';
import { Icon } from './icon.js';
import { knownAs, numberOf } from './known-as.js';
import { PersonName } from './person-name.js';
import { SafetyNumber } from './safety-number.js';
import { Sheet } from './sheet.js';
import { TroubleLine } from './trouble-line.js';
import { Ready } from './waiting.js';

/** The name as a button: the card opens over whatever stands behind. */
export function PersonButton({ person }: { readonly person: PersonView }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" class="plain person-button" onClick={() => setOpen(true)}>
        <PersonName person={person} />
      </button>
      {open && (
        <PersonCard person={person.person} name={person.name} onClose={() => setOpen(false)} />
      )}
    </>
  );
}

interface PersonCardProps {
  readonly person: PersonId;
  readonly name: string;
  readonly onClose: () => void;
}

export function PersonCard({ person, name, onClose }: PersonCardProps) {
  const card = useLive(
    () => face.personCard(person),
    ({ what }) => what === 'people',
    person,
  );
  return (
    <Sheet title={w().identity.card(name)} onClose={onClose}>
      <Ready of={card}>{(view) => <Card view={view} />}</Ready>
    </Sheet>
  );
}

function Card({ view }: { readonly view: PersonCardView }) {
  const words = w().identity;
  return (
    <div class="person-card">
      <p>
        <PersonName person={view.person} />
      </p>
      <AvailabilityLine person={view.person.person} />
      {view.person.nationalId !== null && <p class="tabular">{numberOf(view.person.nationalId)}</p>}
      {view.change === null &&
        view.formerly.map(({ known, until }) => (
          <p class="hint" key={until}>
            {words.formerly(knownAs(known), exactTime(until, now.value))}
          </p>
        ))}
      {view.change !== null && <Changed change={view.change} />}
      <h3>{words.checked}</h3>
      <ol class="chain">
        {view.chain.map((link) => (
          <li key={link.link}>
            <Icon name="check" />
            <span>{linkSentence(link)}</span>
          </li>
        ))}
      </ol>
      <SafetyNumber view={view} />
    </div>
  );
}

function linkSentence({ link, at, count = 0 }: ChainLink): string {
  return w().identity.chain[link](exactTime(at, now.value), count);
}

/** Said once: whoever has read it goes on. */
function Changed({ change }: { readonly change: IdentityChangeView }) {
  const act = useAct();
  const words = w().identity;
  const at = exactTime(change.at, now.value);
  const { person, name } = change.person;
  return (
    <div class={change.blocks ? 'alarm' : 'notice'} role={change.blocks ? 'alert' : 'status'}>
      <h3>{change.blocks ? words.changed(name) : words.renamed(name)}</h3>
      <p>
        {change.resetAt === null
          ? words.changedClaims(knownAs(change.was), knownAs(change.is), at)
          : words.changedReset(at)}
      </p>
      <p>
        <b>{change.blocks ? words.blocks : words.sameProven}</b>
      </p>
      <TroubleLine trouble={act.trouble.value} />
      <ActButton act={act} onAct={() => void act.run(() => face.identitySeen(person))}>
        {words.seen}
      </ActButton>
    </div>
  );
}
