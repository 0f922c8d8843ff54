/**
 * What a PDF of ours says, read from its bytes as any reader would: objects found by the table at
 * the end, streams inflated, glyphs turned back into characters by the embedded map.
 */
import { inflateSync } from 'node:zlib';

interface ReadPdf {
  readonly pages: readonly string[];
  /** Bytes of the typefaces that are embedded. */
  readonly faces: readonly Buffer[];
}

export function readPdf(bytes: Uint8Array): ReadPdf {
  const file = Buffer.from(bytes);
  const raw = file.toString('latin1');
  const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(raw)?.[1]);
  const table = [...raw.slice(start).matchAll(/^(\d{10}) 00000 n $/gm)];
  const bodies = table.map(([, place]) => {
    const from = Number(place);
    return { from, text: raw.slice(from, raw.indexOf('endobj', from)) };
  });
  const object = (number: string | undefined): string => bodies[Number(number) - 1]?.text ?? '';
  const stream = (number: string | undefined): Buffer => {
    const { from, text } = bodies[Number(number) - 1] ?? { from: 0, text: '' };
    const length = Number(/\/Length (\d+)/.exec(text)?.[1]);
    const at = from + text.indexOf('stream\n') + 'stream\n'.length;
    return inflateSync(file.subarray(at, at + length));
  };
  const pages = bodies.filter(({ text }) => text.includes('/Type /Page '));
  const faces = bodies.flatMap(({ text }) => /\/FontFile2 (\d+)/.exec(text)?.[1] ?? []);
  return {
    pages: pages.map(({ text }) => {
      const fonts = [...text.matchAll(/\/(F\d) (\d+) 0 R/g)].map(([, name, number]) => {
        const map = /\/ToUnicode (\d+)/.exec(object(number))?.[1];
        return [name, charactersIn(stream(map).toString('latin1'))] as const;
      });
      const content = stream(/\/Contents (\d+)/.exec(text)?.[1]).toString('latin1');
      return spokenIn(content, new Map(fonts));
    }),
    faces: faces.map((number) => stream(number)),
  };
}

type Characters = ReadonlyMap<string, string>;

function charactersIn(map: string): Characters {
  const pairs = [...map.matchAll(/^<([0-9a-f]{4})> <([0-9a-f]+)>$/gm)];
  return new Map(
    pairs.map(([, glyph = '', units = '']) => {
      return [glyph, Buffer.from(units, 'hex').swap16().toString('utf16le')];
    }),
  );
}

function spokenIn(content: string, fonts: ReadonlyMap<string | undefined, Characters>): string {
  const lines = [...content.matchAll(/\/(F\d) [\d.]+ Tf .*?<([0-9a-f]*)> Tj/g)];
  const words = lines.map(([, font, glyphs = '']) => {
    const characters = fonts.get(font);
    return (glyphs.match(/.{4}/g) ?? []).map((glyph) => characters?.get(glyph) ?? '�').join('');
  });
  return words.join('\n').replaceAll(/[\u00a0\u202f]/g, ' ');
}
