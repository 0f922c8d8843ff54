/**
 * Waiting, in a play: until what somebody did has reached the server, or what reaches others shows.
 */
import type { Liaison } from '@liaison/sdk/liaison';

const STEP_MS = 20;
const PATIENCE_MS = 30_000;

/** Looks again until there is something to see. */
export async function until<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += STEP_MS) {
    const seen = await look();
    if (seen !== null) return seen;
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  }
  throw new Error(`Waited ${PATIENCE_MS / 1000} s in vain: ${what}.`);
}

/** Nothing of theirs is on its way any more. */
export async function allSent(liaison: Liaison): Promise<void> {
  await until('something was not sent', async () => {
    return (await liaison.connection()).waiting === 0 ? true : null;
  });
}
