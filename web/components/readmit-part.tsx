/**
 * Members of a circle who began a new identity: an admin lets them in again, or nobody does. Shown
 * to who may decide, circle by circle and by its name: others are told by the change of identity.
 */
import type { ReturningView } from '@liaison/sdk/face.recovery';
import type { CircleId } from '@liaison/contract/ids';
import { useAct } from '../state/act.state.js';
import { now } from '../state/clock.state.js';
import { useLive, valueOf } from '../state/loaded.state.js';
import { exactTime } from '../words/times.js';
import { w } from '../words/words.js';
import { face } from '../worker/liaison.client.js';
import { ActButton } from './act-button.js';
import { PersonButton } from './person-card.js';
import { TroubleLine } from './trouble-line.js';

interface ReadmitProps {
  readonly circle: CircleId;
  readonly name: string;
}

export function ReadmitPart({ circle, name }: ReadmitProps) {
  const returning = useLive(
    () => face.returning(circle),
    (change) => change.what === 'circle' || change.what === 'people',
    circle,
  );
  const waiting = (valueOf(returning.signal.value) ?? []).filter(({ mayReadmit }) => mayReadmit);
  return (
    <>
      {waiting.map((one) => (
        <Returning
          key={one.person.person}
          circle={circle}
          name={name}
          one={one}
          onDone={() => returning.refresh()}
        />
      ))}
    </>
  );
}

interface ReturningProps extends ReadmitProps {
  readonly one: ReturningView;
  readonly onDone: () => Promise<void>;
}

function Returning({ circle, name, one, onDone }: ReturningProps) {
  const act = useAct();
  const words = w().identity;
  const readmit = async (): Promise<void> => {
    await face.readmit(circle, one.person.person);
    await onDone();
  };
  return (
    <div class="alarm" role="status">
      <p>{words.returning(one.person.name, exactTime(one.since, now.value))}</p>
      <PersonButton person={one.person} />
      <p class="hint">{words.readmitHint}</p>
      <TroubleLine trouble={act.trouble.value} />
      <ActButton act={act} look="second" onAct={() => void act.run(readmit)}>
        {words.readmit(name)}
      </ActButton>
    </div>
  );
}
