/**
 * The vectors about people and their devices: what two devices show each other when they link, what
 * a post's lease commits to, and when two tokens of the provider name the same person.
 */
import { toBase64Url, toHex } from '@liaison/contract/bytes';
import { certifiedClaims, continuityOf } from '@liaison/contract/certified-claims';
import {
  type DeviceId,
  type Hash,
  Instant,
  type Origin,
  type PersonId,
} from '@liaison/contract/ids';
import { leaseText } from '@liaison/contract/lease';
import type { LinkCode } from '@liaison/contract/link';
import * as signing from '@liaison/contract/signing';
import { hash, hashBytes } from '@liaison/sdk/crypto/hash';
import { linkCommitment, linkDigits, linkMac } from '@liaison/sdk/crypto/link';
import { sealingPairFromSeed } from '@liaison/sdk/crypto/sealing';
import { sign, signingPairFromSeed } from '@liaison/sdk/crypto/signing';

const seed = (byte: number, size = 32): Uint8Array => new Uint8Array(size).fill(byte);
const text = (bytes: Uint8Array): Hash => toBase64Url(bytes) as Hash;
const ORIGIN = 'https://liaison.example' as Origin;
const PERSON = text(seed(0xa1)) as string as PersonId;
const CODE = 'BCDFGHJK' as LinkCode;

/** One exchange of each wish; the answer's text is any text, since here it is only hashed. */
export function links() {
  return (['device', 'post'] as const).map((wish, i) => {
    const pair = signingPairFromSeed(seed(0x51 + i));
    const sealing = sealingPairFromSeed(seed(0x61 + i));
    const keys = { wish, code: CODE, signingKey: pair.publicKey, sealingKey: sealing.publicKey };
    const [reveal, random] = [text(seed(0x71 + i)), text(seed(0x81 + i))];
    const commitment = linkCommitment(ORIGIN, keys, reveal);
    const secret = toBase64Url(seed(0x91 + i, 16));
    const answer = { text: `{"example":"${wish}"}`, random, mac: null };
    const claim = signing.linkClaimed(ORIGIN, { ...keys, commitment });
    return {
      ...keys,
      origin: ORIGIN,
      sealingSeed: toHex(seed(0x61 + i)),
      sealingKey: undefined,
      reveal,
      commitment,
      text: answer.text,
      random,
      secret,
      mac: linkMac(secret, commitment, answer.text, random),
      digits: linkDigits(commitment, answer, reveal),
      claim: sign(pair.secretKey, claim),
    };
  });
}

export function leases() {
  const lender = signingPairFromSeed(seed(0x41));
  const post = signingPairFromSeed(seed(0x42));
  const terms = {
    by: text(seed(0xd1)) as string as DeviceId,
    identity: { n: 2, h: text(seed(0xe1)) },
    key: post.publicKey,
    from: Instant.parse(1_764_144_000_000),
    until: Instant.parse(1_764_187_200_000),
  };
  return [
    {
      origin: ORIGIN,
      person: PERSON,
      terms,
      device: hash(signing.leasedIdHashed(post.publicKey)),
      text: leaseText(ORIGIN, PERSON, terms),
      lenderKey: lender.publicKey,
      signature: sign(lender.secretKey, signing.leaseSigned(ORIGIN, PERSON, terms)),
    },
  ];
}

interface Named {
  readonly id: string;
  readonly family: string;
  readonly given: string;
  readonly others?: readonly { readonly origine: string; readonly identifiant: string }[];
}

function tokenOf({ id, family, given, others = [] }: Named) {
  const otherIds = others.map((one) => ({ ...one, qualite: 1 }));
  return { sub: `f:x:${id}`, SubjectNameID: id, family_name: family, given_name: given, otherIds };
}

const ANNE = { id: '899970000016', family: 'LEFÈVRE', given: 'Anne-Marie' };
const ADELI = { ...ANNE, id: '0999700016', family: 'LEFEVRE', given: 'ANNE MARIE' };
const named = (origine: string, identifiant: string): Named => {
  return { ...ANNE, family: 'DURAND', others: [{ origine, identifiant }] };
};

/** Claims as tokens hold them, and what the later says of the earlier. */
export function continuity() {
  const cases: readonly (readonly [Named, Named])[] = [
    [ANNE, ANNE],
    [ANNE, { ...ANNE, family: 'DURAND' }],
    [ADELI, named('ADELI', '999700016')],
    [ADELI, named('RPPS', '999700016')],
    [ADELI, named('ADELI', '999700017')],
    [named('ADELI', '999700016'), ADELI],
    [ADELI, ANNE],
    [ADELI, { ...ANNE, given: 'Anne' }],
  ];
  const judged = cases.map(([before, after]) => {
    const [was, is] = [tokenOf(before), tokenOf(after)];
    const claims = [certifiedClaims(was), certifiedClaims(is)];
    const [earlier, later] = claims;
    if (!earlier || !later) throw new Error('A vector names nobody.');
    return { was, is, verdict: continuityOf(earlier, later) };
  });
  const head = { n: 2, h: text(seed(0xe2)) };
  const [statement, random] = [text(seed(0xe3)), text(seed(9))];
  const nonce = signing.nonceHashed('continuity', ORIGIN, head, statement, random);
  return { judged, origin: ORIGIN, head, statement, random, nonce: toHex(hashBytes(nonce)) };
}
