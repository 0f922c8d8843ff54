/**
 * A day typed as people write it in France, whatever the browser's own language: native date fields
 * follow the browser. What cannot be read stays in the field and is said under it.
 */
import { useState } from 'preact/hooks';
import { now } from '../state/clock.state.js';
import { readDay, writtenDay } from '../words/typed-times.js';
import { w } from '../words/words.js';
import { Field } from './field.js';

interface DayFieldProps {
  readonly label: string;
  /** YYYY-MM-DD, or empty. */
  readonly value: string;
  readonly onValue: (iso: string) => void;
}

export function DayField({ label, value, onValue }: DayFieldProps) {
  // What is being typed; null: the field shows the value.
  const [typed, setTyped] = useState<string | null>(null);
  const [left, setLeft] = useState(false);
  const text = typed ?? writtenDay(value);
  const wrong = left && text !== '' && readDay(text, now.value) === null;
  const type = (next: string): void => {
    setTyped(next);
    setLeft(false);
    const iso = next.trim() === '' ? '' : readDay(next, now.value);
    if (iso !== null) onValue(iso);
  };
  const leave = (): void => {
    setLeft(true);
    if (readDay(text, now.value) !== null) setTyped(null);
  };
  return (
    <Field
      label={label}
      value={text}
      onValue={type}
      onLeave={leave}
      wrong={wrong}
      placeholder={w().frame.dayForm}
      remark={wrong ? w().frame.dayWrong : undefined}
    />
  );
}
