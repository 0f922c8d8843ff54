/** Until when somebody who is asked instead of another may take their time. */
const AGAIN_MS = 2 * 3_600_000;

/** The former due time while it is still ahead by as much; otherwise two hours from now. */
export const dueAgain = (due: number, now: number): number => Math.max(due, now + AGAIN_MS);
