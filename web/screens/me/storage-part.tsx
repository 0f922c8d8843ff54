/** Whether this browser keeps what Liaison stores, and what to do where it does not promise it. */
import { ActButton } from '../../components/act-button.js';
import { InstallSteps } from '../../components/install-steps.js';
import { StateMark } from '../../components/state-mark.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { askToKeep, installWay, keeping } from '../../state/storage.state.js';
import { w } from '../../words/words.js';

export function StoragePart() {
  const act = useAct();
  const words = w().latch;
  if (keeping.value === 'unknown') return null;
  const way = installWay();
  return (
    <section>
      <h2>{words.storage}</h2>
      {keeping.value === 'kept' ? (
        <>
          <p>
            <StateMark tone="done" shape="check" word={words.kept} />
          </p>
          <p class="hint">{words.keptWhy}</p>
        </>
      ) : (
        <>
          <p>
            <StateMark tone="pending" shape="clock" word={words.evictable} />
          </p>
          <p>{words.evictableWhy}</p>
          {way !== null && <p>{words.installWhy}</p>}
          {way !== null && <InstallSteps way={way} />}
          <TroubleLine trouble={act.trouble.value} />
          <ActButton act={act} look="second" onAct={() => void act.run(askToKeep)}>
            {words.askAgain}
          </ActButton>
        </>
      )}
    </section>
  );
}
