/**
 * Whether what was learnt at an instant is still believed. A clock that has gone back since says
 * nothing of how long ago that was: then it is asked for again, instead of being believed until the
 * clock has caught up.
 */
export function isFresh(learntAt: number, now: number, maxAgeMs: number): boolean {
  return learntAt <= now && now - learntAt < maxAgeMs;
}
