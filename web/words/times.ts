/**
 * Times as people say them: "dans 40 min", "demain 12:00". The exact instant always stands beside,
 * because a deadline that is only relative cannot be read to somebody on the telephone.
 */
import { language } from '../state/preference.state.js';
import { w } from './words.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const LENGTHS = [
  [DAY, 'day'],
  [HOUR, 'hour'],
  [MINUTE, 'minute'],
] as const;

const locale = (): string => (language.value === 'fr' ? 'fr-FR' : 'en-GB');

const formats = new Map<string, Intl.DateTimeFormat>();

function format(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale()}/${name}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale(), options);
  formats.set(key, known);
  return known;
}

export const clockTime = (at: number): string =>
  format('time', { hour: '2-digit', minute: '2-digit' }).format(at);

/** Whole calendar days between two instants, in this device's time zone. */
function daysBetween(from: number, to: number): number {
  const midnight = (at: number): number => new Date(at).setHours(0, 0, 0, 0);
  return Math.round((midnight(to) - midnight(from)) / DAY);
}

function dayName(at: number, present: number): string {
  const days = daysBetween(present, at);
  if (days === 0) return w().frame.today;
  if (days === 1) return w().frame.tomorrow;
  if (days === -1) return w().frame.yesterday;
  const near = Math.abs(days) < 6;
  if (near) return format('weekday', { weekday: 'long' }).format(at);
  return format('date', { day: 'numeric', month: 'short', year: 'numeric' }).format(at);
}

/** "aujourd’hui à 16:42": the exact instant, as short as it can be without doubt. */
export const exactTime = (at: number, present: number): string =>
  w().frame.at(dayName(at, present), clockTime(at));

/** A limit in the shortest words: "19:00" today, "demain à 12:00" otherwise. */
export const deadline = (at: number, present: number): string =>
  daysBetween(present, at) === 0 ? clockTime(at) : exactTime(at, present);

/** "dans 40 min", "il y a 3 h"; beyond a few hours the exact instant says more. */
export function relativeTime(at: number, present: number): string {
  const away = at - present;
  const distance = Math.abs(away);
  if (distance < MINUTE) return w().frame.justNow;
  const relative = new Intl.RelativeTimeFormat(locale(), { style: 'short' });
  if (distance < HOUR) return relative.format(Math.trunc(away / MINUTE), 'minute');
  if (isNear(at, present)) return relative.format(Math.round(away / HOUR), 'hour');
  return exactTime(at, present);
}

/** "20 minutes", "4 heures", "3 jours": how long something lasts, in its largest whole unit. */
export function lasting(ms: number): string {
  const [size, unit] = LENGTHS.find(([length]) => ms % length === 0) ?? [MINUTE, 'minute'];
  const options = { style: 'unit', unit, unitDisplay: 'long' } as const;
  return new Intl.NumberFormat(locale(), options).format(Math.round(ms / size));
}

/** Whether `relativeTime` says more than the clock does. */
export const isNear = (at: number, present: number): boolean => Math.abs(at - present) < 6 * HOUR;

/** A calendar date written YYYY-MM-DD, as people write it; unchanged when it is none. */
/** What is printed or kept for years: the whole date, the same on whichever day it is read. */
export const wholeDate = (at: number): string =>
  format('whole', {
    ...{ day: 'numeric', month: 'long', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit' },
  }).format(at);

export function calendarDate(iso: string): string {
  const at = Date.parse(`${iso}T12:00:00`);
  if (Number.isNaN(at)) return iso;
  return format('calendar', { day: 'numeric', month: 'long', year: 'numeric' }).format(at);
}

/** Whole years from a birth date to an instant. */
export function ageAt(birthDate: string, at: number): number | null {
  const born = new Date(`${birthDate}T12:00:00`);
  if (Number.isNaN(born.getTime())) return null;
  const then = new Date(at);
  const had = new Date(then.getFullYear(), born.getMonth(), born.getDate()).getTime() <= at;
  return then.getFullYear() - born.getFullYear() - (had ? 0 : 1);
}

const pad = (n: number): string => String(n).padStart(2, '0');

/** YYYY-MM-DD in this device's time zone. */
export function isoDay(at: number): string {
  const d = new Date(at);
  return `${d.getFullYear()}-${pad(d.getMonth() + 1)}-${pad(d.getDate())}`;
}
