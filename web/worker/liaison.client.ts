/**
 * The SDK's face as screens call it. Behind it every call goes to the worker; a refusal comes back
 * as a typed `Trouble` with the code that the SDK threw.
 */
import type { Change } from '@liaison/sdk/face';
import type { LiaisonFace } from '@liaison/sdk/liaison.face';
import { proxy, wrap } from 'comlink';
import { isPost } from '../state/post.mode.js';
import type { Bridge, FaceCall } from './bridge.js';
import { Trouble } from './trouble.js';

const worker = new Worker(new URL('./liaison.worker.ts', import.meta.url), { type: 'module' });
const bridge = wrap<Bridge>(worker);
// Messages arrive in the order in which they are sent: every call finds the store chosen.
void bridge.open(isPost ? 'memory' : 'disk');

async function call(name: FaceCall, args: readonly unknown[]): Promise<unknown> {
  const outcome = await bridge.call(name, args);
  if (outcome.ok) return outcome.value;
  throw new Trouble(outcome.code, outcome.detail);
}

/** Any method name becomes a call with that name: the interface is the list of what exists. */
export const face = new Proxy({} as Omit<LiaisonFace, 'onChange'>, {
  get:
    (_nothing, name) =>
    (...args: readonly unknown[]) =>
      call(name as FaceCall, args),
});

export async function listen(listener: (change: Change) => void): Promise<void> {
  await bridge.listen(proxy(listener));
}
