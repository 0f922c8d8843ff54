/** The typefaces that paper is written in, fetched once from this very application. */
import bold from './fonts/dejavu-sans-bold.ttf?url';
import regular from './fonts/dejavu-sans.ttf?url';
import type { Typefaces } from './pdf.writer.js';
import { readTypeface, type Typeface } from './typeface.js';

let fetched: Promise<Typefaces> | null = null;

/** One that did not come is asked for again the next time. */
export function paperFaces(): Promise<Typefaces> {
  fetched ??= fetchFaces().catch((error: unknown) => {
    fetched = null;
    throw error;
  });
  return fetched;
}

async function fetchFaces(): Promise<Typefaces> {
  const [one, other] = await Promise.all([fetchFace(regular), fetchFace(bold)]);
  return { regular: one, bold: other };
}

async function fetchFace(address: string): Promise<Typeface> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`a typeface was answered with ${answer.status}`);
  return readTypeface(new Uint8Array(await answer.arrayBuffer()));
}
