/** What is being prepared on this device: one tap takes each up where it was left. */
import type { Uuid } from '@liaison/contract/ids';
import type { Patient } from '@liaison/contract/patient';
import type { HandoffDraft } from '@liaison/sdk/face';
import type { AskDraft } from '@liaison/sdk/face.care';
import { StateMark } from '../../components/state-mark.js';
import { now } from '../../state/clock.state.js';
import { departureOf } from '../../state/departure.state.js';
import { paths } from '../../state/place.state.js';
import { relativeTime } from '../../words/times.js';
import { w } from '../../words/words.js';

interface DraftRow {
  readonly id: Uuid;
  readonly savedAt: number;
  readonly path: string;
  readonly title: string;
}

const nameOf = ({ usualName, birthName }: Patient): string => usualName || birthName;

function dischargeRow({ id, savedAt, letter }: HandoffDraft): DraftRow {
  const words = w().home;
  const name = nameOf(letter.patient);
  const title = name === '' ? words.draftNobody : words.draftOf(name);
  return { id, savedAt, path: paths.compose(id), title };
}

function askRow({ id, savedAt, kind, file }: AskDraft): DraftRow {
  const name = nameOf(file.patient);
  const word = w().board.kinds[kind];
  const title = name === '' ? word : w().ask.draftOf(word, name);
  return { id, savedAt, path: paths.ask(kind, id), title };
}

interface DraftListProps {
  readonly drafts: readonly HandoffDraft[];
  readonly asks: readonly AskDraft[];
}

export function DraftList({ drafts, asks }: DraftListProps) {
  const words = w().home;
  const rows = [...drafts.map(dischargeRow), ...asks.map(askRow)];
  if (rows.length === 0) return null;
  const newest = rows.sort((a, b) => b.savedAt - a.savedAt);
  return (
    <section>
      <h2>{words.drafts}</h2>
      {newest.map(({ id, path, title, savedAt }) => (
        <a key={id} class="row" href={path}>
          <span class="row-head">
            <b>{title}</b>
            <Departure draft={id} />
          </span>
          <span class="row-line">{words.savedAt(relativeTime(savedAt, now.value))}</span>
        </a>
      ))}
    </section>
  );
}

/** Sent by the person: on its way until the server has it, or refused and to be mended. */
function Departure({ draft }: { readonly draft: Uuid }) {
  const words = w().talk;
  const departure = departureOf(draft);
  if (departure === null) return null;
  return departure.refusal === null ? (
    <StateMark tone="pending" shape="clock" word={words.sending} />
  ) : (
    <StateMark tone="late" shape="cross" word={words.refused} />
  );
}
