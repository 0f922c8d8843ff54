/**
 * Instants and the clocks on people's walls, summer time included. Only `Intl` knows the zones: no
 * rule of a zone stands here.
 */
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-u-hc-h23', {
    ...{ timeZone, year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  });
  formats.set(timeZone, format);
  return format;
}

/** What the wall says at that instant, as if it were UTC. */
function wallOf(timeZone: string, instant: number): number {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(instant)
      .map((p) => [p.type, p.value]),
  );
  const read = (part: Intl.DateTimeFormatPartTypes): number => Number(parts.get(part));
  const [year, month, day] = [read('year'), read('month') - 1, read('day')];
  return Date.UTC(year, month, day, read('hour'), read('minute'), read('second'));
}

/** The day on the wall at that instant, counted from 1970-01-01. */
export function dayOf(timeZone: string, instant: number): number {
  return Math.floor(wallOf(timeZone, instant) / DAY_MS);
}

/** ISO weekday of such a day: 1 is Monday. */
export function weekdayOf(day: number): number {
  return new Date(day * DAY_MS).getUTCDay() || 7;
}

/**
 * The instant at which the wall shows that minute of that day: the first of two where it comes
 * twice; where summer time leaps over it, as long after midnight as it would have been.
 */
export function instantOf(timeZone: string, day: number, minute: number): number {
  const wall = day * DAY_MS + minute * MINUTE_MS;
  const before = wall - offsetAt(timeZone, wall - DAY_MS);
  const after = wall - offsetAt(timeZone, wall + DAY_MS);
  return wallOf(timeZone, before) !== wall && wallOf(timeZone, after) === wall ? after : before;
}

function offsetAt(timeZone: string, instant: number): number {
  return wallOf(timeZone, instant) - instant;
}
