/**
 * The text in the QR code of a printed recovery code (docs/protocol.md, "Recovery code"): the code
 * itself, and what the person's log must at least hold since the paper was made. An empty device
 * knows nothing else, so without this floor a server could show it the log from before the paper.
 */
import { z } from 'zod';
import { fromBase64Url } from './bytes.js';
import { Hash, Instant } from './ids.js';

const ENTROPY_BYTES = 16;
const MARK = 'liaison-paper/1';

/** What the log of the paper's owner holds at least. */
export const PaperFloor = z.strictObject({
  /** Hash of the first statement: whose log it is. */
  genesis: Hash,
  /** How many statements. */
  length: z.int().positive(),
  /** Which person key generation. */
  generation: z.int().positive(),
});
export type PaperFloor = z.infer<typeof PaperFloor>;

export const Paper = z.strictObject({
  /** The code's 16 bytes, as base64url. */
  entropy: z
    .string()
    .regex(/^[A-Za-z0-9_-]{22}$/)
    .refine((text) => fromBase64Url(text).length === ENTROPY_BYTES),
  floor: PaperFloor,
  madeAt: Instant,
});
export type Paper = z.infer<typeof Paper>;

export function paperText({ entropy, floor, madeAt }: Paper): string {
  return [MARK, entropy, floor.genesis, floor.length, floor.generation, madeAt].join('/');
}

const NUMBER = /^[1-9]\d{0,15}$/;

/** Null when the text is no paper's. Each paper has one text. */
export function parsePaper(text: string): Paper | null {
  if (!text.startsWith(`${MARK}/`)) return null;
  const [entropy, genesis, ...numbers] = text.slice(MARK.length + 1).split('/');
  if (!numbers.every((number) => NUMBER.test(number)) || numbers.length !== 3) return null;
  const [length, generation, madeAt] = numbers.map(Number);
  const parsed = Paper.safeParse({ entropy, floor: { genesis, length, generation }, madeAt });
  return parsed.success ? parsed.data : null;
}
