/**
 * A value that is read from the SDK and read again when something that concerns it changed.
 * While it is read again the former value stays on screen: nothing flickers.
 */
import type { Change } from '@liaison/sdk/face';
import { type Signal, signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { asTrouble, type Trouble } from '../worker/trouble.js';

export type Loaded<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'failed'; readonly trouble: Trouble };

export type Concern = (change: Change) => boolean;

const listeners = new Set<(change: Change) => void>();

export function tellChange(change: Change): void {
  for (const listener of listeners) listener(change);
}

export interface Live<T> {
  readonly signal: Signal<Loaded<T>>;
  refresh(): Promise<void>;
  stop(): void;
}

/** Reads once now, then after each change of concern; changes during a reading cause one more. */
export function live<T>(read: () => Promise<T>, concerns: Concern): Live<T> {
  const value = signal<Loaded<T>>({ state: 'loading' });
  let running: Promise<void> | null = null;
  // Counts questions: an answer is the last one only if nothing was asked meanwhile.
  let asked = 0;
  const readAll = async (): Promise<void> => {
    let at: number;
    do {
      at = asked;
      try {
        value.value = { state: 'ready', value: await read() };
      } catch (cause) {
        // What was read before is still true enough to be shown; a first failure is not hidden.
        if (value.value.state !== 'ready') {
          value.value = { state: 'failed', trouble: asTrouble(cause) };
        }
      }
    } while (at !== asked);
    running = null;
  };
  const refresh = (): Promise<void> => {
    asked += 1;
    running ??= readAll();
    return running;
  };
  const onChange = (change: Change): void => {
    if (concerns(change)) void refresh();
  };
  listeners.add(onChange);
  void refresh();
  return { signal: value, refresh, stop: () => listeners.delete(onChange) };
}

/** The same for one component: it stops when the component goes, starts anew when `key` changes. */
export function useLive<T>(read: () => Promise<T>, concerns: Concern, key: string): Live<T> {
  // `read` and `concerns` are new at each render; `key` says when they mean something else.
  const current = useMemo(() => live(read, concerns), [key]);
  useEffect(() => () => current.stop(), [current]);
  return current;
}

export const valueOf = <T>(loaded: Loaded<T>): T | null =>
  loaded.state === 'ready' ? loaded.value : null;
