/**
 * Sealed bodies. A body opens only in its very place: circle, epoch, kind, version, entry, author
 * and device are bound into it. This file must never judge what a body says.
 */
import { concat, fromBase64Url, fromUtf8, u64, utf8 } from '@liaison/contract/bytes';
import { framed } from '@liaison/contract/encoding';
import { Problem } from '@liaison/contract/errors';
import type { CircleId, DeviceId, EntryId, Hash, PersonId } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { bodyHashed } from '@liaison/contract/signing';
import { NONCE_BYTES, open, orNull, seal } from './aead.js';
import { hash } from './hash.js';
import { pad, unpad } from './padding.js';
import { type RandomBytes, randomBytes } from './random.js';

export interface BodyContext {
  readonly circle: CircleId;
  readonly epoch: number;
  readonly kind: string;
  readonly kv: number;
  readonly id: EntryId;
  readonly author: PersonId;
  readonly device: DeviceId;
}

function bound(context: BodyContext): Uint8Array {
  return framed(
    'liaison/1/body-context',
    fromBase64Url(context.circle),
    u64(context.epoch),
    context.kind,
    u64(context.kv),
    context.id,
    fromBase64Url(context.author),
    fromBase64Url(context.device),
  );
}

export type OpenedBody =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly why: 'not-opened' | 'padding' | 'not-json' };

/** Nonce, ciphertext and tag. Throws `request_too_large` beyond LIMITS.bodyBytes. */
export function sealBody(
  contentKey: Uint8Array,
  body: unknown,
  context: BodyContext,
  random: RandomBytes = randomBytes,
): Uint8Array {
  const nonce = random(NONCE_BYTES);
  const padded = pad(utf8(JSON.stringify(body)));
  const sealed = concat(nonce, seal(contentKey, nonce, padded, bound(context)));
  if (sealed.length > LIMITS.bodyBytes.value) throw new Problem('request_too_large', 'body');
  return sealed;
}

export function openBody(
  contentKey: Uint8Array,
  sealed: Uint8Array,
  context: BodyContext,
): OpenedBody {
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const rest = sealed.subarray(NONCE_BYTES);
  const padded = open(contentKey, nonce, rest, bound(context));
  if (padded === null) return { ok: false, why: 'not-opened' };
  const content = unpad(padded);
  if (content === null) return { ok: false, why: 'padding' };
  const parsed = orNull((): { value: unknown } => ({ value: JSON.parse(fromUtf8(content)) }));
  return parsed === null ? { ok: false, why: 'not-json' } : { ok: true, value: parsed.value };
}

/** What a header names. */
export function bodyHash(sealed: Uint8Array): Hash {
  return hash(bodyHashed(sealed));
}
