/**
 * How it ended: who, when, why, and what had been opened by then. Taking something back does not
 * make it unread, so nobody is told that it does.
 */
import type { AddresseeView, HandoffView } from '@liaison/sdk/face';
import { Icon } from '../../components/icon.js';
import { partyName } from '../../components/party-name.js';
import { now } from '../../state/clock.state.js';
import { exactTime } from '../../words/times.js';
import { w } from '../../words/words.js';

export function Ending({ view }: { readonly view: HandoffView }) {
  const { ended, erased } = view;
  const early = view.phase === 'cancelled' || view.phase === 'recalled';
  if (erased === null && (ended === null || !early)) return null;
  return (
    <section class="ending" aria-labelledby="ending">
      <h2 id="ending">
        <Icon name="alert" />
        {headline(view)}
      </h2>
      <Reason view={view} />
      {erased === null ? <p>{w().ends.overTakenHint}</p> : <Erased view={view} />}
    </section>
  );
}

function headline({ phase, ended, erased }: HandoffView): string {
  const words = w().ends;
  const said = ended ?? erased;
  if (said === null || phase === 'draft') return '';
  const when = exactTime(said.at, now.value);
  return ended === null || phase === 'sent'
    ? words.erased(said.by.name, when)
    : words[phase](said.by.name, when);
}

/** Why it ended stands above; why it was erased is said where that came later. */
function Reason({ view: { phase, ended, erased } }: { readonly view: HandoffView }) {
  const words = w();
  const isLater = erased !== null && phase !== 'recalled';
  const why = isLater ? words.ends.eraseReasons[erased.reason] : undefined;
  const note = ended?.note ?? erased?.note ?? null;
  return (
    <>
      {why !== undefined && <p>{words.story.endedFor(why)}</p>}
      {note !== null && <p class="clinical">« {note} »</p>}
    </>
  );
}

function Erased({ view }: { readonly view: HandoffView }) {
  const words = w().ends;
  const at = view.ended?.at ?? view.erased?.at ?? 0;
  return (
    <>
      <p>{words.erasedHint}</p>
      {!view.iSent && (
        <p>
          <b>{words.doNotUse}</b>
        </p>
      )}
      <h3>{words.opened}</h3>
      <ul class="opened">
        {view.addressees.map((one) => (
          <li key={one.party.member}>{openedSentence(one, at)}</li>
        ))}
      </ul>
    </>
  );
}

/** What is known of one addressee: only what their devices said, and only what came before. */
export function openedSentence(one: AddresseeView, endedAt: number): string {
  const words = w().ends;
  const team = partyName(one.party);
  if (one.hasFile === false) return words.outlineOnly(team);
  if (one.opened === null) return words.nobodyOpened(team);
  if (one.opened.at > endedAt) return words.openedAfter(team);
  return words.openedBy(one.opened.person.name, exactTime(one.opened.at, now.value));
}
