/**
 * A sending team's board: counts on top, then each handoff with where every addressee stands, what
 * is late or refused first. Where nobody took it, another is asked from here.
 */
import { partyName } from '../../components/party-name.js';
import type { AbsenteeView, AddresseeView, HandoffView } from '@liaison/sdk/face';
import { StateMark } from '../../components/state-mark.js';
import { countBoard, isRed, type UnitBoard } from '../../state/board.reading.js';
import { patientShort } from '../../state/handoff.reading.js';
import { absenteeMark, absentName } from '../absent/absentee.reading.js';
import { firstDue, isAbsentLate } from '../../state/handoff.standing.js';
import { isShown, paths } from '../../state/place.state.js';
import { deadline } from '../../words/times.js';
import { w } from '../../words/words.js';
import { boardState } from './board.words.js';
import { AskInstead } from './ask-instead.js';

interface BoardProps {
  readonly board: UnitBoard;
  readonly now: number;
}

export function Board({ board: { team, views }, now }: BoardProps) {
  const words = w().home;
  const id = `board-${team.member}`;
  const { toTake, taken, late, refused } = countBoard(views, now);
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{partyName(team)}</h2>
      {views.length === 0 ? (
        <p class="hint">{words.boardEmpty}</p>
      ) : (
        <p class="counts">
          {late > 0 && <StateMark tone="late" shape="alert" word={words.late(late)} />}
          {refused > 0 && <StateMark tone="late" shape="cross" word={words.refused(refused)} />}
          {toTake > 0 && <StateMark tone="pending" shape="ring" word={words.toTake(toTake)} />}
          {taken > 0 && <StateMark tone="done" shape="check" word={words.takenCount(taken)} />}
        </p>
      )}
      {views.map((view) => (
        <BoardRow key={view.id} view={view} now={now} />
      ))}
    </section>
  );
}

/** Until when an answer is awaited; once nothing is, when it left. */
function whenOf(view: HandoffView, now: number): string {
  const due = firstDue(view);
  const { before, sentAt } = w().board;
  return Number.isFinite(due) ? before(deadline(due, now)) : sentAt(deadline(view.sentAt, now));
}

function BoardRow({ view, now }: { readonly view: HandoffView; readonly now: number }) {
  const isLate =
    view.addressees.some((one) => isRed(one, now)) ||
    view.absentees.some((one) => isAbsentLate(one, now));
  return (
    <div class={isLate ? 'row board-row board-red' : 'row board-row'}>
      <a
        class="card-link row-head"
        href={paths.handoff(view.id)}
        aria-current={isShown(view.id) ? 'page' : undefined}
      >
        <b>{patientShort(view, now)}</b>
        <span>{`${w().board.kinds[view.kind]} · ${whenOf(view, now)}`}</span>
      </a>
      {view.addressees.map((one) => (
        <AddresseeLine key={one.party.member} view={view} one={one} now={now} />
      ))}
      {view.absentees.map((one) => (
        <AbsenteeLine key={one.absentee} one={one} now={now} />
      ))}
    </div>
  );
}

function AbsenteeLine({ one, now }: { readonly one: AbsenteeView; readonly now: number }) {
  if (one.phase === 'admitted') return null;
  return (
    <span class="addressee-line">
      <span>{absentName(one)}</span>
      <StateMark {...absenteeMark(one, now)} />
    </span>
  );
}

interface LineProps {
  readonly view: HandoffView;
  readonly one: AddresseeView;
  readonly now: number;
}

/** The line itself leads to all who could be asked; the button under it names the likeliest. */
function AddresseeLine({ view, one, now }: LineProps) {
  const { tone, shape, word } = boardState(one, now);
  const line = (
    <>
      <span>{partyName(one.party)}</span>
      <StateMark tone={tone} shape={shape} word={word} />
    </>
  );
  if (!view.acts.includes('reassign') || !isRed(one, now)) {
    return <span class="addressee-line">{line}</span>;
  }
  return (
    <>
      <a class="addressee-line" href={paths.askInstead(view.id, one.party.member)}>
        {line}
        <span class="unseen">{w().story.reassign}</span>
      </a>
      {one.phase === 'declined' && <AskInstead view={view} from={one} now={now} />}
    </>
  );
}
