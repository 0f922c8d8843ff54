/**
 * Many texts and byte strings as one parameter: an array of them would travel as text in which each
 * quotation mark is escaped and each byte is two digits, written here and read again by PostgreSQL.
 * It must never look into what it lays out.
 */

/** Where a part lies: PostgreSQL counts from 1. Null for a part that is not there. */
interface Stretch {
  readonly at: number | null;
  readonly size: number | null;
}

const NOTHING: Stretch = { at: null, size: null };

export class ByteRun {
  private readonly parts: Uint8Array[] = [];
  private size = 0;

  add(part: string | Uint8Array | null): Stretch {
    if (part === null) return NOTHING;
    const bytes = typeof part === 'string' ? Buffer.from(part) : part;
    const at = this.size + 1;
    this.parts.push(bytes);
    this.size += bytes.length;
    return { at, size: bytes.length };
  }

  /** All parts, one after another. */
  bytes(): Buffer {
    return Buffer.concat(this.parts, this.size);
  }
}
