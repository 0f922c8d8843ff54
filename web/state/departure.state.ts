/**
 * A draft on its way: kept by the SDK from the moment it was sent, taken by the server now or when
 * it can be reached again. Nobody is kept before a button that turns while there is no network.
 */
import type { LeavingDraft } from '@liaison/sdk/face';
import type { Uuid } from '@liaison/contract/ids';
import { effect } from '@preact/signals';
import { connection } from './lists.state.js';
import { valueOf } from './loaded.state.js';

/** A server that answers has taken a letter by then. */
const LONG_MS = 6000;

export function departureOf(draft: Uuid): LeavingDraft | null {
  const { leaving = [] } = valueOf(connection().signal.value) ?? {};
  return leaving.find((one) => one.draft === draft) ?? null;
}

/** Resolves once the draft is kept for sending and the server does not take it for now. */
export async function leavesLater(draft: Uuid): Promise<void> {
  const started = Date.now();
  let stop: () => void = () => undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  await new Promise<void>((resolve) => {
    const look = (): void => {
      const isAway = valueOf(connection().signal.value)?.live === 'offline';
      const isLong = Date.now() - started >= LONG_MS;
      if (departureOf(draft)?.refusal === null && (isAway || isLong)) resolve();
    };
    timer = setTimeout(look, LONG_MS);
    stop = effect(look);
  });
  clearTimeout(timer);
  stop();
}
