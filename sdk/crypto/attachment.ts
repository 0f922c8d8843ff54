/**
 * Files sealed in chunks (secretstream). The stream's tags keep order and end; each chunk is bound
 * to its file and number, and one hash over all chunks stands in the entry that refers to it.
 */
import { concat, fromBase64Url, toBase64Url, u64, utf8 } from '@liaison/contract/bytes';
import { framed } from '@liaison/contract/encoding';
import type { Hash, Uuid } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { orNull } from './aead.js';
import { SECRET_BYTES } from './derive.js';
import { hash, hashBytes } from './hash.js';
import { padme } from './padding.js';
import { type RandomBytes, randomBytes } from './random.js';
import { sodium } from './sodium.js';

const TAG_MESSAGE = 0;
const TAG_FINAL = 3;

/** What the sealed body must carry for the file to be opened again. */
export interface FileSeal {
  readonly key: Hash;
  readonly header: string;
  readonly sealedHash: Hash;
  readonly chunks: number;
  readonly size: number;
}

export interface SealedFile extends FileSeal {
  /** In order; what the server stores. */
  readonly sealed: readonly Uint8Array[];
}

export type OpenedFile =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly why: 'chunk-missing' | 'hash' | 'not-opened' };

function bound(id: Uuid, index: number): Uint8Array {
  return framed('liaison/1/attachment', utf8(id), u64(index));
}

/** Hash over the hashes of all sealed chunks, so that no copy of the whole file is made. */
export function sealedFileHash(sealed: readonly Uint8Array[]): Hash {
  const hashes = sealed.map((chunk) => hashBytes(framed('liaison/1/attachment-chunk', chunk)));
  return hash(framed('liaison/1/attachment-whole', ...hashes));
}

/** The file padded like a body, cut into chunks of one size. An empty file has one chunk too. */
function chunksOf(bytes: Uint8Array): Uint8Array[] {
  const size = LIMITS.attachmentChunkBytes.value;
  const total = padme(bytes.length);
  return Array.from({ length: Math.ceil(total / size) }, (_, i) => {
    const chunk = new Uint8Array(Math.min(size, total - i * size));
    chunk.set(bytes.subarray(i * size, i * size + chunk.length));
    return chunk;
  });
}

export function sealFile(
  id: Uuid,
  bytes: Uint8Array,
  random: RandomBytes = randomBytes,
): SealedFile {
  const key = random(SECRET_BYTES);
  const { state, header } = sodium().crypto_secretstream_xchacha20poly1305_init_push(key);
  const plain = chunksOf(bytes);
  const sealed = plain.map((chunk, i) => {
    const tag = i === plain.length - 1 ? TAG_FINAL : TAG_MESSAGE;
    return sodium().crypto_secretstream_xchacha20poly1305_push(state, chunk, bound(id, i), tag);
  });
  return {
    key: toBase64Url(key) as Hash,
    header: toBase64Url(header),
    sealedHash: sealedFileHash(sealed),
    chunks: sealed.length,
    size: bytes.length,
    sealed,
  };
}

export function openFile(id: Uuid, seal: FileSeal, sealed: readonly Uint8Array[]): OpenedFile {
  if (sealed.length !== seal.chunks) return { ok: false, why: 'chunk-missing' };
  if (sealedFileHash(sealed) !== seal.sealedHash) return { ok: false, why: 'hash' };
  const plain = orNull(() => pullAll(id, seal, sealed)) ?? null;
  if (plain === null) return { ok: false, why: 'not-opened' };
  const whole = concat(...plain);
  if (padme(seal.size) !== whole.length) return { ok: false, why: 'not-opened' };
  return { ok: true, bytes: whole.slice(0, seal.size) };
}

function pullAll(id: Uuid, seal: FileSeal, sealed: readonly Uint8Array[]): Uint8Array[] | null {
  const [key, header] = [fromBase64Url(seal.key), fromBase64Url(seal.header)];
  const state = sodium().crypto_secretstream_xchacha20poly1305_init_pull(header, key);
  const plain: Uint8Array[] = [];
  for (const [i, chunk] of sealed.entries()) {
    const pulled = sodium().crypto_secretstream_xchacha20poly1305_pull(state, chunk, bound(id, i));
    const wanted = i === sealed.length - 1 ? TAG_FINAL : TAG_MESSAGE;
    if (pulled === false || pulled.tag !== wanted) return null;
    plain.push(pulled.message);
  }
  return plain;
}
