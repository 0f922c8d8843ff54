/**
 * The sending team's board: three counts, then each discharge with where every addressee stands.
 */
import { partyName } from '../../components/party-name.js';
import type { AddresseeView, HandoffView } from '@liaison/sdk/face';
import { addresseeState } from '../story/addressee.reading.js';
import { StateMark } from '../../components/state-mark.js';
import { clockTime } from '../../words/times.js';
import { countBoard, isLate, patientShort } from '../../state/handoff.reading.js';
import { isShown, paths } from '../../state/place.state.js';
import { w } from '../../words/words.js';

interface BoardProps {
  readonly title: string;
  readonly views: readonly HandoffView[];
  readonly now: number;
}

export function Board({ title, views, now }: BoardProps) {
  const words = w().home;
  const { toTake, taken, late, refused } = countBoard(views, now);
  return (
    <section aria-labelledby="board">
      <h2 id="board">{title}</h2>
      {views.length === 0 ? (
        <p class="hint">{words.boardEmpty}</p>
      ) : (
        <p class="counts">
          {toTake > 0 && <StateMark tone="pending" shape="ring" word={words.toTake(toTake)} />}
          {taken > 0 && <StateMark tone="done" shape="check" word={words.takenCount(taken)} />}
          {refused > 0 && <StateMark tone="late" shape="cross" word={words.refused(refused)} />}
          {late > 0 && <StateMark tone="late" shape="alert" word={words.late(late)} />}
        </p>
      )}
      {views.map((view) => (
        <BoardRow key={view.id} view={view} now={now} />
      ))}
    </section>
  );
}

function BoardRow({ view, now }: { readonly view: HandoffView; readonly now: number }) {
  return (
    <div class="row board-row">
      <a
        class="card-link row-head"
        href={paths.handoff(view.id)}
        aria-current={isShown(view.id) ? 'page' : undefined}
      >
        <b>{patientShort(view, now)}</b>
        <span>{clockTime(view.sentAt)}</span>
      </a>
      {view.addressees.map((one) => (
        <AddresseeLine key={one.party.member} view={view} one={one} now={now} />
      ))}
    </div>
  );
}

interface LineProps {
  readonly view: HandoffView;
  readonly one: AddresseeView;
  readonly now: number;
}

/** Where nobody took it, the line itself leads to asking another: one tap from the board. */
function AddresseeLine({ view, one, now }: LineProps) {
  const { tone, shape, word, at } = addresseeState(one, now);
  const late = isLate(one, now);
  const when = at === null || late ? '' : ` ${clockTime(at)}`;
  const line = (
    <>
      <span>{partyName(one.party)}</span>
      <StateMark tone={tone} shape={shape} word={`${word}${when}`} />
    </>
  );
  if (!view.acts.includes('reassign') || !(late || one.phase === 'declined')) {
    return <span class="addressee-line">{line}</span>;
  }
  return (
    <a class="addressee-line" href={paths.askInstead(view.id, one.party.member)}>
      {line}
      <span class="unseen">{w().story.reassign}</span>
    </a>
  );
}
