/**
 * Finds words and keys of clients in whatever a server keeps: as they are, in each form in which a
 * program would write them down, and inside compressed streams. One pass over the bytes, however
 * many needles there are.
 */
import { constants, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';

/** What must be nowhere: a name for the report, and the bytes. */
export interface Marker {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** A text is also looked for in the forms of text. */
  readonly text: boolean;
}

/** Something that the server keeps or has sent. */
export interface Place {
  readonly name: string;
  readonly bytes: Buffer;
}

interface Hit {
  readonly marker: string;
  readonly form: string;
  readonly place: string;
}

interface Needle {
  readonly bytes: Buffer;
  readonly marker: string;
  readonly form: string;
}

/** Shorter needles would be found by chance. */
const SHORTEST = 8;
const INFLATED_AT_MOST = 16 * 1024 * 1024;
const STREAM_AT_MOST = 4 * 1024 * 1024;

export const textMarker = (name: string, text: string): Marker => ({
  name,
  bytes: Buffer.from(text, 'utf8'),
  text: true,
});

export const byteMarker = (name: string, bytes: Uint8Array): Marker => ({
  name,
  bytes,
  text: false,
});

const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

/** The middle of the base64 of some bytes, whatever stands before and after them. */
function base64At(bytes: Uint8Array, shift: number): string {
  const whole = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  const start = shift === 0 ? 0 : shift + 1;
  const spare = (shift + bytes.length) % 3 === 0 ? 0 : 1;
  return whole.slice(start, whole.length - spare);
}

function base64Forms(bytes: Uint8Array): (readonly [form: string, bytes: Buffer])[] {
  return [0, 1, 2].flatMap((shift) => {
    const text = base64At(bytes, shift);
    const url = text.replaceAll('+', '-').replaceAll('/', '_');
    const forms = [[`base64 (${shift})`, Buffer.from(text)] as const];
    return url === text ? forms : [...forms, [`base64url (${shift})`, Buffer.from(url)] as const];
  });
}

function textForms(bytes: Uint8Array): (readonly [form: string, bytes: Buffer])[] {
  const text = Buffer.from(bytes).toString('utf8');
  const escaped = text.replace(
    /[^ -~]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const forms = [
    ['utf-16le', Buffer.from(text, 'utf16le')],
    ['utf-16be', utf16be(text)],
    ['percent', Buffer.from(encodeURIComponent(text))],
    ['json escapes', Buffer.from(escaped)],
    ['capitals', Buffer.from(text.toUpperCase())],
    ['small letters', Buffer.from(text.toLowerCase())],
    ['no accents', Buffer.from(text.normalize('NFD').replace(/\p{Diacritic}/gu, ''))],
  ] as const;
  return forms.filter(([, form]) => !form.equals(Buffer.from(bytes)));
}

const percent = (hex: string): string => hex.replace(/../g, '%$&');

/** Every form in which a program would write these bytes down. */
export function formsOf({ name, bytes, text }: Marker): Needle[] {
  const hex = Buffer.from(bytes).toString('hex');
  const forms = [
    [text ? 'utf-8' : 'bytes', Buffer.from(bytes)] as const,
    ['hex', Buffer.from(hex)] as const,
    ['HEX', Buffer.from(hex.toUpperCase())] as const,
    ['percent, each byte', Buffer.from(percent(hex))] as const,
    ['PERCENT, each byte', Buffer.from(percent(hex.toUpperCase()))] as const,
    ...base64Forms(bytes),
    ...(text ? textForms(bytes) : []),
  ];
  return forms
    .filter(([, form]) => form.length >= SHORTEST)
    .map(([form, needle]) => ({ bytes: needle, marker: name, form }));
}

/** Needles by their first four bytes, with a coarse filter in front that most positions fail. */
class Index {
  readonly #starts = new Map<number, Needle[]>();
  readonly #filter = new Uint8Array(65_536);

  constructor(needles: readonly Needle[]) {
    for (const needle of needles) {
      const start = needle.bytes.readUInt32LE(0);
      this.#starts.set(start, [...(this.#starts.get(start) ?? []), needle]);
      this.#filter[start & 0xffff] = 1;
    }
  }

  *in(bytes: Buffer): Generator<Needle> {
    const last = bytes.length - SHORTEST;
    for (let at = 0; at <= last; at++) {
      const pair = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
      if (this.#filter[pair] === 0) continue;
      for (const needle of this.#starts.get(bytes.readUInt32LE(at)) ?? []) {
        const end = at + needle.bytes.length;
        if (end <= bytes.length && bytes.compare(needle.bytes, 0, undefined, at, end) === 0) {
          yield needle;
        }
      }
    }
  }
}

const OPTIONS = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: INFLATED_AT_MOST };

/** A gzip member's fixed header; what may follow it (a name, a comment) is told by its flags. */
const GZIP_HEADER = 10;
const GZIP_NAMED = 0x08;
const GZIP_FURTHER = 0x16;

/** The deflate stream of a gzip member: whatever stands after the member is no concern of it. */
function gunzipped(bytes: Buffer): Buffer {
  const flags = bytes[3] ?? 0;
  if ((flags & GZIP_FURTHER) !== 0) return gunzipSync(bytes, OPTIONS);
  const named = (flags & GZIP_NAMED) !== 0;
  const start = named ? bytes.indexOf(0, GZIP_HEADER) + 1 : GZIP_HEADER;
  return inflateRawSync(bytes.subarray(start), OPTIONS);
}

function inflated(bytes: Buffer): Buffer | null {
  const [first, second] = [bytes[0], bytes[1]];
  try {
    if (first === 0x1f && second === 0x8b) return gunzipped(bytes);
    return inflateSync(bytes, OPTIONS);
  } catch {
    // Two bytes that looked like a stream's start, as random bytes do now and then.
    return null;
  }
}

/** zlib's header: deflate, and a check over both bytes. */
const isZlib = (first: number, second: number): boolean =>
  first === 0x78 && ((first << 8) | second) % 31 === 0;

/** What is inside gzip and zlib streams anywhere in the bytes. */
function* streamsIn(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at + SHORTEST < bytes.length; at++) {
    const [first = 0, second = 0] = [bytes[at], bytes[at + 1]];
    const gzip = first === 0x1f && second === 0x8b && bytes[at + 2] === 8;
    if (!gzip && !isZlib(first, second)) continue;
    const inside = inflated(bytes.subarray(at, at + STREAM_AT_MOST));
    if (inside !== null && inside.length >= SHORTEST) yield inside;
  }
}

/** A place that is one bare deflate stream, as a message of a compressing WebSocket. */
function bareStream(bytes: Buffer): Buffer | null {
  if (bytes.length > STREAM_AT_MOST) return null;
  try {
    return inflateRawSync(bytes, OPTIONS);
  } catch {
    // Not a stream.
    return null;
  }
}

/** Each marker and form once a place. */
export function findMarkers(markers: readonly Marker[], places: readonly Place[]): Hit[] {
  const index = new Index(markers.flatMap(formsOf));
  const hits = new Map<string, Hit>();
  const look = (bytes: Buffer, place: string): void => {
    for (const { marker, form } of index.in(bytes)) {
      hits.set(`${marker} ${form} ${place}`, { marker, form, place });
    }
  };
  for (const { name, bytes } of places) {
    look(bytes, name);
    for (const inside of streamsIn(bytes)) look(inside, `${name}, compressed`);
    const bare = bareStream(bytes);
    if (bare !== null) look(bare, `${name}, compressed`);
  }
  return [...hits.values()];
}
