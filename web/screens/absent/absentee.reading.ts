/** Where an addressee without an account stands, in one word and in sentences. */
import type { AbsenteeView, HandOverView } from '@liaison/sdk/face';
import type { IconName } from '../../components/icon.js';
import type { Tone } from '../../components/state-mark.js';
import { isAbsentLate } from '../../state/handoff.standing.js';
import { exactTime } from '../../words/times.js';
import { w } from '../../words/words.js';

interface AbsenteeMark {
  readonly tone: Tone;
  readonly shape: IconName;
  readonly word: string;
}

/** Told on the telephone or not, nobody has taken it: the word says so. */
export function absenteeMark(one: AbsenteeView, now: number): AbsenteeMark {
  const words = w().absent.states;
  if (one.phase === 'admitted') return { tone: 'quiet', shape: 'arrow', word: words.admitted };
  if (one.arrived !== null) return { tone: 'accent', shape: 'people', word: words.arrived };
  if (isAbsentLate(one, now)) return { tone: 'late', shape: 'alert', word: words.late };
  const told = one.handedOver.length > 0;
  return { tone: 'pending', shape: 'ring', word: told ? words.told : words.awaited };
}

export function absentName({ who }: AbsenteeView): string {
  return who.state === 'open' ? who.value.name : w().absent.somebody;
}

export function handOverSentence({ said, by }: HandOverView, now: number): string {
  const words = w().absent;
  if (said.state !== 'open') return words.toldBy(by.name);
  const { how, to, at } = said.value;
  return words.told(words.byWay[how], to, exactTime(at, now), by.name);
}
