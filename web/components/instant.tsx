/** An instant: relative first, exact under it, and machine-readable for whoever copies it. */
import { now } from '../state/clock.state.js';
import { exactTime, relativeTime } from '../words/times.js';

interface InstantProps {
  readonly at: number;
  readonly stacked?: boolean;
}

export function Instant({ at, stacked = false }: InstantProps) {
  const relative = relativeTime(at, now.value);
  const exact = exactTime(at, now.value);
  const date = new Date(at).toISOString();
  if (!stacked || relative === exact) {
    return (
      <time dateTime={date} title={exact}>
        {relative}
      </time>
    );
  }
  return (
    <time class="instant" dateTime={date}>
      {relative}
      <small>{exact}</small>
    </time>
  );
}
