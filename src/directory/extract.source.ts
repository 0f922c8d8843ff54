/**
 * Where an extract's lines come from, in pieces, with the place in the file after each: so that a
 * file of any size streams, and an import that was stopped goes on where it was. It knows nothing
 * of columns.
 */
import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';

export interface Piece {
  readonly lines: readonly string[];
  /** Offset of the first byte that no line here contains. */
  readonly end: number;
}

export interface ExtractSource {
  /** The same file has the same one; another release has another. */
  readonly fingerprint: string;
  readonly size: number;
  /** `from` is 0, or the end of a piece. */
  read(from: number): AsyncIterable<Piece>;
}

const PIECE_BYTES = 1 << 20;
const SAMPLE_BYTES = 64 << 10;
const LINE_FEED = 0x0a;

function linesOf(bytes: Buffer): string[] {
  const text = bytes.toString('utf8');
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split(/\r?\n/);
}

/** Whole lines of a piece; what follows its last line feed begins the next. */
function endOfLines(bytes: Buffer, isLast: boolean): number {
  return isLast ? bytes.length : bytes.lastIndexOf(LINE_FEED) + 1;
}

export async function fileSource(path: string): Promise<ExtractSource> {
  const { size } = await stat(path);
  const file = await open(path);
  const sampled = createHash('sha256').update(String(size));
  try {
    for (const at of [0, Math.max(0, size - SAMPLE_BYTES)]) {
      const { buffer, bytesRead } = await file.read(
        Buffer.alloc(SAMPLE_BYTES),
        0,
        SAMPLE_BYTES,
        at,
      );
      sampled.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
  return {
    fingerprint: sampled.digest('base64url'),
    size,
    read: (from) => pieces(path, size, from),
  };
}

async function* pieces(path: string, size: number, from: number): AsyncGenerator<Piece> {
  const file = await open(path);
  try {
    for (let at = from; at < size; ) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(PIECE_BYTES), 0, PIECE_BYTES, at);
      const read = buffer.subarray(0, bytesRead);
      const length = endOfLines(read, at + bytesRead >= size);
      // A line longer than a piece is none of this layout: it is refused for its columns.
      const taken = length === 0 ? read : read.subarray(0, length);
      at += taken.length;
      yield { lines: linesOf(taken), end: at };
    }
  } finally {
    await file.close();
  }
}

/** Lines at hand, the header first. */
export function linesSource(lines: readonly string[]): ExtractSource {
  const text = Buffer.from(`${lines.join('\n')}\n`);
  const fingerprint = createHash('sha256').update(text).digest('base64url');
  async function* read(from: number): AsyncGenerator<Piece> {
    if (from < text.length) yield { lines: linesOf(text.subarray(from)), end: text.length };
  }
  return { fingerprint, size: text.length, read };
}
