/**
 * Looks again each second while a screen stands, for what another device decides and nobody tells:
 * one look at a time, and none while the screen is hidden.
 */
import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { asTrouble, type Trouble } from '../worker/trouble.js';

const PAUSE_MS = 700;

export interface Steps<T> {
  readonly view: Signal<T | null>;
  readonly trouble: Signal<Trouble | null>;
  /** Nobody was reached when it last looked. */
  readonly away: Signal<boolean>;
}

/** `look` gives null where nothing is under way; being offline for a moment changes nothing. */
export function useSteps<T>(look: () => Promise<T | null>): Steps<T> {
  const view = useSignal<T | null>(null);
  const trouble = useSignal<Trouble | null>(null);
  const away = useSignal(false);
  useEffect(() => {
    let busy = false;
    const step = async (): Promise<void> => {
      if (busy || document.hidden || view.value === null) return;
      busy = true;
      try {
        const seen = await look();
        away.value = false;
        if (seen !== null) view.value = seen;
      } catch (cause) {
        const met = asTrouble(cause);
        away.value = met.code === 'offline';
        if (!away.value) trouble.value = met;
      } finally {
        busy = false;
      }
    };
    const timer = setInterval(() => void step(), PAUSE_MS);
    return () => clearInterval(timer);
  }, []);
  return { view, trouble, away };
}
