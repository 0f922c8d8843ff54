/**
 * What the rules of notification spare the people of a hospital: its measured day, replayed with
 * the urgent share as it was published, halved and doubled.
 */
import { ASSUMED } from './interruptions/hospital-day.parameters.js';
import { replay } from './interruptions/replay.js';
import { bounded, compared, type Figure } from './figure.js';

const SEED = 880;
/** The aim: six in ten interruptions by what can wait are spared. */
const LEFT_AT_MOST = 0.4;

export function interruptions(): Promise<Figure[]> {
  const figures = ASSUMED.urgentTimes.flatMap((times) => {
    const { before, after, urgent, urgentOnTime, longestWaitHours } = replay(SEED, times);
    const share = `urgent share × ${String(times)}`;
    const hours = ASSUMED.routineWithinWorkingHours;
    return [
      compared(`interruptions by what can wait, ${share}`, 'a day', after, before, {
        atMost: LEFT_AT_MOST,
      }),
      compared(`urgent messages told on time, ${share}`, 'messages', urgentOnTime, urgent, {
        atLeast: 1,
      }),
      bounded(`longest wait of what can wait, ${share}`, 'working hours', longestWaitHours, hours),
    ];
  });
  return Promise.resolve(figures);
}
