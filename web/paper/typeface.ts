/**
 * A TrueType typeface as paper needs it: which glyph shows a character and how wide it is. It reads
 * files that the build ships, never one that somebody sent.
 */
export interface Typeface {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly unitsPerEm: number;
  readonly ascent: number;
  readonly descent: number;
  readonly box: readonly [number, number, number, number];
  readonly glyphs: ReadonlyMap<number, number>;
  /** By glyph, in units of the em. */
  readonly widths: readonly number[];
}

/** A character with the glyph that shows it. */
export interface Shown {
  readonly char: string;
  readonly glyph: number;
}

export function readTypeface(bytes: Uint8Array<ArrayBuffer>): Typeface {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = tablesOf(view);
  const [head, hhea, maxp] = [at('head'), at('hhea'), at('maxp')];
  const box = [36, 38, 40, 42].map((offset) => view.getInt16(head + offset));
  const [left = 0, bottom = 0, right = 0, top = 0] = box;
  return {
    bytes,
    unitsPerEm: view.getUint16(head + 18),
    ascent: view.getInt16(hhea + 4),
    descent: view.getInt16(hhea + 6),
    box: [left, bottom, right, top],
    glyphs: glyphsOf(view, at('cmap')),
    widths: widthsOf(view, at('hmtx'), view.getUint16(hhea + 34), view.getUint16(maxp + 4)),
  };
}

function tablesOf(view: DataView): (tag: string) => number {
  const count = view.getUint16(4);
  const places = new Map<string, number>();
  for (let index = 0; index < count; index += 1) {
    const entry = 12 + index * 16;
    const letters = [0, 1, 2, 3].map((offset) => view.getUint8(entry + offset));
    places.set(String.fromCharCode(...letters), view.getUint32(entry + 8));
  }
  return (tag) => {
    const place = places.get(tag);
    if (place === undefined) throw new Error(`this typeface has no table ${tag}`);
    return place;
  };
}

/** Glyphs beyond the counted widths share the last one. */
function widthsOf(view: DataView, hmtx: number, counted: number, all: number): number[] {
  return Array.from({ length: all }, (_, glyph) => {
    return view.getUint16(hmtx + Math.min(glyph, counted - 1) * 4);
  });
}

const SEGMENTS = 4;

/** The table of segments (format 4), which every typeface of the basic plane has. */
function glyphsOf(view: DataView, cmap: number): Map<number, number> {
  const count = view.getUint16(cmap + 2);
  const subtables = Array.from({ length: count }, (_, index) => {
    return cmap + view.getUint32(cmap + 4 + index * 8 + 4);
  });
  const table = subtables.find((one) => view.getUint16(one) === SEGMENTS);
  if (table === undefined) throw new Error('this typeface has no table of segments');
  const twice = view.getUint16(table + 6);
  const glyphs = new Map<number, number>();
  for (let offset = 0; offset < twice; offset += 2) {
    const end = view.getUint16(table + 14 + offset);
    const start = view.getUint16(table + 16 + twice + offset);
    const delta = view.getUint16(table + 16 + 2 * twice + offset);
    const rangeAt = table + 16 + 3 * twice + offset;
    const range = view.getUint16(rangeAt);
    for (let code = start; code <= end && code < 0xffff; code += 1) {
      const raw = range === 0 ? code : view.getUint16(rangeAt + range + (code - start) * 2);
      if (raw !== 0) glyphs.set(code, (raw + delta) & 0xffff);
    }
  }
  return glyphs;
}

const UNSHOWN = '?';

/** A letter with a mark that the typeface lacks is shown without it: never as an empty box. */
export function shown({ glyphs }: Typeface, text: string): Shown[] {
  return Array.from(text.normalize('NFC'), (char) => {
    const bare = char.normalize('NFD')[0] ?? UNSHOWN;
    const found = [char, bare].find((one) => glyphs.has(one.codePointAt(0) ?? 0)) ?? UNSHOWN;
    return { char: found, glyph: glyphs.get(found.codePointAt(0) ?? 0) ?? 0 };
  });
}

/** Its width in points at that size. */
export function widthOf(face: Typeface, text: string, size: number): number {
  const units = shown(face, text).reduce((sum, { glyph }) => sum + (face.widths[glyph] ?? 0), 0);
  return (units * size) / face.unitsPerEm;
}
