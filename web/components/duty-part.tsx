/**
 * Who answers for a team now, and the two taps by which its members say so: "I do", or somebody
 * else from an hour on. Of a team that is not one's own nothing stands here.
 */
import { memberRef, type PersonId } from '@liaison/contract/ids';
import type { PartyView, PersonView } from '@liaison/sdk/face';
import type { DutyView, ShiftView } from '@liaison/sdk/face.care';
import { useState } from 'preact/hooks';
import { useAct } from '../state/act.state.js';
import { now } from '../state/clock.state.js';
import { useLive, valueOf } from '../state/loaded.state.js';
import { signedIn } from '../state/session.state.js';
import { exactTime } from '../words/times.js';
import { w } from '../words/words.js';
import { face } from '../worker/liaison.client.js';
import { ActButton } from './act-button.js';
import { DutyForm } from './duty-form.js';
import { PersonName } from './person-name.js';
import { TroubleLine } from './trouble-line.js';

interface DutyPartProps {
  readonly team: PartyView;
  readonly people: readonly PersonView[];
}

export function DutyPart({ team, people }: DutyPartProps) {
  const ref = memberRef(team.member);
  const circle = ref.type === 'team' ? ref.team : null;
  const duty = useLive(
    async () => (circle === null ? null : face.duty(circle)),
    (change) => change.what === 'circle' && change.circle === circle,
    team.member,
  );
  const view = valueOf(duty.signal.value);
  if (view === null || circle === null) return null;
  const declare = async (person: PersonId | null, from: number, until: number): Promise<void> => {
    await face.declareHolder(circle, person, from, until);
    await duty.refresh();
  };
  return <Answering view={view} people={people} declare={declare} />;
}

interface AnsweringProps {
  readonly view: DutyView;
  readonly people: readonly PersonView[];
  readonly declare: (person: PersonId | null, from: number, until: number) => Promise<void>;
}

function Answering({ view, people, declare }: AnsweringProps) {
  const [asking, setAsking] = useState<'me' | 'other' | null>(null);
  const words = w().duty;
  const me = signedIn.value?.person ?? null;
  const others = people.filter(({ person }) => person !== me);
  const done = async (...shift: Parameters<typeof declare>): Promise<void> => {
    await declare(...shift);
    setAsking(null);
  };
  return (
    <section class="duty">
      <h3>{words.title}</h3>
      <p role="status">
        {view.now === null ? <b>{words.whole}</b> : <PersonName person={view.now.person} />}
        {view.now !== null && ` ${words.until(exactTime(view.now.until, now.value))}`}
      </p>
      {view.next.length > 0 && <Next shifts={view.next} />}
      <p class="hint">{words.hint}</p>
      {asking === null ? (
        <Acts view={view} onAsk={setAsking} onGiveBack={done} hasOthers={others.length > 0} />
      ) : (
        <DutyForm
          people={asking === 'me' ? people.filter(({ person }) => person === me) : others}
          isHandOver={asking === 'other'}
          onShift={done}
          onGiveUp={() => setAsking(null)}
        />
      )}
    </section>
  );
}

function Next({ shifts }: { readonly shifts: readonly ShiftView[] }) {
  const words = w().duty;
  return (
    <>
      <p>{words.next}</p>
      <ul class="plain-list">
        {shifts.map(({ person, from, until }) => (
          <li key={from}>
            <PersonName person={person} />{' '}
            {words.shift(exactTime(from, now.value), exactTime(until, now.value))}
          </li>
        ))}
      </ul>
    </>
  );
}

interface ActsProps {
  readonly view: DutyView;
  readonly hasOthers: boolean;
  readonly onAsk: (whom: 'me' | 'other') => void;
  readonly onGiveBack: AnsweringProps['declare'];
}

function Acts({ view, hasOthers, onAsk, onGiveBack }: ActsProps) {
  const act = useAct();
  const words = w().duty;
  const { now: holds } = view;
  return (
    <>
      <div class="acts">
        <button type="button" class="primary" onClick={() => onAsk('me')}>
          {words.take}
        </button>
        {hasOthers && (
          <button type="button" class="second" onClick={() => onAsk('other')}>
            {words.pass}
          </button>
        )}
        {holds !== null && (
          <ActButton
            act={act}
            look="plain"
            onAct={() => void act.run(() => onGiveBack(null, Date.now(), holds.until))}
          >
            {words.giveBack}
          </ActButton>
        )}
      </div>
      <TroubleLine trouble={act.trouble.value} />
    </>
  );
}
