/** Handoffs as rows of a list: the patient in short, what is asked, and where it stands. */
import { partyName } from '../../components/party-name.js';
import type { HandoffView } from '@liaison/sdk/face';
import { Instant } from '../../components/instant.js';
import { now } from '../../state/clock.state.js';
import { actOf, patientOf, patientShort, takenByOthers } from '../../state/handoff.reading.js';
import { paths } from '../../state/place.state.js';
import { w } from '../../words/words.js';

/** What is asked, or what it is where that is its title already. */
const aboutOf = (view: HandoffView): string =>
  patientOf(view) === null ? w().board.kinds[view.kind] : actOf(view);

/** Where it stands; where somebody else was first, who that is. */
function standing(view: HandoffView): string {
  const taken = takenByOthers(view);
  if (view.phase !== 'sent' || taken === null) return w().story.phases[view.phase];
  return w().ask.takenBy(partyName(taken.party));
}

export function HandoffRow({ view }: { readonly view: HandoffView }) {
  const taken = takenByOthers(view);
  return (
    <a class="row" href={paths.handoff(view.id)}>
      <span class="row-head">
        <b>{patientShort(view, now.value)}</b>
        {view.unread > 0 && <b class="count">{w().frame.unread(view.unread)}</b>}
      </span>
      <span class="row-line">
        {aboutOf(view)} · {partyName(view.sender)}
      </span>
      <span class="row-line">
        {standing(view)} · <Instant at={taken?.at ?? view.sentAt} />
      </span>
    </a>
  );
}

interface RowListProps {
  readonly title: string;
  readonly views: readonly HandoffView[];
}

export function RowList({ title, views }: RowListProps) {
  if (views.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      {views.map((view) => (
        <HandoffRow key={view.id} view={view} />
      ))}
    </section>
  );
}
