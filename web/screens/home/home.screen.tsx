/**
 * "Ce qui m'attend": what needs an answer first, with the answer in place; then, for a team that
 * sends, its board. On a desk the same list stands beside the story that is open.
 */
import type { HandoffDraft, HandoffView, SessionView } from '@liaison/sdk/face';
import { Icon } from '../../components/icon.js';
import { Page } from '../../components/page.js';
import { Empty, Ready } from '../../components/waiting.js';
import { now } from '../../state/clock.state.js';
import {
  boardsOf,
  membersOf,
  type Owed,
  owedBy,
  type UnitBoard,
} from '../../state/board.reading.js';
import { isOverForUs, isRunning, takenByUs } from '../../state/handoff.standing.js';
import { asks, drafts, handoffs } from '../../state/lists.state.js';
import { valueOf } from '../../state/loaded.state.js';
import { pathOfNew, paths } from '../../state/place.state.js';
import { w } from '../../words/words.js';
import { Board } from './board.js';
import { DraftList } from './draft-list.js';
import { InstallHint, isInstallUrged } from './install-hint.js';
import { PasskeyInvite } from './passkey-invite.js';
import { hasCard, OwedList } from './owed-list.js';
import { HandoffRow, RowList } from './row-list.js';

interface Sections {
  readonly owed: readonly Owed[];
  readonly boards: readonly UnitBoard[];
  readonly ours: readonly HandoffView[];
  readonly ended: readonly HandoffView[];
}

const RECENT = 20;

function sort(views: readonly HandoffView[], session: SessionView): Sections {
  const owed = owedBy(views, membersOf(session));
  const boards = boardsOf(views, session.teams, now.value);
  const ours = views.filter((view) => takenByUs(view) && !view.iSent && !hasCard(owed, view));
  const isOver = (view: HandoffView): boolean =>
    !isRunning(view) || (isOverForUs(view) && !hasCard(owed, view));
  const ended = views.filter(isOver).sort((a, b) => b.sentAt - a.sentAt);
  return { owed, boards, ours, ended: ended.slice(0, RECENT) };
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
    <a class="primary round" href={pathOfNew(session)} aria-label={words.create}>
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
  const asking = valueOf(asks().signal.value) ?? [];
  const { owed, boards, ours, ended } = sort(views, session);
  const prepared = kept.length + asking.length;
  const quiet = owed.length + boards.length + ours.length + prepared === 0;
  return (
    <>
      <OwedList owed={owed} />
      {quiet && (
        <Empty title={words.noneTitle}>
          <p>{words.none}</p>
          <a class="second" href={paths.choose}>
            {words.noneAct}
          </a>
        </Empty>
      )}
      <DraftList drafts={kept} asks={asking} />
      {boards.map((board) => (
        <Board key={board.team.member} board={board} now={now.value} />
      ))}
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
