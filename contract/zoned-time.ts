/**
 * Instants and the clocks on people's walls, summer time included. Only `Intl` knows the zones: no
 * rule of a zone stands here.
 */
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

const formats = new Map<string, Intl.DateTimeFormat>();
/** By zone, then by quarter of an hour. */
const offsets = new Map<string, Map<number, number>>();
/** Zones, and quarters of an hour of each, that are remembered. */
const REMEMBERED = 2000;
/** No zone puts its clocks forward or back but at the turn of a quarter of an hour. */
const QUARTER_MS = 15 * MINUTE_MS;

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-u-hc-h23', {
    ...{ timeZone, year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  });
  if (formats.size >= REMEMBERED) formats.clear();
  formats.set(timeZone, format);
  return format;
}

export function isTimeZone(zone: string): boolean {
  try {
    return formatOf(zone).format(0) !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** What the wall says at that instant, as if it were UTC. */
const wallOf = (timeZone: string, instant: number): number => instant + offsetAt(timeZone, instant);

/** Asking the platform costs more than all the rest of a policy; instants come again and again. */
function offsetAt(timeZone: string, instant: number): number {
  const quarter = Math.floor(instant / QUARTER_MS);
  const ofZone = offsetsOf(timeZone);
  const known = ofZone.get(quarter);
  if (known !== undefined) return known;
  if (ofZone.size >= REMEMBERED) ofZone.clear();
  const at = quarter * QUARTER_MS;
  const offset = readWall(timeZone, at) - at;
  ofZone.set(quarter, offset);
  return offset;
}

function offsetsOf(timeZone: string): Map<number, number> {
  const known = offsets.get(timeZone);
  if (known !== undefined) return known;
  if (offsets.size >= REMEMBERED) offsets.clear();
  const fresh = new Map<number, number>();
  offsets.set(timeZone, fresh);
  return fresh;
}

function readWall(timeZone: string, instant: number): number {
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
