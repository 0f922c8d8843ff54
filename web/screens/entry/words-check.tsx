/** Three recovery words typed back, drawn at random, so that the paper is proven to exist. */
import { useMemo, useState } from 'preact/hooks';
import { ActButton } from '../../components/act-button.js';
import { Field } from '../../components/field.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { session } from '../../state/session.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';

const ASKED = 3;

/** Distinct positions, in the order in which they stand on the paper. */
export function drawPositions(count: number, wanted: number): readonly number[] {
  const chance = crypto.getRandomValues(new Uint32Array(count));
  const shuffled = [...chance.entries()].sort(([, a], [, b]) => a - b);
  return shuffled
    .slice(0, wanted)
    .map(([position]) => position)
    .sort((a, b) => a - b);
}

interface WordsCheckProps {
  readonly count: number;
  readonly onBack: () => void;
  /** The paper was kept; nothing said: the screens look at the session again. */
  readonly onDone?: () => Promise<void>;
}

export function WordsCheck({ count, onBack, onDone }: WordsCheckProps) {
  const positions = useMemo(() => drawPositions(count, ASKED), [count]);
  const [typed, setTyped] = useState<Readonly<Record<number, string>>>({});
  const [wrong, setWrong] = useState(false);
  const act = useAct();
  const text = w().entry;
  const finish = async (): Promise<void> => {
    const right = await face.confirmRecovery(typed);
    setWrong(!right);
    if (right) await (onDone ?? session().refresh)();
  };
  const onSubmit = (event: Event): void => {
    event.preventDefault();
    void act.run(finish);
  };
  return (
    <form onSubmit={onSubmit}>
      <h2>{text.typeBack}</h2>
      <div class="three">
        {positions.map((position) => (
          <Field
            key={position}
            label={text.word(position + 1)}
            value={typed[position] ?? ''}
            wrong={wrong}
            onValue={(value) => setTyped({ ...typed, [position]: value.trim().toLowerCase() })}
          />
        ))}
      </div>
      {wrong && (
        <p class="trouble" role="alert">
          {text.wrongWords}
        </p>
      )}
      <TroubleLine trouble={act.trouble.value} />
      <div class="acts">
        <ActButton act={act} onAct={() => void act.run(finish)}>
          {text.finish}
        </ActButton>
        <button type="button" class="second" onClick={onBack}>
          {text.seeAgain}
        </button>
      </div>
    </form>
  );
}
