/**
 * What an epoch's secret gives: each key by its own label, and a commitment that everybody sees.
 * A person key's generation is the same idea with its own labels.
 */
import { toBase64Url } from '@liaison/contract/bytes';
import type { Hash } from '@liaison/contract/ids';
import { derive } from './derive.js';
import { type RandomBytes, random32, randomBytes } from './random.js';
import { keyHash, type SealingPair, sealingPairFromSeed } from './sealing.js';

export interface EpochKeys {
  readonly secret: Uint8Array;
  /** Seals the bodies of this epoch's entries. */
  readonly contentKey: Uint8Array;
  /** Its public half is published, so that outsiders can seal to the circle. */
  readonly sealing: SealingPair;
  readonly commitment: Hash;
  /** Seals the secrets of earlier epochs. */
  readonly backlinkKey: Uint8Array;
}

export function newEpochSecret(random: RandomBytes = randomBytes): Uint8Array {
  return random32(random);
}

/** The pair is made at its first use: readers of bodies never need it, and it costs the most. */
export function deriveEpoch(secret: Uint8Array): EpochKeys {
  let pair: SealingPair | null = null;
  return {
    secret,
    contentKey: derive(secret, 'liaison/1/epoch-content'),
    get sealing() {
      pair ??= sealingPairFromSeed(derive(secret, 'liaison/1/epoch-sealing'));
      return pair;
    },
    commitment: toBase64Url(derive(secret, 'liaison/1/commitment')) as Hash,
    backlinkKey: derive(secret, 'liaison/1/epoch-backlink'),
  };
}

export interface PersonKeys {
  readonly secret: Uint8Array;
  readonly sealing: SealingPair;
  /** Hash of the public key: what pins name, and what commits to the secret. */
  readonly keyHash: Hash;
  readonly backlinkKey: Uint8Array;
}

export function derivePersonKeys(secret: Uint8Array): PersonKeys {
  const sealing = sealingPairFromSeed(derive(secret, 'liaison/1/person-sealing'));
  return {
    secret,
    sealing,
    keyHash: keyHash(sealing.publicKey),
    backlinkKey: derive(secret, 'liaison/1/person-backlink'),
  };
}
