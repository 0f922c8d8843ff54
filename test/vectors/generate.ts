/**
 * Makes the language-neutral vectors of version 1 from fixed seeds. `node test/vectors/write.mjs`
 * writes them; the unit suites of both sides check what is written. Once version 1 is frozen, a
 * change of any byte here is a new version of the protocol, never an edit.
 */
import { fromBase64Url, toBase64Url, toHex, utf8 } from '@liaison/contract/bytes';
import { canonical, framed } from '@liaison/contract/encoding';
import {
  type CircleId,
  type DeviceId,
  type EntryId,
  type Hash,
  Instant,
  type Origin,
  type PersonId,
  ZERO_HASH,
} from '@liaison/contract/ids';
import { paperText } from '@liaison/contract/paper';
import * as signing from '@liaison/contract/signing';
import { openBacklink, sealBacklink } from '@liaison/sdk/crypto/backlink';
import { sealBody } from '@liaison/sdk/crypto/body';
import { copiesRoot, copyLeaf, copyProof } from '@liaison/sdk/crypto/copies-tree';
import { deriveEpoch, derivePersonKeys } from '@liaison/sdk/crypto/epoch';
import { hash } from '@liaison/sdk/crypto/hash';
import { padme } from '@liaison/sdk/crypto/padding';
import { recoveryKeys, recoveryWords } from '@liaison/sdk/crypto/recovery';
import { keyHash, sealCopy, sealingPairFromSeed } from '@liaison/sdk/crypto/sealing';
import { sign, signingPairFromSeed } from '@liaison/sdk/crypto/signing';
import { edgeCases } from './ed25519-edges.js';
import { continuity, leases, links } from './people-vectors.js';
import { attachments, deviceNames, words } from './sealed-vectors.js';
import { trees } from './tree-vectors.js';

const seed = (byte: number, size = 32): Uint8Array => new Uint8Array(size).fill(byte);
const text = (bytes: Uint8Array): Hash => toBase64Url(bytes) as Hash;
const ORIGIN = 'https://liaison.example' as Origin;
const CIRCLE = text(seed(0xc1)) as string as CircleId;
const PERSON = text(seed(0xa1)) as string as PersonId;
const DEVICE = text(seed(0xd1)) as string as DeviceId;
const PAPER_MADE_AT = Instant.parse(1_764_144_000_000);
const ENTRY = '01890000-0000-7000-8000-000000000001' as EntryId;

function encoding() {
  const values: unknown[] = [
    {},
    [],
    null,
    { b: 1, a: [true, false, null], é: 'è', 'a b': { z: -1, y: 9007199254740991 } },
    { '€': 1, '\u{1f600}': 2, 'ﬁ': 3 },
    'tab\tquote"slash\\line\n\u2028\u0007',
  ];
  return {
    canonical: values.map((value) => ({ value, text: canonical(value) })),
    refused: [' {}', '{"b":1,"a":2}', '{"a":1,"a":1}', '1.0', '1e3', '-0', '0.5', '"\\u0041"', ''],
    framed: [[], ['', ''], ['abc'], ['a', 'bc'], ['ab', 'c']].map((parts) => {
      const bytes = framed('liaison/1/item', ...parts.map(utf8));
      return { domain: 'liaison/1/item', parts, bytes: toHex(bytes), hash: hash(bytes) };
    }),
  };
}

function signatures() {
  const pair = signingPairFromSeed(seed(1));
  const body = '{"example":true}';
  const signature = sign(pair.secretKey, signing.itemSigned(ORIGIN, body));
  const itemHash = hash(signing.itemHashed(body, signature));
  const zero = text(seed(0));
  const chain = hash(signing.chainHashed(zero, 0, itemHash));
  return {
    seed: toHex(seed(1)),
    publicKey: pair.publicKey,
    origin: ORIGIN,
    text: body,
    itemSignature: signature,
    itemHash,
    chain0: chain,
    chain1: hash(signing.chainHashed(chain, 1, itemHash)),
    circleId: hash(signing.circleIdHashed(body)),
    personId: hash(signing.personIdHashed(body)),
    identitySignature: sign(pair.secretKey, signing.identitySigned(ORIGIN, body)),
    possession: sign(pair.secretKey, signing.possessionSigned(ORIGIN, body)),
    identityHash: hash(signing.identityHashed(body, signature)),
    laneSignature: sign(pair.secretKey, signing.laneSigned(ORIGIN, body)),
    receiptSignature: sign(
      pair.secretKey,
      signing.receiptSigned(ORIGIN, CIRCLE, { k: 7, h: chain }, 1_760_000_000_000),
    ),
    invitationSignature: sign(pair.secretKey, signing.invitationSigned(ORIGIN, body)),
    invitationProof: sign(pair.secretKey, signing.invitationProofSigned(ORIGIN, chain)),
    nonce: toHex(
      fromBase64Url(
        hash(
          signing.nonceHashed('genesis', ORIGIN, { n: -1, h: zero }, chain, text(seed(9))),
        ),
      ),
    ),
    nameHash: hash(signing.nameHashed('990000001', 'Cabinet des Lilas')),
    safety: safety(),
  };
}

