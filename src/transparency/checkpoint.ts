/**
 * Checkpoints as signed notes (C2SP signed-note and tlog-checkpoint): origin, size, root, and the
 * log key's signature, with room for the lines of witnesses below it.
 */
import { createHash } from 'node:crypto';
import { toBase64Url } from '@liaison/contract/bytes';
import type { Hash } from '@liaison/contract/ids';
import { checkpointText } from '@liaison/contract/transparency';
import { z } from 'zod';

export interface Checkpoint {
  /** Which log this is: the deployment's origin without scheme, then the tree's name. */
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

/** Algorithm byte of Ed25519 in a note's key id. */
const ED25519 = 0x01;
const SIGNATURE_LINE = /^— (\S+) ([A-Za-z0-9+/=]+)$/;

const textOf = ({ origin, size, root }: Checkpoint): string =>
  checkpointText(origin, { size, root: toBase64Url(root) as Hash });

/** First four bytes of SHA-256(name ‖ newline ‖ algorithm ‖ key): tells keys of one name apart. */
function keyId(name: string, publicKey: Uint8Array): Buffer {
  const hash = createHash('sha256')
    .update(`${name}\n`)
    .update(new Uint8Array([ED25519]));
  return hash.update(publicKey).digest().subarray(0, 4);
}

/** The whole note. `sign` is the log key's signature over the text. */
export function signedNote(
  checkpoint: Checkpoint,
  publicKey: Uint8Array,
  sign: (bytes: Uint8Array) => Uint8Array,
): string {
  const text = textOf(checkpoint);
  const signature = sign(Buffer.from(text));
  const line = Buffer.concat([keyId(checkpoint.origin, publicKey), signature]).toString('base64');
  return `${text}\n— ${checkpoint.origin} ${line}\n`;
}

const Size = z.coerce.number().int().nonnegative();

/** The checkpoint of a note whose signature by that key holds; undefined otherwise. */
export function openNote(
  note: string,
  publicKey: Uint8Array,
  verify: (bytes: Uint8Array, signature: Uint8Array) => boolean,
): Checkpoint | undefined {
  const end = note.indexOf('\n\n');
  if (end < 0) return undefined;
  const text = note.slice(0, end + 1);
  const [origin = '', size = '', root = ''] = text.split('\n');
  const parsed = Size.safeParse(size);
  if (!parsed.success) return undefined;
  const held = note
    .slice(end + 2)
    .split('\n')
    .some((line) => holds(line, origin, publicKey, (bytes) => verify(Buffer.from(text), bytes)));
  return held ? { origin, size: parsed.data, root: Buffer.from(root, 'base64') } : undefined;
}

function holds(
  line: string,
  origin: string,
  publicKey: Uint8Array,
  verify: (signature: Uint8Array) => boolean,
): boolean {
  const [, name, encoded = ''] = SIGNATURE_LINE.exec(line) ?? [];
  if (name !== origin) return false;
  const bytes = Buffer.from(encoded, 'base64');
  return bytes.subarray(0, 4).equals(keyId(origin, publicKey)) && verify(bytes.subarray(4));
}
