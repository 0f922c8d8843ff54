/** "Remis par téléphone à … à 16:40": a statement for the colleagues, never an acceptance. */
import type { HandOverWay } from '@liaison/contract/absentee';
import { HAND_OVER_WAYS } from '@liaison/contract/handoff.lists';
import type { CircleId } from '@liaison/contract/ids';
import type { AbsenteeView } from '@liaison/sdk/face';
import { useState } from 'preact/hooks';
import { ActButton } from '../../components/act-button.js';
import { Choice } from '../../components/choice.js';
import { Field } from '../../components/field.js';
import { InstantField } from '../../components/instant-field.js';
import { Sheet } from '../../components/sheet.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';

interface HandOverProps {
  readonly id: CircleId;
  readonly one: AbsenteeView;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function HandOverSheet({ id, one, onClose, onDone }: HandOverProps) {
  const who = one.who.state === 'open' ? one.who.value.name : '';
  const [to, setTo] = useState(who);
  const [how, setHow] = useState<HandOverWay>('phone');
  const [at, setAt] = useState<number | null>(() => Date.now());
  const [note, setNote] = useState('');
  const act = useAct();
  const words = w().absent;
  const say = async (): Promise<void> => {
    const said = { to: to.trim() || who, how, at: at ?? Date.now(), note: note.trim() };
    if (!(await act.run(() => face.handOver(id, one.absentee, said)))) return;
    onDone();
    onClose();
  };
  return (
    <Sheet title={words.handOver} onClose={onClose}>
      <p>{words.handOverHint}</p>
      <Choice
        legend={words.how}
        options={HAND_OVER_WAYS.map((way) => [way, words.ways[way]] as const)}
        value={how}
        onValue={setHow}
      />
      <Field label={words.toWhom} value={to} onValue={setTo} />
      <InstantField label={words.when} past={true} value={at} onValue={setAt} />
      <Field label={w().home.note} lines={2} value={note} onValue={setNote} />
      <TroubleLine trouble={act.trouble.value} />
      <ActButton act={act} icon="check" onAct={() => void say()}>
        {words.sayIt}
      </ActButton>
    </Sheet>
  );
}
