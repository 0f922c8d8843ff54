/** Stretches of a week: on which days, from when to when. Each change is kept at once. */
import type { WorkingHours } from '@liaison/contract/notification-policy';
import { LIMITS } from '@liaison/contract/limits';
import { MinuteField } from '../../components/minute-field.js';
import { w } from '../../words/words.js';

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

interface HoursPartProps {
  readonly title: string;
  readonly hint: string;
  readonly hours: readonly WorkingHours[];
  /** What a new stretch begins as. */
  readonly usual: WorkingHours;
  readonly onHours: (hours: WorkingHours[]) => void;
}

export function HoursPart({ title, hint, hours, usual, onHours }: HoursPartProps) {
  const words = w().notifications;
  const change = (place: number, next: WorkingHours | null): void => {
    onHours(hours.flatMap((one, at) => (at !== place ? [one] : next === null ? [] : [next])));
  };
  return (
    <section>
      <h2>{title}</h2>
      <p class="hint">{hint}</p>
      <ul class="plain-list stretches">
        {hours.map((one, at) => (
          <li key={at} class="stretch">
            <Stretch hours={one} onHours={(next) => change(at, next)} />
            <button type="button" class="plain" onClick={() => change(at, null)}>
              {words.remove}
            </button>
          </li>
        ))}
      </ul>
      {hours.length < LIMITS.workingHours.value && (
        <button type="button" class="second" onClick={() => onHours([...hours, usual])}>
          {words.addHours}
        </button>
      )}
    </section>
  );
}

interface StretchProps {
  readonly hours: WorkingHours;
  readonly onHours: (hours: WorkingHours) => void;
}

function Stretch({ hours, onHours }: StretchProps) {
  const words = w().notifications;
  const turn = (day: number): void => {
    const { days } = hours;
    const next = days.includes(day) ? days.filter((one) => one !== day) : [...days, day];
    // A stretch on no day is none: it is removed by its own button.
    if (next.length > 0) onHours({ ...hours, days: next.sort((a, b) => a - b) });
  };
  return (
    <>
      <fieldset class="choice week">
        <legend>{words.onDays}</legend>
        {WEEKDAYS.map((day) => (
          <label key={day}>
            <input
              type="checkbox"
              aria-label={words.dayNames[day - 1]}
              checked={hours.days.includes(day)}
              onChange={() => turn(day)}
            />
            <span aria-hidden="true">{words.days[day - 1]}</span>
          </label>
        ))}
      </fieldset>
      <div class="times">
        <MinuteField
          label={words.from}
          value={hours.from}
          onValue={(from) => onHours({ ...hours, from })}
        />
        <MinuteField
          label={words.to}
          value={hours.to}
          onValue={(to) => onHours({ ...hours, to })}
        />
      </div>
    </>
  );
}
