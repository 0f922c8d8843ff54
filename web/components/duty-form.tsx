/** From when until when somebody answers: oneself, or the colleague who is chosen. */
import type { PersonId } from '@liaison/contract/ids';
import type { PersonView } from '@liaison/sdk/face';
import { useState } from 'preact/hooks';
import { useAct } from '../state/act.state.js';
import { now } from '../state/clock.state.js';
import { dayAt } from '../words/typed-times.js';
import { w } from '../words/words.js';
import { ActButton } from './act-button.js';
import { Choice } from './choice.js';
import { InstantField } from './instant-field.js';
import { TroubleLine } from './trouble-line.js';

const EVENING = 18;
const MORNING = 9;

/** The end of the day's work, or of the night's. */
function usualEnd(present: number): number {
  const evening = dayAt(present, 0, EVENING);
  return evening > present ? evening : dayAt(present, 1, MORNING);
}

interface DutyFormProps {
  readonly people: readonly PersonView[];
  /** A hand-over may be for later; whoever takes it themselves takes it now. */
  readonly isHandOver: boolean;
  readonly onShift: (person: PersonId, from: number, until: number) => Promise<void>;
  readonly onGiveUp: () => void;
}

export function DutyForm({ people, isHandOver, onShift, onGiveUp }: DutyFormProps) {
  const act = useAct();
  const words = w().duty;
  const [first] = people;
  const [person, setPerson] = useState<PersonId | null>(first?.person ?? null);
  const [from, setFrom] = useState<number | null>(null);
  const [until, setUntil] = useState<number | null>(usualEnd(now.value));
  const isWrong = until !== null && until <= (from ?? now.value);
  const confirm = (): void => {
    if (person === null || until === null || isWrong) return;
    void act.run(() => onShift(person, from ?? Date.now(), until));
  };
  return (
    <div class="duty-form">
      {isHandOver && (
        <Choice<PersonId>
          legend={words.who}
          options={people.map((one) => [one.person, one.name])}
          value={person}
          onValue={setPerson}
        />
      )}
      {isHandOver && (
        <InstantField label={words.from} value={from} onValue={setFrom} optional={true} />
      )}
      <InstantField label={words.to} value={until} onValue={setUntil} />
      <p role="status">{isWrong ? words.wrongOrder : ''}</p>
      <div class="acts">
        <ActButton act={act} onAct={confirm}>
          {words.confirm}
        </ActButton>
        <button type="button" class="plain" onClick={onGiveUp}>
          {words.giveUp}
        </button>
      </div>
      <TroubleLine trouble={act.trouble.value} />
    </div>
  );
}
