/** "Ce qui m'attend": requests and items of plans in one list, the most pressing first. */
import type { HandoffView } from '@liaison/sdk/face';
import { now } from '../../state/clock.state.js';
import { isSoon, type Owed } from '../../state/board.reading.js';
import { w } from '../../words/words.js';
import { RequestCard } from './request-card.js';
import { TaskCard } from './task-card.js';

const keyOf = ({ view, task }: Owed): string => `${view.id}/${task?.task ?? ''}`;

function OwedCard({ owed: { view, task } }: { readonly owed: Owed }) {
  return task === null ? <RequestCard view={view} /> : <TaskCard view={view} task={task} />;
}

interface OwedListProps {
  readonly owed: readonly Owed[];
}

export function OwedList({ owed }: OwedListProps) {
  const words = w();
  if (owed.length === 0) return null;
  const soon = owed.filter((one) => isSoon(one, now.value));
  const later = owed.filter((one) => !soon.includes(one));
  return (
    <section aria-labelledby="to-answer">
      <h2 id="to-answer">
        {words.home.toAnswer} <b class="count">{soon.length}</b>
      </h2>
      {soon.map((one) => (
        <OwedCard key={keyOf(one)} owed={one} />
      ))}
      {later.length > 0 && (
        <details class="fold">
          <summary>{words.board.later(later.length)}</summary>
          {later.map((one) => (
            <OwedCard key={keyOf(one)} owed={one} />
          ))}
        </details>
      )}
    </section>
  );
}

/** Those whose own card stands above are not listed again under it. */
export const hasCard = (owed: readonly Owed[], view: HandoffView): boolean =>
  owed.some((one) => one.task === null && one.view.id === view.id);
