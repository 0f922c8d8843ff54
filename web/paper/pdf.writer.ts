/**
 * Writes pages of text as a PDF, with its typefaces embedded and its text to be searched and
 * copied. It runs on the device alone; it knows nothing of patients or letters.
 */
import { shown, type Typeface } from './typeface.js';

export type Weight = 'regular' | 'bold';

/** Places are in points, from the page's lower left corner. */
export type Mark =
  | {
      readonly type: 'text';
      readonly text: string;
      readonly x: number;
      readonly y: number;
      readonly size: number;
      readonly weight: Weight;
    }
  | { readonly type: 'rule'; readonly x: number; readonly y: number; readonly width: number };

export type Typefaces = Readonly<Record<Weight, Typeface>>;

export interface Paper {
  readonly title: string;
  readonly language: string;
  readonly width: number;
  readonly height: number;
  readonly pages: readonly (readonly Mark[])[];
  readonly faces: Typefaces;
  readonly madeAt: Date;
}

const WEIGHTS: readonly Weight[] = ['regular', 'bold'];
const RESOURCE: Readonly<Record<Weight, string>> = { regular: 'F1', bold: 'F2' };
/** Widths in a PDF are thousandths of the em. */
const THOUSAND = 1000;
const ENTRIES_AT_ONCE = 100;

type Chunk = string | Uint8Array;

/** Objects by number: each is written where it falls, and found again by the table at the end. */
class Objects {
  readonly #bodies: (readonly Chunk[])[] = [];

  /** Room for an object that others name before it is written. */
  reserve(): number {
    this.#bodies.push([]);
    return this.#bodies.length;
  }

  put(number: number, ...body: readonly Chunk[]): void {
    this.#bodies[number - 1] = body;
  }

  add(...body: readonly Chunk[]): number {
    const number = this.reserve();
    this.put(number, ...body);
    return number;
  }

  async stream(bytes: Uint8Array<ArrayBuffer>, more = ''): Promise<number> {
    const packed = await deflated(bytes);
    const head = `<< /Length ${packed.length} /Filter /FlateDecode ${more}>>\nstream\n`;
    return this.add(head, packed, '\nendstream');
  }

  file(root: number, info: number): Uint8Array<ArrayBuffer> {
    const chunks: Uint8Array[] = [];
    let length = 0;
    const write = (chunk: Chunk): void => {
      const bytes = typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk;
      chunks.push(bytes);
      length += bytes.length;
    };
    // The second line tells programs that carry files that this one is no text.
    write('%PDF-1.7\n');
    write(new Uint8Array([0x25, 0xe2, 0xe3, 0xcf, 0xd3, 0x0a]));
    const places = this.#bodies.map((body, index) => {
      const place = length;
      for (const chunk of [`${index + 1} 0 obj\n`, ...body, '\nendobj\n']) write(chunk);
      return place;
    });
    const start = length;
    write(`xref\n0 ${places.length + 1}\n0000000000 65535 f \n`);
    for (const place of places) write(`${String(place).padStart(10, '0')} 00000 n \n`);
    write(`trailer\n<< /Size ${places.length + 1} /Root ${root} 0 R /Info ${info} 0 R >>\n`);
    write(`startxref\n${start}\n%%EOF\n`);
    return joined(chunks, length);
  }
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

async function deflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const hex = (number: number): string => number.toString(16).padStart(4, '0');

/** As UTF-16, so that a name keeps its accents in the document's own title. */
function textString(text: string): string {
  const units = Array.from({ length: text.length }, (_, at) => hex(text.charCodeAt(at)));
  return `<feff${units.join('')}>`;
}

function dateString(at: Date): string {
  return `(D:${at.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z)`;
}

function contentOf(page: readonly Mark[], faces: Typefaces): string {
  const lines = page.map((mark) => {
    const [x, y] = [mark.x.toFixed(2), mark.y.toFixed(2)];
    if (mark.type === 'rule')
      return `0.6 w ${x} ${y} m ${(mark.x + mark.width).toFixed(2)} ${y} l S`;
    const glyphs = shown(faces[mark.weight], mark.text).map(({ glyph }) => hex(glyph));
    const font = `/${RESOURCE[mark.weight]} ${mark.size} Tf`;
    return `BT ${font} 1 0 0 1 ${x} ${y} Tm <${glyphs.join('')}> Tj ET`;
  });
  return lines.join('\n');
}

