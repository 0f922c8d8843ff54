/**
 * The vectors of what is sealed beside bodies: the names that people give their devices, and files.
 * Chance is fixed here and nowhere else.
 */
import { concat, toBase64Url, toHex, u64, utf8 } from '@liaison/contract/bytes';
import { canonical, framed } from '@liaison/contract/encoding';
import type { DeviceId, Hash, Origin, PersonId, Signature, Uuid } from '@liaison/contract/ids';
import * as signing from '@liaison/contract/signing';
import { openFile, sealedFileHash } from '@liaison/sdk/crypto/attachment';
import { openDeviceNames, sealDeviceNames } from '@liaison/sdk/crypto/device-names';
import { derivePersonKeys } from '@liaison/sdk/crypto/epoch';
import { sign, signingPairFromSeed } from '@liaison/sdk/crypto/signing';
import { sodium } from '@liaison/sdk/crypto/sodium';

const seed = (byte: number, size = 32): Uint8Array => new Uint8Array(size).fill(byte);
const text = (bytes: Uint8Array): Hash => toBase64Url(bytes) as Hash;
const ORIGIN = 'https://liaison.example' as Origin;
const PERSON = text(seed(0xa1)) as string as PersonId;
const GENERATION = 3;

export function deviceNames() {
  const device = signingPairFromSeed(seed(0x43));
  const by = text(seed(0xd1)) as string as DeviceId;
  const names = [
    { device: by, name: 'Téléphone du cabinet', at: 1_764_144_000_000 },
    { device: text(seed(0xd2)), name: 'Ordinateur', at: 1_764_144_000_001 },
  ];
  const said = canonical({ v: 1, origin: ORIGIN, person: PERSON, by, revision: 7, names });
  const signature: Signature = sign(device.secretKey, signing.deviceNamesSigned(ORIGIN, said));
  const signed = { text: said, signature };
  const keys = derivePersonKeys(seed(6));
  const sealed = sealDeviceNames(keys, GENERATION, PERSON, signed, (size) => seed(0x38, size));
  const opened = openDeviceNames(keys, PERSON, { revision: 7, generation: GENERATION, sealed });
  if (opened?.text !== said) throw new Error('The names do not open.');
  return [
    {
      ...{ origin: ORIGIN, person: PERSON, generation: GENERATION, personSeed: toHex(seed(6)) },
      ...{ signerKey: device.publicKey, text: said, signature, json: JSON.stringify(signed) },
      ...{ nonce: toHex(seed(0x38, 24)), sealed },
    },
  ];
}

const CHUNK = 512;
const FILE = '01890000-0000-7000-8000-00000000000f' as Uuid;

/**
 * A file in two chunks, shorter than real ones are. A stream that is being read has the state of one
 * that is being written, so that a fixed header can stand for the random one.
 */
export function attachments() {
  const [key, header] = [seed(0x48), seed(0x58, 24)];
  const plain = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
  const padded = concat(plain, seed(0, 24));
  const state = sodium().crypto_secretstream_xchacha20poly1305_init_pull(header, key);
  const sealed = [0, 1].map((i) => {
    const data = framed('liaison/1/attachment', utf8(FILE), u64(i));
    const chunk = padded.subarray(i * CHUNK, (i + 1) * CHUNK);
    return sodium().crypto_secretstream_xchacha20poly1305_push(state, chunk, data, i === 1 ? 3 : 0);
  });
  const sealedHash = sealedFileHash(sealed);
  const ref = { key: text(key), header: toBase64Url(header), sealedHash, chunks: 2, size: 1000 };
  const opened = openFile(FILE, ref, sealed);
  if (!opened.ok || toHex(opened.bytes) !== toHex(plain)) throw new Error('The file is another.');
  return [{ id: FILE, ...ref, plain: toHex(plain), sealed: sealed.map(toBase64Url) }];
}

/** What an invited person's link signs, and what an auditor reads. */
export function words() {
  const pair = signingPairFromSeed(seed(0x44));
  const challenge = text(seed(0x49));
  const record = canonical({ v: 1, seq: 0, at: 1_764_144_000_000, event: { type: 'example' } });
  const salt = seed(0x4a);
  const recorded = framed('liaison/1/audit-record', salt, utf8(record));
  return {
    origin: ORIGIN,
    publicKey: pair.publicKey,
    challenge,
    redemption: sign(pair.secretKey, signing.redemptionSigned(ORIGIN, challenge)),
    record,
    salt: toHex(salt),
    recordSignature: sign(pair.secretKey, recorded),
    recordBytes: toHex(recorded),
  };
}
