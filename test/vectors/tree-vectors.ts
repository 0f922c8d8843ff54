/**
 * The vectors of the two trees (RFC 6962) and of a signed checkpoint, computed here by the RFC's own
 * recursion, so that neither side's way of keeping a tree is in them.
 */
import { createHash } from 'node:crypto';
import { toBase64Url, toHex, utf8 } from '@liaison/contract/bytes';
import type { Hash, Origin, PersonId } from '@liaison/contract/ids';
import { identityLeaf } from '@liaison/contract/signing';
import { checkpointText, treeOrigin } from '@liaison/contract/transparency';
import { sign, signingPairFromSeed } from '@liaison/sdk/crypto/signing';

const seed = (byte: number, size = 32): Uint8Array => new Uint8Array(size).fill(byte);
const text = (bytes: Uint8Array): Hash => toBase64Url(bytes) as Hash;
const ORIGIN = 'https://liaison.example' as Origin;
const SIZES = [1, 2, 3, 5, 8, 13];

const sha256 = (...parts: readonly Uint8Array[]): Uint8Array => {
  const digest = createHash('sha256');
  for (const part of parts) digest.update(part);
  return Uint8Array.from(digest.digest());
};
const leafOf = (content: Uint8Array): Uint8Array => sha256(seed(0, 1), content);
const nodeOf = (a: Uint8Array, b: Uint8Array): Uint8Array => sha256(seed(1, 1), a, b);
const splitOf = (count: number): number => 2 ** Math.floor(Math.log2(count - 1));

function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return sha256();
  if (leaves.length === 1) return only;
  const k = splitOf(leaves.length);
  return nodeOf(rootOf(leaves.slice(0, k)), rootOf(leaves.slice(k)));
}

/** RFC 6962, 2.1.2. */
function proofOf(size: number, leaves: readonly Uint8Array[], isOld = true): Uint8Array[] {
  if (size === leaves.length) return isOld ? [] : [rootOf(leaves)];
  const k = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return size <= k
    ? [...proofOf(size, left, isOld), rootOf(right)]
    : [...proofOf(size - k, right, false), rootOf(left)];
}

export function trees() {
  const listed = Array.from({ length: 13 }, (_, i) => {
    const person = text(seed(0xa0 + (i % 4))) as string as PersonId;
    return { person, n: Math.floor(i / 4), h: text(seed(0x10 + i)) };
  });
  const contents = listed.map(({ person, n, h }) => identityLeaf(person, n, h));
  const leaves = contents.map(leafOf);
  const roots = [0, ...SIZES].map((size) => {
    return { size, root: text(rootOf(leaves.slice(0, size))) };
  });
  const proofs = SIZES.flatMap((from) =>
    SIZES.filter((to) => to > from).map((to) => {
      return { from, to, proof: proofOf(from, leaves.slice(0, to)).map(text) };
    }),
  );
  return {
    origin: ORIGIN,
    leaves: listed.map((leaf, i) => ({ ...leaf, content: toHex(contents[i] ?? seed(0)) })),
    roots,
    proofs,
    checkpoint: checkpoint(text(rootOf(leaves))),
  };
}

/** A signed note (C2SP): text, empty line, name, base64 of key id and signature. */
function checkpoint(root: Hash) {
  const pair = signingPairFromSeed(seed(0x45));
  const name = treeOrigin(ORIGIN, 'identities');
  const stated = checkpointText(name, { size: 13, root });
  const signature = sign(pair.secretKey, utf8(stated));
  const key = Buffer.from(pair.publicKey, 'base64url');
  const id = sha256(utf8(`${name}\n`), seed(1, 1), key).subarray(0, 4);
  const line = Buffer.concat([id, Buffer.from(signature, 'base64url')]).toString('base64');
  return { logKey: pair.publicKey, text: stated, note: `${stated}\n— ${name} ${line}\n` };
}
