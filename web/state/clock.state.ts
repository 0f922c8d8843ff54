/**
 * The present instant, as screens show it. One timer for all relative times, slow enough not to
 * drain a phone and quick enough that "dans 2 min" is never a lie.
 */
import { signal } from '@preact/signals';

const TICK_MS = 20_000;

export const now = signal(Date.now());

export function startClock(): void {
  setInterval(() => (now.value = Date.now()), TICK_MS);
  // A phone that slept shows the right time before the next tick.
  document.addEventListener('visibilitychange', () => (now.value = Date.now()));
}
