/** Minutes since midnight, read as people write them (08:00, 8h30, 19 h) and written in one way. */
const HOUR = 60;
const DAY = 24;
const WRITTEN = /^(?<hours>\d{1,2})\s*(?:[:hH.]\s*(?<minutes>\d{2})?)?$/;

export function writtenMinute(minute: number): string {
  const [hours, minutes] = [Math.floor(minute / HOUR), minute % HOUR];
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}

/** Null while it is being typed, and for what is no time of day. */
export function readMinute(text: string): number | null {
  const { hours, minutes = '0' } = WRITTEN.exec(text.trim())?.groups ?? {};
  const [h, m] = [Number(hours ?? DAY), Number(minutes)];
  return h < DAY && m < HOUR ? h * HOUR + m : null;
}