/** Which character each glyph in use stands for. */
function usedIn(pages: Paper['pages'], weight: Weight, face: Typeface): Map<number, string> {
  const used = new Map<number, string>();
  for (const mark of pages.flat()) {
    if (mark.type !== 'text' || mark.weight !== weight) continue;
    for (const { glyph, char } of shown(face, mark.text)) used.set(glyph, char);
  }
  return used;
}

function unicodeMap(used: ReadonlyMap<number, string>): string {
  const entries = [...used].map(([glyph, char]) => {
    const units = Array.from({ length: char.length }, (_, at) => hex(char.charCodeAt(at)));
    return `<${hex(glyph)}> <${units.join('')}>`;
  });
  const parts: string[] = [];
  for (let at = 0; at < entries.length; at += ENTRIES_AT_ONCE) {
    const some = entries.slice(at, at + ENTRIES_AT_ONCE);
    parts.push(`${some.length} beginbfchar\n${some.join('\n')}\nendbfchar`);
  }
  return `/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /Liaison def /CMapType 2 def
1 begincodespacerange <0000> <ffff> endcodespacerange
${parts.join('\n')}
endcmap CMapName currentdict /CMap defineresource pop end end`;
}

async function addFont(objects: Objects, paper: Paper, weight: Weight): Promise<number> {
  const face = paper.faces[weight];
  const used = usedIn(paper.pages, weight, face);
  const scale = (units: number): number => Math.round((units * THOUSAND) / face.unitsPerEm);
  const name = weight === 'bold' ? 'DejaVuSans-Bold' : 'DejaVuSans';
  const file = await objects.stream(face.bytes, `/Length1 ${face.bytes.length} `);
  const map = await objects.stream(new TextEncoder().encode(unicodeMap(used)));
  const widths = [...used.keys()].map((glyph) => `${glyph} [${scale(face.widths[glyph] ?? 0)}]`);
  const descriptor = objects.add(
    `<< /Type /FontDescriptor /FontName /${name} /Flags 4 /ItalicAngle 0 /StemV 80`,
    ` /FontBBox [${face.box.map(scale).join(' ')}] /Ascent ${scale(face.ascent)}`,
    ` /Descent ${scale(face.descent)} /CapHeight 730 /FontFile2 ${file} 0 R >>`,
  );
  const descendant = objects.add(
    `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /${name} /CIDToGIDMap /Identity`,
    ' /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>',
    ` /FontDescriptor ${descriptor} 0 R /DW 600 /W [${widths.join(' ')}] >>`,
  );
  return objects.add(
    `<< /Type /Font /Subtype /Type0 /BaseFont /${name} /Encoding /Identity-H`,
    ` /DescendantFonts [${descendant} 0 R] /ToUnicode ${map} 0 R >>`,
  );
}

export async function writePdf(paper: Paper): Promise<Uint8Array<ArrayBuffer>> {
  const objects = new Objects();
  const tree = objects.reserve();
  const fonts: string[] = [];
  for (const weight of WEIGHTS) {
    fonts.push(`/${RESOURCE[weight]} ${await addFont(objects, paper, weight)} 0 R`);
  }
  const pages: string[] = [];
  for (const page of paper.pages) {
    const bytes = new TextEncoder().encode(contentOf(page, paper.faces));
    const content = await objects.stream(bytes);
    const number = objects.add(
      `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 ${paper.width} ${paper.height}]`,
      ` /Resources << /Font << ${fonts.join(' ')} >> >> /Contents ${content} 0 R >>`,
    );
    pages.push(`${number} 0 R`);
  }
  objects.put(tree, `<< /Type /Pages /Kids [${pages.join(' ')}] /Count ${pages.length} >>`);
  const root = objects.add(
    `<< /Type /Catalog /Pages ${tree} 0 R /Lang (${paper.language})`,
    ' /ViewerPreferences << /DisplayDocTitle true >> >>',
  );
  const made = dateString(paper.madeAt);
  const info = objects.add(
    `<< /Title ${textString(paper.title)} /Producer (Liaison) /CreationDate ${made} >>`,
  );
  return objects.file(root, info);
}
