/**
 * What the server could not pass on, for coordinators and hospital IT: how much, since when, why,
 * and one button that gives it all back once the cause is mended. Nothing stands here without.
 */
import { useSignal } from '@preact/signals';
import { CARETAKERS, type DeadEvent } from '@liaison/contract/dead-events';
import type { SessionView } from '@liaison/sdk/face';
import { ActButton } from '../../components/act-button.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { announce } from '../../state/announce.state.js';
import { useAct } from '../../state/act.state.js';
import { now } from '../../state/clock.state.js';
import { useLive, valueOf } from '../../state/loaded.state.js';
import { exactTime } from '../../words/times.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';

export function DeadEventsPart({ session }: { readonly session: SessionView }) {
  const isCaretaker = session.roles.some(({ profession }) => CARETAKERS.includes(profession));
  return isCaretaker ? <DeadEvents /> : null;
}

function DeadEvents() {
  const act = useAct();
  const round = useSignal(0);
  const kept = useLive(
    () => face.deadEvents(),
    ({ what }) => what === 'connection',
    `dead-events ${round.value}`,
  );
  const words = w().me.dead;
  const dead = valueOf(kept.signal.value);
  if (dead === null || dead.count === 0) return null;
  const replay = async (): Promise<void> => {
    announce(words.given(await face.replayDeadEvents()));
    round.value += 1;
  };
  return (
    <section>
      <h2>{words.title(dead.count)}</h2>
      <p>{words.hint}</p>
      <ul class="plain-list">
        {dead.events.map((event) => (
          <DeadRow key={`${event.consumer} ${event.id}`} event={event} />
        ))}
      </ul>
      <ActButton act={act} look="second" busyWord={words.giving} onAct={() => void act.run(replay)}>
        {words.give}
      </ActButton>
      <TroubleLine trouble={act.trouble.value} />
    </section>
  );
}

function DeadRow({ event }: { readonly event: DeadEvent }) {
  return (
    <li class="row">
      <span class="row-head">
        <code>{`${event.consumer} ${event.id} · ${event.type}`}</code>
      </span>
      <span class="row-line">{`${exactTime(event.setAsideAt, now.value)} · ${event.cause}`}</span>
    </li>
  );
}
