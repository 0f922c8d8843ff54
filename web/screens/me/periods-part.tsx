/** Duty or leave, from one instant to another. What is over is not shown; a change drops it. */
import type { Period } from '@liaison/contract/notification-policy';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { InstantField } from '../../components/instant-field.js';
import { now } from '../../state/clock.state.js';
import { exactTime } from '../../words/times.js';
import { w } from '../../words/words.js';

interface PeriodsPartProps {
  readonly title: string;
  readonly hint: string;
  readonly addWord: string;
  readonly periods: readonly Period[];
  readonly onPeriods: (periods: Period[]) => void;
  readonly children?: ComponentChildren;
}

export function PeriodsPart(props: PeriodsPartProps) {
  const { title, hint, addWord, periods, onPeriods, children } = props;
  const [adding, setAdding] = useState(false);
  const words = w().notifications;
  const ahead = periods.filter(({ to }) => to > now.value).sort((a, b) => a.from - b.from);
  const add = (period: Period): void => {
    onPeriods([...ahead, period]);
    setAdding(false);
  };
  return (
    <section>
      <h2>{title}</h2>
      <p class="hint">{hint}</p>
      <ul class="plain-list">
        {ahead.map((one) => (
          <li key={`${String(one.from)}-${String(one.to)}`} class="row row-head">
            <span>
              {exactTime(one.from, now.value)} → {exactTime(one.to, now.value)}
            </span>
            <button
              type="button"
              class="plain"
              onClick={() => onPeriods(ahead.filter((other) => other !== one))}
            >
              {words.remove}
            </button>
          </li>
        ))}
      </ul>
      {adding ? (
        <NewPeriod onPeriod={add} onGiveUp={() => setAdding(false)} />
      ) : (
        <button type="button" class="second" onClick={() => setAdding(true)}>
          {addWord}
        </button>
      )}
      {children}
    </section>
  );
}

interface NewPeriodProps {
  readonly onPeriod: (period: Period) => void;
  readonly onGiveUp: () => void;
}

function NewPeriod({ onPeriod, onGiveUp }: NewPeriodProps) {
  const words = w().notifications;
  const [from, setFrom] = useState<number | null>(null);
  const [to, setTo] = useState<number | null>(null);
  const isWrong = from !== null && to !== null && to <= from;
  const add = (): void => {
    if (from !== null && to !== null && to > from) onPeriod({ from, to });
  };
  return (
    <div class="new-period">
      <InstantField label={words.begins} value={from} onValue={setFrom} />
      <InstantField label={words.ends} value={to} onValue={setTo} />
      <p role="status">{isWrong ? words.endsBefore : ''}</p>
      <div class="acts">
        <button type="button" class="primary" onClick={add}>
          {words.keep}
        </button>
        <button type="button" class="plain" onClick={onGiveUp}>
          {words.giveUp}
        </button>
      </div>
    </div>
  );
}
