/**
 * Days and hours as people type them in French: "16/11/2026", "16/11", "161126", "demain 9 h",
 * "18h30". Pure: the same text at the same present gives the same answer, whatever the browser's
 * own language. What cannot be read gives null, and stays in the field.
 */
const DAY = /^(\d{1,2})[/. -](\d{1,2})(?:[/. -](\d{4}|\d{2}))?$/;
const DIGITS = /^(\d{2})(\d{2})(\d{4}|\d{2})$/;
const ISO_DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const HOUR = /^(\d{1,2})(?:\s*(?:h|:)\s*(\d{2})?)$/i;
const WITH_HOUR = /^(.*?)[\s,à]*(\d{1,2}\s*(?:h|:)\s*(?:\d{2})?)$/i;
/** Two digits further ahead than this are of the century before: birth dates are typed so. */
const YEARS_AHEAD = 5;
const CENTURY = 100;

const pad = (n: number): string => String(n).padStart(2, '0');

function wholeYear(text: string | undefined, present: Date): number {
  const now = present.getFullYear();
  if (text === undefined) return now;
  if (text.length === 4) return Number(text);
  const year = now - (now % CENTURY) + Number(text);
  return year > now + YEARS_AHEAD ? year - CENTURY : year;
}

/** YYYY-MM-DD where such a day exists. */
function isoOf(year: number, month: number, day: number): string | null {
  const date = new Date(year, month - 1, day);
  const exists = date.getMonth() === month - 1 && date.getDate() === day;
  return exists ? `${year}-${pad(month)}-${pad(day)}` : null;
}

export function readDay(text: string, present: number): string | null {
  const iso = ISO_DAY.exec(text.trim());
  if (iso !== null) return isoOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const typed = DAY.exec(text.trim()) ?? DIGITS.exec(text.trim());
  if (typed === null) return null;
  const year = wholeYear(typed[3], new Date(present));
  return isoOf(year, Number(typed[2]), Number(typed[1]));
}

/** "2026-11-16" as "16/11/2026"; empty where there is none. */
export function writtenDay(iso: string): string {
  const [, year, month, day] = ISO_DAY.exec(iso) ?? [];
  return year === undefined ? '' : `${day ?? ''}/${month ?? ''}/${year}`;
}

/** Days that have a name, in both languages of the app. */
const NAMED_DAYS: Readonly<Record<string, number>> = {
  '': 0,
  'aujourd’hui': 0,
  "aujourd'hui": 0,
  today: 0,
  demain: 1,
  tomorrow: 1,
};

function midnightOf(text: string, present: number): Date | null {
  const day = text.trim().toLowerCase();
  const ahead = NAMED_DAYS[day];
  const midnight = new Date(present);
  midnight.setHours(0, 0, 0, 0);
  if (ahead !== undefined) {
    midnight.setDate(midnight.getDate() + ahead);
    return midnight;
  }
  const iso = readDay(day, present);
  return iso === null ? null : new Date(`${iso}T00:00:00`);
}

/** An instant: a day, named or written, and an hour; an hour alone is today's. */
export function readInstant(text: string, present: number): number | null {
  const parts = WITH_HOUR.exec(text.trim());
  const hour = HOUR.exec(parts?.[2] ?? '');
  const midnight = midnightOf(parts?.[1] ?? '', present);
  if (hour === null || midnight === null) return null;
  const [hours, minutes] = [Number(hour[1]), Number(hour[2] ?? '0')];
  return hours > 23 || minutes > 59 ? null : midnight.setHours(hours, minutes);
}

/** "16/11/2026 18:00", the form that the field shows and reads. */
export function writtenInstant(at: number): string {
  const date = new Date(at);
  const day = `${pad(date.getDate())}/${pad(date.getMonth() + 1)}/${date.getFullYear()}`;
  return `${day} ${pad(date.getHours())}:${pad(date.getMinutes())}`;
}

/** Today or tomorrow at an hour. */
export function dayAt(present: number, daysAhead: number, hours: number): number {
  const date = new Date(present);
  date.setDate(date.getDate() + daysAhead);
  return date.setHours(hours, 0, 0, 0);
}
