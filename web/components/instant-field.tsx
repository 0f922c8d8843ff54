/** A day and an hour: the usual ones at one tap, others typed; what was understood stands under. */
import { useState } from 'preact/hooks';
import { now } from '../state/clock.state.js';
import { exactTime } from '../words/times.js';
import { dayAt, readInstant, writtenInstant } from '../words/typed-times.js';
import { w } from '../words/words.js';
import { Field } from './field.js';

const EVENING = 18;
const MORNING = 9;

interface InstantFieldProps {
  readonly label: string;
  readonly value: number | null;
  readonly onValue: (at: number | null) => void;
  readonly optional?: boolean;
  /** Of what has happened: no coming hour is offered. */
  readonly past?: boolean;
}

export function InstantField(props: InstantFieldProps) {
  const { label, value, onValue, optional = false, past = false } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const [left, setLeft] = useState(false);
  const words = w().frame;
  const text = typed ?? (value === null ? '' : writtenInstant(value));
  const wrong = left && text !== '' && readInstant(text, now.value) === null;
  const take = (at: number | null): void => {
    setTyped(null);
    onValue(at);
  };
  const type = (next: string): void => {
    setTyped(next);
    setLeft(false);
    const at = next.trim() === '' ? null : readInstant(next, now.value);
    if (at !== null || (optional && next.trim() === '')) onValue(at);
  };
  const leave = (): void => {
    setLeft(true);
    if (readInstant(text, now.value) !== null) setTyped(null);
  };
  const [evening, morning] = [dayAt(now.value, 0, EVENING), dayAt(now.value, 1, MORNING)];
  const understood = value === null ? undefined : exactTime(value, now.value);
  return (
    <div class="instant-field">
      <Field
        label={label}
        value={text}
        optional={optional}
        onValue={type}
        onLeave={leave}
        wrong={wrong}
        placeholder={words.instantForm}
        remark={wrong ? words.instantWrong : understood}
      />
      {!past && (
        <div class="quick">
          {evening > now.value && (
            <button type="button" class="chip" onClick={() => take(evening)}>
              {words.thisEvening}
            </button>
          )}
          <button type="button" class="chip" onClick={() => take(morning)}>
            {words.tomorrowMorning}
          </button>
        </div>
      )}
    </div>
  );
}
