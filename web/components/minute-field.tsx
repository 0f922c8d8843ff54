/**
 * A time of day, typed as people write it: a native field follows the browser's language and would
 * ask a French nurse for "AM". What cannot be read stays in the field and is said under it.
 */
import { useState } from 'preact/hooks';
import { readMinute, writtenMinute } from '../state/minutes.js';
import { w } from '../words/words.js';
import { Field } from './field.js';

interface MinuteFieldProps {
  readonly label: string;
  readonly value: number;
  readonly onValue: (minute: number) => void;
}

export function MinuteField({ label, value, onValue }: MinuteFieldProps) {
  // What is being typed; null: the field shows the value.
  const [typed, setTyped] = useState<string | null>(null);
  const [wrong, setWrong] = useState(false);
  const leave = (): void => {
    if (typed === null) return;
    const minute = readMinute(typed);
    setWrong(minute === null);
    if (minute === null) return;
    setTyped(null);
    if (minute !== value) onValue(minute);
  };
  return (
    <Field
      label={label}
      value={typed ?? writtenMinute(value)}
      onValue={setTyped}
      onLeave={leave}
      wrong={wrong}
      remark={wrong ? w().notifications.timeWrong : undefined}
    />
  );
}