/** Both orders give the same number. */
function safety() {
  const one = { person: PERSON, key: text(seed(0xe1)) };
  const other = { person: text(seed(0x0b)) as string as PersonId, key: text(seed(0xe2)) };
  const number = hash(signing.safetyHashed(ORIGIN, one, other));
  return { one, other, number, digits: signing.safetyDigits(fromBase64Url(number)) };
}

function sealing() {
  const recipient = sealingPairFromSeed(seed(2));
  const epoch = deriveEpoch(seed(3));
  const context = { owner: CIRCLE, number: 4, commitment: epoch.commitment, prev: text(seed(5)) };
  const person = derivePersonKeys(seed(6));
  const link = { owner: CIRCLE, later: 4, earlier: 3, commitment: text(seed(7)) };
  const sealed = sealBacklink(epoch.backlinkKey, seed(8), link, (size) => seed(0x18, size));
  return {
    recipient: {
      seed: toHex(seed(2)),
      publicKey: recipient.publicKey,
      keyHash: keyHash(recipient.publicKey),
    },
    epoch: {
      secret: toHex(seed(3)),
      contentKey: toHex(epoch.contentKey),
      backlinkKey: toHex(epoch.backlinkKey),
      commitment: epoch.commitment,
      publicKeyHash: keyHash(epoch.sealing.publicKey),
    },
    copy: { context, copy: sealCopy(seed(3), recipient.publicKey, context) },
    person: {
      secret: toHex(seed(6)),
      keyHash: person.keyHash,
      backlinkKey: toHex(person.backlinkKey),
    },
    backlink: {
      context: link,
      nonce: toHex(seed(0x18, 24)),
      secret: toHex(seed(8)),
      sealed,
      opens: toHex(openBacklink(epoch.backlinkKey, sealed, link) ?? seed(0)),
    },
  };
}

function bodies() {
  const { contentKey } = deriveEpoch(seed(3));
  const context = {
    circle: CIRCLE,
    epoch: 4,
    kind: 'message.posted',
    kv: 1,
    id: ENTRY,
    author: PERSON,
    device: DEVICE,
  };
  const body = { text: 'Pansement refait ce matin.', attachments: [] };
  const sealed = sealBody(contentKey, body, context, (size) => seed(0x28, size));
  const sizes = [0, 1, 512, 513, 1000, 1024, 1025, 10_000, 65_537, 262_000];
  return {
    contentKey: toHex(contentKey),
    context,
    body,
    json: JSON.stringify(body),
    nonce: toHex(seed(0x28, 24)),
    sealed: toBase64Url(sealed),
    hash: hash(signing.bodyHashed(sealed)),
    padme: sizes.map((size) => ({ size, padded: padme(size) })),
  };
}

function copies() {
  const all = Array.from({ length: 5 }, (_, i) => ({
    recipient: `p.${toBase64Url(seed(i + 1))}`,
    copy: toBase64Url(seed(i + 1, 1168)) as Parameters<typeof copyLeaf>[0]['copy'],
  }));
  return [1, 2, 3, 5].map((count) => {
    const some = all.slice(0, count);
    return {
      copies: some.map((one, i) => ({ ...one, copy: i + 1, leaf: copyLeaf(one) })),
      root: copiesRoot(some),
      proofs: some.map((one) => copyProof(some, one.recipient)),
    };
  });
}

function recovery() {
  return [seed(0, 16), seed(0xff, 16), Uint8Array.from({ length: 16 }, (_, i) => i * 16 + 1)].map(
    (entropy) => {
      const keys = recoveryKeys(entropy, PERSON);
      const sealingKeyHash = keyHash(keys.sealing.publicKey);
      const words = recoveryWords(entropy).join(' ');
      const signingKey = keys.signing.publicKey;
      const floor = { genesis: ZERO_HASH, length: 3, generation: 1 };
      const paper = paperText({ entropy: toBase64Url(entropy), floor, madeAt: PAPER_MADE_AT });
      return { entropy: toHex(entropy), words, person: PERSON, signingKey, sealingKeyHash, paper };
    },
  );
}

/** Every vector file by name. Call `ready()` first. */
export function vectors(): Readonly<Record<string, unknown>> {
  return {
    'encoding.json': encoding(),
    'ed25519.json': edgeCases(),
    'signing.json': signatures(),
    'sealing.json': sealing(),
    'bodies.json': bodies(),
    'copies-tree.json': copies(),
    'recovery.json': recovery(),
    'links.json': links(),
    'leases.json': leases(),
    'continuity.json': continuity(),
    'device-names.json': deviceNames(),
    'attachments.json': attachments(),
    'words.json': words(),
    'trees.json': trees(),
  };
}
