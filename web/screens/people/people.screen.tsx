/** The directory: people and structures, whether they are here, and what can be done with each. */
import { PartyButton } from '../../components/party-button.js';
import type { CircleId, MemberId } from '@liaison/contract/ids';
import type { DirectoryHit, SessionView } from '@liaison/sdk/face';
import { useState } from 'preact/hooks';
import { Field } from '../../components/field.js';
import { Page } from '../../components/page.js';
import { ReadmitPart } from '../../components/readmit-part.js';
import { StateMark } from '../../components/state-mark.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { Ready } from '../../components/waiting.js';
import { teams } from '../../state/lists.state.js';
import { useSearch } from '../../state/search.state.js';
import { readable } from '../../words/readable.js';
import { w } from '../../words/words.js';
import { InvitePart } from './invite-part.js';
import { WriteButton } from './write-button.js';

function Hit({ hit }: { readonly hit: DirectoryHit }) {
  const words = w().people;
  const here = hit.party !== null;
  return (
    <li class="row">
      <span class="row-head">
        {hit.party === null ? <b>{hit.name}</b> : <PartyButton party={hit.party} />}
        <StateMark
          tone={here ? 'done' : 'quiet'}
          shape={here ? 'check' : 'ring'}
          word={here ? words.here : words.notHere}
        />
      </span>
      <span class="row-line">
        {[words.profession(hit.profession), readable(hit.structure), readable(hit.town)]
          .filter((text) => text !== '')
          .join(' · ')}
      </span>
      {!here && <Reach hit={hit} />}
      {hit.nationalId !== null && <span class="row-line tabular">{hit.nationalId}</span>}
      {hit.party !== null && <WriteButton party={hit.party} />}
    </li>
  );
}

/** How to reach, today, somebody who is not here yet. */
function Reach({ hit: { phone, mailbox } }: { readonly hit: DirectoryHit }) {
  if (phone === '' && mailbox === null) return null;
  return (
    <span class="row-line">
      {phone !== '' && <a href={`tel:${phone.replace(/[^+0-9]/g, '')}`}>{spacedPhone(phone)}</a>}
      {phone !== '' && mailbox !== null && ' · '}
      {mailbox !== null && `MSSanté ${mailbox}`}
    </span>
  );
}

/** « 0353010100 » as people say it. */
const spacedPhone = (phone: string): string =>
  /^0[0-9]{9}$/.test(phone) ? phone.replace(/(..)(?=.)/g, '$1 ') : phone;

function Teams() {
  const words = w().people;
  return (
    <section>
      <h2>{words.teams}</h2>
      <Ready of={teams()}>
        {(all) => (
          <ul class="plain-list">
            {all.map((team) => (
              <li key={team.member} class="row">
                <span class="row-head">
                  <PartyButton party={team} />
                </span>
                <span class="row-line">
                  {team.category !== null && words.categories[team.category]}
                  {team.town !== '' && ` · ${team.town}`}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Ready>
    </section>
  );
}

const teamOf = (member: MemberId): CircleId => member.slice(2) as CircleId;

export function PeopleScreen({ session }: { readonly session: SessionView }) {
  const [query, setQuery] = useState('');
  const { hits, trouble, searching } = useSearch(query);
  const words = w().people;
  return (
    <Page title={words.title}>
      <Field
        label={words.search}
        type="search"
        value={query}
        remark={words.hint}
        onValue={setQuery}
      />
      <TroubleLine trouble={trouble} />
      <p role="status" class="hint">
        {hits === null ? '' : hits.length === 0 ? words.none : words.results(hits.length)}
      </p>
      <ul class="plain-list" aria-busy={searching}>
        {hits?.map((hit) => (
          <Hit
            key={`${hit.nationalId ?? ''}${hit.party?.member ?? ''}${hit.structure}`}
            hit={hit}
          />
        ))}
      </ul>
      {session.teams.map(({ member, name }) => (
        <ReadmitPart key={member} circle={teamOf(member)} name={name} />
      ))}
      {session.community !== null && (
        <ReadmitPart circle={session.community.id} name={session.community.name} />
      )}
      {hits === null && <Teams />}
      {session.post === null && <InvitePart session={session} />}
    </Page>
  );
}
