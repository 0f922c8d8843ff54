/** Until when somebody who is asked instead of another may take their time. */
import type { HandoffView } from '@liaison/sdk/face';

const AGAIN_MS = 2 * 3_600_000;

/** The former due time while it is still ahead by as much; otherwise as is usual, or two hours. */
export const dueAgain = (
  due: number,
  { answerMs }: Pick<HandoffView, 'answerMs'>,
  now: number,
): number => Math.max(due, now + Math.min(AGAIN_MS, answerMs));
