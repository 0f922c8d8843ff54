/**
 * The names of a person's devices, sealed under their key: nonce, then the signed text, padded like
 * a body. This file must never judge who signed: whoever opens the box does (session/device-names).
 */
import { concat, fromBase64Url, fromUtf8, toBase64Url, utf8 } from '@liaison/contract/bytes';
import { type DeviceNamesBox, SignedDeviceNames } from '@liaison/contract/device-names';
import type { PersonId, SealedBytes } from '@liaison/contract/ids';
import { deviceNamesContext } from '@liaison/contract/signing';
import { NONCE_BYTES, open, orNull, seal } from './aead.js';
import { derive } from './derive.js';
import type { PersonKeys } from './epoch.js';
import { pad, unpad } from './padding.js';
import { type RandomBytes, randomBytes } from './random.js';

const LABEL = 'liaison/1/person-names';

export function sealDeviceNames(
  { secret }: PersonKeys,
  generation: number,
  person: PersonId,
  signed: SignedDeviceNames,
  random: RandomBytes = randomBytes,
): SealedBytes {
  const nonce = random(NONCE_BYTES);
  const plain = pad(utf8(JSON.stringify(signed)));
  const sealed = seal(derive(secret, LABEL), nonce, plain, deviceNamesContext(person, generation));
  return toBase64Url(concat(nonce, sealed)) as SealedBytes;
}

/** Null where the box does not open, or holds something else. */
export function openDeviceNames(
  { secret }: PersonKeys,
  person: PersonId,
  { generation, sealed }: DeviceNamesBox,
): SignedDeviceNames | null {
  const bytes = fromBase64Url(sealed);
  const [nonce, rest] = [bytes.subarray(0, NONCE_BYTES), bytes.subarray(NONCE_BYTES)];
  const plain = open(derive(secret, LABEL), nonce, rest, deviceNamesContext(person, generation));
  const content = plain === null ? null : unpad(plain);
  if (content === null) return null;
  return orNull(() => SignedDeviceNames.parse(JSON.parse(fromUtf8(content))));
}
