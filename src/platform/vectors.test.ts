/** The server's side of the protocol's vectors: the same bytes by node:crypto, no line shared. */
import { readFileSync } from 'node:fs';
import { createPrivateKey, sign } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { fromBase64Url, toHex, utf8 } from '@liaison/contract/bytes';
import { canonical, framed } from '@liaison/contract/encoding';
import { certifiedClaims, continuityOf } from '@liaison/contract/certified-claims';
import type { CircleId, Hash, Origin, PersonId } from '@liaison/contract/ids';
import { type LeaseTerms, leaseText } from '@liaison/contract/lease';
import * as signing from '@liaison/contract/signing';
import { hash } from './hash/blake.js';
import { copiesProof, copiesRoot } from './hash/copies.tree.js';
import { verifyStrict } from './signatures/ed25519.js';

const folder = new URL('../../test/vectors/', import.meta.url);
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

interface Encoding {
  canonical: { value: unknown; text: string }[];
  framed: { parts: string[]; bytes: string; hash: string }[];
}
interface Signing extends Record<string, string> {
  origin: string & Origin;
  text: string;
}
interface Edge {
  name: string;
  key: string;
  message: string;
  signature: string;
  valid: boolean;
}
interface Continuity {
  judged: { was: unknown; is: unknown; verdict: string }[];
  origin: Origin;
  head: { n: number; h: Hash };
  statement: Hash;
  random: Hash;
  nonce: string;
}
interface LeaseVector {
  origin: Origin;
  person: PersonId;
  terms: LeaseTerms;
  device: string;
  text: string;
  lenderKey: string;
  signature: string;
}
interface NamesVector {
  origin: Origin;
  text: string;
  signerKey: string;
  signature: string;
}
interface Tree {
  copies: { leaf: Hash }[];
  root: Hash;
  proofs: { proof: Hash[] }[];
}

describe('the vectors of version 1', () => {
  test.each(read('ed25519.json') as Edge[])('Ed25519: $name', (edge) => {
    const { key, message, signature, valid } = edge;
    expect(verifyStrict(bytes(key), bytes(message), bytes(signature))).toBe(valid);
  });

  test('canonical texts, framing and hash', () => {
    const encoding = read('encoding.json') as Encoding;
    for (const { value, text } of encoding.canonical) expect(canonical(value)).toBe(text);
    for (const one of encoding.framed) {
      const input = framed('liaison/1/item', ...one.parts.map(utf8));
      expect([toHex(input), hash(input)]).toEqual([one.bytes, one.hash]);
    }
  });

  test('ids, chain and what is signed', () => {
    const one = read('signing.json') as Signing;
    const pkcs8 = Buffer.concat([
      Buffer.from('302e020100300506032b657004220420', 'hex'),
      bytes(one['seed']!),
    ]);
    const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
    const signed = (input: Uint8Array): string => sign(null, input, key).toString('base64url');
    const zero = 'A'.repeat(43) as Hash;
    const itemHash = hash(signing.itemHashed(one.text, one['itemSignature']!));
    const chain0 = hash(signing.chainHashed(zero, 0, itemHash));
    const circle = Buffer.alloc(32, 0xc1).toString('base64url') as CircleId;
    expect({
      itemSignature: signed(signing.itemSigned(one.origin, one.text)),
      itemHash,
      chain0,
      chain1: hash(signing.chainHashed(chain0, 1, itemHash)),
      circleId: hash(signing.circleIdHashed(one.text)),
      personId: hash(signing.personIdHashed(one.text)),
      identityHash: hash(signing.identityHashed(one.text, one['itemSignature']!)),
      identitySignature: signed(signing.identitySigned(one.origin, one.text)),
      possession: signed(signing.possessionSigned(one.origin, one.text)),
      laneSignature: signed(signing.laneSigned(one.origin, one.text)),
      receiptSignature: signed(
        signing.receiptSigned(one.origin, circle, { k: 7, h: chain0 }, 1_760_000_000_000),
      ),
      invitationProof: signed(signing.invitationProofSigned(one.origin, chain0)),
    }).toMatchObject({
      itemSignature: one['itemSignature'],
      itemHash: one['itemHash'],
      chain0: one['chain0'],
      chain1: one['chain1'],
      circleId: one['circleId'],
      personId: one['personId'],
      identityHash: one['identityHash'],
      identitySignature: one['identitySignature'],
      possession: one['possession'],
      laneSignature: one['laneSignature'],
      receiptSignature: one['receiptSignature'],
      invitationProof: one['invitationProof'],
    });
  });

  test('sealed bodies are known by their hash', () => {
    const { sealed, hash: named } = read('bodies.json') as { sealed: string; hash: string };
    expect(hash(signing.bodyHashed(fromBase64Url(sealed)))).toBe(named);
  });

  test('what the provider says of two tokens, and what binds one to a statement', () => {
    const one = read('continuity.json') as Continuity;
    for (const { was, is, verdict } of one.judged) {
      expect(continuityOf(certifiedClaims(was)!, certifiedClaims(is)!)).toBe(verdict);
    }
    const { origin, head, statement, random } = one;
    const bound = signing.nonceHashed('continuity', origin, head, statement, random);
    expect(toHex(fromBase64Url(hash(bound)))).toBe(one.nonce);
  });

  test('leases and the ids of posts', () => {
    for (const one of read('leases.json') as LeaseVector[]) {
      expect(leaseText(one.origin, one.person, one.terms)).toBe(one.text);
      expect(hash(signing.leasedIdHashed(one.terms.key))).toBe(one.device);
      const said = signing.leaseSigned(one.origin, one.person, one.terms);
      const [key, signature] = [one.lenderKey, one.signature].map(fromBase64Url);
      expect(verifyStrict(key!, said, signature!)).toBe(true);
    }
  });

  test('trees of copies', () => {
    for (const { copies, root, proofs } of read('copies-tree.json') as Tree[]) {
      const leaves = copies.map(({ leaf }) => leaf);
      expect(copiesRoot(leaves)).toBe(root);
      for (const [i, { proof }] of proofs.entries()) expect(copiesProof(leaves, i)).toEqual(proof);
    }
  });

  test('what an invited person signs, and what the audit keeps', () => {
    const one = read('words.json') as Record<string, string>;
    const key = fromBase64Url(one['publicKey']!);
    const redeemed = signing.redemptionSigned(one['origin'] as Origin, one['challenge']!);
    expect(verifyStrict(key, redeemed, fromBase64Url(one['redemption']!))).toBe(true);
    const record = framed('liaison/1/audit-record', bytes(one['salt']!), utf8(one['record']!));
    expect(toHex(record)).toBe(one['recordBytes']);
    expect(verifyStrict(key, record, fromBase64Url(one['recordSignature']!))).toBe(true);
  });

  test('names of devices are signed over these bytes', () => {
    for (const one of read('device-names.json') as NamesVector[]) {
      const said = signing.deviceNamesSigned(one.origin, one.text);
      const [key, signature] = [one.signerKey, one.signature].map(fromBase64Url);
      expect(verifyStrict(key!, said, signature!)).toBe(true);
    }
  });
});
