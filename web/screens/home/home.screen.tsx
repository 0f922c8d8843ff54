/**
 * "Ce qui m'attend": what needs an answer first, with the answer in place; then, for a team that
 * sends, its board. On a desk the same list stands beside the story that is open.
 */
import type { HandoffDraft, HandoffView, SessionView } from '@liaison/sdk/face';
import { Icon } from '../../components/icon.js';
import { Page } from '../../components/page.js';
import { Empty, Ready } from '../../components/waiting.js';
import { now } from '../../state/clock.state.js';
import { awaitsMe, firstDue, isRunning, takenByUs } from '../../state/handoff.reading.js';
import { drafts, handoffs } from '../../state/lists.state.js';
import { valueOf } from '../../state/loaded.state.js';
import { paths } from '../../state/place.state.js';
import { w } from '../../words/words.js';
import { Board } from './board.js';
import { DraftList } from './draft-list.js';
import { InstallHint, isInstallUrged } from './install-hint.js';
import { PasskeyInvite } from './passkey-invite.js';
import { RequestCard } from './request-card.js';
import { HandoffRow, RowList } from './row-list.js';

interface Sections {
  readonly asked: readonly HandoffView[];
  readonly sent: readonly HandoffView[];
  readonly ours: readonly HandoffView[];
  readonly ended: readonly HandoffView[];
}

const RECENT = 20;

function sort(views: readonly HandoffView[]): Sections {
  const running = views.filter(isRunning);
  const asked = running.filter(awaitsMe).sort((a, b) => firstDue(a) - firstDue(b));
  const sent = running.filter((view) => view.iSent).sort((a, b) => firstDue(a) - firstDue(b));
  const ours = running.filter((view) => takenByUs(view) && !view.iSent && !awaitsMe(view));
  const shown = new Set([...asked, ...sent, ...ours].map(({ id }) => id));
  const ended = views.filter(({ id }) => !shown.has(id)).sort((a, b) => b.sentAt - a.sentAt);
  return { asked, sent, ours, ended: ended.slice(0, RECENT) };
}

interface HomeProps {
  readonly session: SessionView;
  readonly beside: boolean;
}

export function HomeScreen({ session, beside }: HomeProps) {
  const words = w().home;
  const body = (
    <Ready of={handoffs()}>
      {(views) => (
        <HomeBody session={session} views={views} drafts={valueOf(drafts().signal.value) ?? []} />
      )}
    </Ready>
  );
  const create = (
    <a class="primary round" href={paths.compose()} aria-label={words.create}>
      <Icon name="plus" />
    </a>
  );
  if (beside) {
    return (
      <nav aria-label={words.title}>
        <p class="beside-head">
          <a href={paths.home}>{words.title}</a>
          {create}
        </p>
        {body}
      </nav>
    );
  }
  return (
    <Page title={words.title} aside={create}>
      {body}
    </Page>
  );
}

interface BodyProps {
  readonly session: SessionView;
  readonly views: readonly HandoffView[];
  readonly drafts: readonly HandoffDraft[];
}

function HomeBody({ session, views, drafts: kept }: BodyProps) {
  const words = w().home;
  const { asked, sent, ours, ended } = sort(views);
  const unit = session.teams.find(({ category }) => category === 'hospital-unit');
  const quiet = asked.length + sent.length + ours.length + kept.length === 0;
  return (
    <>
      {asked.length > 0 && (
        <section aria-labelledby="to-answer">
          <h2 id="to-answer">
            {words.toAnswer} <b class="count">{asked.length}</b>
          </h2>
          {asked.map((view) => (
            <RequestCard key={view.id} view={view} />
          ))}
        </section>
      )}
      {quiet && unit === undefined && (
        <Empty title={words.noneTitle}>
          <p>{words.none}</p>
          <a class="second" href={paths.compose()}>
            {words.noneAct}
          </a>
        </Empty>
      )}
      <DraftList drafts={kept} />
      {(unit !== undefined || sent.length > 0) && (
        <Board title={unit?.name ?? words.sentBoard} views={sent} now={now.value} />
      )}
      <RowList title={words.ongoing} views={ours} />
      {ended.length > 0 && (
        <details class="fold">
          <summary>
            {words.recent} ({ended.length})
          </summary>
          {ended.map((view) => (
            <HandoffRow key={view.id} view={view} />
          ))}
        </details>
      )}
      {session.post === null && <Advice session={session} />}
    </>
  );
}

/** One piece of advice at a time: to be kept comes before being opened by a gesture. */
function Advice({ session }: { readonly session: SessionView }) {
  if (isInstallUrged()) return <InstallHint />;
  return session.hasPasskey ? null : <PasskeyInvite />;
}
