/** One of a few: native radio buttons that look like buttons, so that arrows and taps both work. */
import { useId } from 'preact/hooks';

interface ChoiceProps<T extends string> {
  readonly legend: string;
  readonly options: readonly (readonly [T, string])[];
  readonly value: T | null;
  readonly onValue: (value: T) => void;
  readonly quiet?: boolean;
}

export function Choice<T extends string>(props: ChoiceProps<T>) {
  const { legend, options, value, onValue, quiet = false } = props;
  const name = useId();
  return (
    <fieldset class="choice">
      <legend class={quiet ? 'unseen' : undefined}>{legend}</legend>
      {options.map(([option, word]) => (
        <label key={option}>
          <input
            type="radio"
            name={name}
            value={option}
            checked={option === value}
            onChange={() => onValue(option)}
          />
          <span>{word}</span>
        </label>
      ))}
    </fieldset>
  );
}
