/**
 * The life of a shared post on this page: who is at it, when somebody last touched it, and its end.
 * Ending replaces the whole page, so that no memory, screen or way back holds anything of anybody.
 */
import { LIMITS } from '@liaison/contract/limits';
import { computed, effect, signal } from '@preact/signals';
import { face } from '../worker/liaison.client.js';
import { POST_PATH } from './post.mode.js';
import { judgePost, type Verdict } from './post.watch.js';
import { session, signedIn } from './session.state.js';

export const ENDS = ['done', 'idle', 'time', 'elsewhere'] as const;
export type PostEnd = (typeof ENDS)[number];

const TICK_MS = 1000;
const TOUCHES = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;
const REASON = 'fin';

/** Nothing of a person stays on screen from the moment at which the end began. */
export const isEnding = signal(false);
/** The person asked for more time before it was over. */
export const isRenewing = signal(false);

const clock = signal(Date.now());
const touchedAt = signal(Date.now());
const overSince = signal<number | null>(null);

export const verdict = computed<Verdict>(() => {
  const until = signedIn.value?.post?.until ?? null;
  if (until === null) return { say: 'open' };
  const [now, touched, over] = [clock.value, touchedAt.value, overSince.value];
  return judgePost({ now, touchedAt: touched, until, overSince: over });
});

/** How the session before ended, as the fresh page tells whoever stands before it. */
export function howItEnded(): PostEnd | null {
  const said = new URLSearchParams(location.search).get(REASON);
  return ENDS.find((one) => one === said) ?? null;
}

export async function endPost(why: PostEnd): Promise<void> {
  if (isEnding.value) return;
  isEnding.value = true;
  // A server that cannot be told keeps nobody: the page goes with all it knew, its worker too.
  const told = face.forgetDevice(true).catch(() => undefined);
  const late = new Promise((resolve) => setTimeout(resolve, LIMITS.viewWaitMs.value));
  await Promise.race([told, late]);
  location.replace(`${POST_PATH}?${REASON}=${why}`);
}

export function watchPost(now: () => number = Date.now): void {
  setInterval(() => (clock.value = now()), TICK_MS);
  for (const event of TOUCHES) {
    addEventListener(event, () => (touchedAt.value = now()), { capture: true, passive: true });
  }
  // A page that comes back from the browser's own store of pages would show what it showed.
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) location.reload();
  });
  addEventListener('beforeunload', (event) => {
    if (signedIn.value?.post && !isEnding.value) event.preventDefault();
  });
  let wasOpen = false;
  effect(() => {
    const view = signedIn.value;
    const isOpen = view?.post !== null && view?.post !== undefined;
    if (isOpen && view.state === 'locked') void endPost('idle');
    if (wasOpen && !isOpen) void endPost('elsewhere');
    wasOpen = isOpen;
    overSince.value = isOpen && view.state === 'lease-over' ? (overSince.peek() ?? now()) : null;
  });
  effect(() => {
    const { value } = verdict;
    if (value.say === 'end') void endPost(value.why);
    // Its lease is over by the clock: the worker says the same when it is asked.
    if (value.say === 'over' && signedIn.peek()?.state === 'ready') void session().refresh();
  });
}
