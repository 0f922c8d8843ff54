/**
 * One act of a person: busy while it runs, and its refusal kept beside the button that was
 * pressed, so that the sentence stands where the hand is.
 */
import { type ReadonlySignal, useSignal } from '@preact/signals';
import { asTrouble, type Trouble } from '../worker/trouble.js';

export interface Act {
  readonly busy: ReadonlySignal<boolean>;
  readonly trouble: ReadonlySignal<Trouble | null>;
  /** True when it went through. A second press while it runs does nothing. */
  run(doing: () => Promise<unknown>): Promise<boolean>;
}

export function useAct(): Act {
  const busy = useSignal(false);
  const trouble = useSignal<Trouble | null>(null);
  const run = async (doing: () => Promise<unknown>): Promise<boolean> => {
    if (busy.value) return false;
    busy.value = true;
    trouble.value = null;
    try {
      await doing();
      return true;
    } catch (cause) {
      trouble.value = asTrouble(cause);
      return false;
    } finally {
      busy.value = false;
    }
  };
  return { busy, trouble, run };
}
