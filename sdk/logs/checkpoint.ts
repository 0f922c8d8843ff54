/**
 * Checkpoints as signed notes (C2SP), read and verified: the tree that they name, how large it is,
 * its root, and that the log key signed it. Lines of witnesses are passed over.
 */
import { fromBase64Url, toBase64Url, utf8 } from '@liaison/contract/bytes';
import { Hash, type Origin, Signature, type SigningKey } from '@liaison/contract/ids';
import {
  checkpointText,
  type SignedHead,
  type TreeName,
  treeOrigin,
} from '@liaison/contract/transparency';
import { orNull } from '../crypto/aead.js';
import { verifyStrict } from '../crypto/signing.js';

const KEY_ID_BYTES = 4;
const SIGNATURE_LINE = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/;

export interface LogOf {
  readonly origin: Origin;
  readonly tree: TreeName;
  readonly logKey: SigningKey;
}

/** The head that a note states of that tree; null where the log key did not sign it. */
export function readNote(note: string, log: LogOf): SignedHead | null {
  const [name = '', size = '', root = '', blank, ...lines] = note.split('\n');
  const own = treeOrigin(log.origin, log.tree);
  const stated = { size: Number(size), root: fromBase64(root) };
  const head = stated.root === null ? null : { size: stated.size, root: stated.root };
  if (name !== own || blank !== '' || head === null || !Number.isSafeInteger(head.size))
    return null;
  const signed = lines.flatMap((line) => signatureOf(line, own));
  const signature = signed.find((one) => isSigned({ ...head, signature: one }, log));
  return signature === undefined ? null : { ...head, signature };
}

/** Whether the log key signed that head. */
export function isSigned({ size, root, signature }: SignedHead, log: LogOf): boolean {
  const text = checkpointText(treeOrigin(log.origin, log.tree), { size, root });
  return verifyStrict(log.logKey, utf8(text), signature);
}

function signatureOf(line: string, own: string): Signature[] {
  const [, name, encoded = ''] = SIGNATURE_LINE.exec(line) ?? [];
  if (name !== own) return [];
  const bytes = orNull(() => fromBase64Url(unpadded(encoded)));
  const parsed = Signature.safeParse(bytes && toBase64Url(bytes.subarray(KEY_ID_BYTES)));
  return parsed.success ? [parsed.data] : [];
}

function fromBase64(text: string): Hash | null {
  return Hash.safeParse(unpadded(text)).data ?? null;
}

const unpadded = (text: string): string =>
  text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
