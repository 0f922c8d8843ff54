/**
 * Keys and words that were opened must not outlive a lock. Where a passkey shuts this device, the
 * whole page goes when the lock falls, with its worker: what they held is nowhere any more, and the
 * page that comes back knows only whose it is. What is under way is written first.
 */
import type { SessionView } from '@liaison/sdk/face';
import { effect } from '@preact/signals';
import { face } from '../worker/liaison.client.js';
import { signedIn } from './session.state.js';

/** Tabs of one browser share a store: who fits or opens a latch tells the others. */
const tabs = new BroadcastChannel('liaison-latch');
/** Whatever is still to be written is written by then, or was not going to be. */
const PATIENCE_MS = 2000;

/** Whether this page's worker holds what a passkey should be asked for now. */
function mustGo(before: SessionView | null, now: SessionView): boolean {
  const isOver = now.state === 'locked' || now.state === 'signed-out';
  if (now.latch === 'open') return isOver;
  return now.latch === 'shut' && before !== null && before.latch !== 'shut';
}

async function leave(): Promise<void> {
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  // Refused or not, the page goes: nothing may keep the keys here.
  await Promise.race([face.leaveMemory().catch(() => undefined), patience]);
  location.reload();
}

export function guardMemory(): void {
  let before: SessionView | null = null;
  let isLeaving = false;
  tabs.onmessage = () => {
    // Another tab's passkey shut the store under us: what is open here goes too.
    if (before !== null && before.latch === 'browser' && !isLeaving) {
      isLeaving = true;
      void leave();
    }
  };
  effect(() => {
    const now = signedIn.value;
    if (now === null || isLeaving) return;
    if (before?.latch === 'browser' && now.latch === 'open') tabs.postMessage('fitted');
    isLeaving = mustGo(before, now);
    before = now;
    if (isLeaving) void leave();
  });
}
