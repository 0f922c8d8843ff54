/** Says aloud that something new awaits, once for each request, without moving the focus. */
import { effect } from '@preact/signals';
import { awaitsMe } from './handoff.standing.js';
import { w } from '../words/words.js';
import { announce } from './announce.state.js';
import { valueOf } from './loaded.state.js';
import { handoffs } from './lists.state.js';

export function announceArrivals(): () => void {
  let known: ReadonlySet<string> | null = null;
  return effect(() => {
    const list = valueOf(handoffs().signal.value);
    if (list === null) return;
    const waiting = new Set(list.filter(awaitsMe).map(({ id }) => id as string));
    const fresh = [...waiting].filter((id) => known !== null && !known.has(id));
    known = waiting;
    if (fresh.length > 0) announce(w().frame.arrivals(fresh.length));
  });
}
