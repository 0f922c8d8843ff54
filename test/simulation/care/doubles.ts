/**
 * What a care life did more than once. Each arming of a deadline fires once; somebody is told of a
 * thing, in the app and outside, no more often than something called them to it; the same id leaves
 * again only where its sender ended, or the database went away, before it could be marked.
 */
import type { CircleId, PersonId } from '@liaison/contract/ids';
import type { Sent } from './outside.js';
import type { CareTables } from './rows/tables.js';

interface Thing {
  readonly person: PersonId;
  readonly reason: string;
  readonly circle: CircleId | null;
}

const keyOf = ({ person, reason, circle }: Thing): string =>
  [person, reason, circle ?? ''].join(' ');

function counted<T, K>(all: readonly T[], key: (one: T) => K): Map<K, number> {
  const counts = new Map<K, number>();
  for (const one of all) counts.set(key(one), (counts.get(key(one)) ?? 0) + 1);
  return counts;
}

/** Of these things, those that are more than what called for them. */
function beyondCauses({ calls }: CareTables, things: readonly Thing[], what: string): string[] {
  const all = calls.all();
  const caused = counted(all, keyOf);
  const reasons = new Map(things.map((one) => [keyOf(one), one.reason]));
  return [...counted(things, keyOf)].flatMap(([key, count]) => {
    // Whoever stands in is called by what calls another.
    const most = reasons.get(key) === 'stand-in' ? all.length : (caused.get(key) ?? 0);
    return count > most ? [`${key}: ${count} ${what}, called ${most} times`] : [];
  });
}

export function doublesInApp(rows: CareTables): string[] {
  const { fired, noticed, notices, told } = rows;
  const twice = [...counted(fired.all(), ({ arming }) => arming)].filter(([, count]) => count > 1);
  const unread = notices.all().filter(({ readAt }) => readAt === null);
  const waiting = [...counted(unread, keyOf)].filter(([, count]) => count > 1);
  return [
    ...twice.map(([arming, count]) => `arming ${arming} fired ${count} times`),
    ...waiting.map(([key, count]) => `${key} waits ${count} times`),
    ...beyondCauses(
      rows,
      noticed.all().filter(({ isNew }) => isNew),
      'notices',
    ),
    ...beyondCauses(rows, told.all(), 'tellings'),
  ];
}

/** Distinct ids: one for each time that somebody was told, by each channel. */
export function doublesOutside(rows: CareTables): string[] {
  const { told, mails, pushes } = rows;
  const moments = new Map(told.all().map((one) => [`${one.person} ${one.trueAt}`, one.person]));
  const times = counted([...moments.values()], (person) => person);
  return [mails.all(), pushes.all()].flatMap((ids) => [
    ...beyondCauses(rows, ids, 'ids'),
    ...[...counted(ids, ({ person }) => person)].flatMap(([person, count]) => {
      const most = times.get(person) ?? 0;
      return count > most ? [`${person}: ${count} ids, told ${most} times`] : [];
    }),
  ]);
}

export function sentAgain(sent: readonly Sent[]) {
  const last = new Map<string, number>();
  const doubles: string[] = [];
  let resent = 0;
  for (const { channel, id, to, troubles } of sent) {
    const key = [channel, id, to].join(' ');
    const before = last.get(key);
    last.set(key, troubles);
    if (before === undefined) continue;
    resent += 1;
    if (before === troubles) doubles.push(`${key} sent again for nothing`);
  }
  return { resent, doubles };
}
