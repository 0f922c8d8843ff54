/**
 * The protocol's vectors, read by the page alone: everything in test/vectors is computed again with
 * Node's built-ins and libsodium, and what differs is named. Like the rest of the verifier it
 * shares no code with the product.
 *
 *   node tools/verifier/vectors.mjs test/vectors
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import libsodium from 'libsodium-wrappers';
import {
  bytesOf,
  canonical,
  framed,
  hash,
  holds,
  must,
  parse,
  Refused,
  signed,
  u32,
  u64,
  ZERO,
} from './primitives.mjs';

const hex = (bytes) => Buffer.from(bytes).toString('hex');
const raw = (text) => Buffer.from(text, 'hex');
const b64 = (bytes) => Buffer.from(bytes).toString('base64url');
const same = (found, wanted, what) => must(canonical(found) === canonical(wanted), what);
const refuses = (act) => {
  try {
    act();
    return false;
  } catch (error) {
    // A text that JSON itself refuses is as refused as one that is not canonical.
    if (error instanceof Refused || error instanceof SyntaxError) return true;
    throw error;
  }
};

const derive = (secret, label, parts = [], size = 32) =>
  Buffer.from(libsodium.crypto_generichash(size, framed(label, ...parts), secret));
const publicOf = (seed) => Buffer.from(libsodium.crypto_kem_xwing_seed_keypair(seed).publicKey);
const keyHash = (key) => hash('key', key);
const seal = (key, nonce, plain, data) =>
  Buffer.from(libsodium.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, data, null, nonce, key));

/** Padmé: E = ⌊log₂ L⌋, S = ⌊log₂ E⌋ + 1, rounded up to a multiple of 2^(E−S), at least 512. */
function padme(length) {
  const at = Math.max(length, 512);
  const e = Math.floor(Math.log2(at));
  const step = 2 ** (e - (Math.floor(Math.log2(e)) + 1));
  return Math.ceil(at / step) * step;
}

function pad(json) {
  const plain = Buffer.concat([u32(Buffer.byteLength(json)), Buffer.from(json)]);
  return Buffer.concat([plain, Buffer.alloc(padme(plain.length) - plain.length)]);
}

// The trees of RFC 6962, by the recursion of its section 2.1.
const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
const splitOf = (count) => 2 ** Math.floor(Math.log2(count - 1));

function treeRoot(leaves) {
  if (leaves.length < 2) return leaves[0] ?? sha256();
  const k = splitOf(leaves.length);
  return sha256(Buffer.of(1), treeRoot(leaves.slice(0, k)), treeRoot(leaves.slice(k)));
}

function treeProof(size, leaves, isOld) {
  if (size === leaves.length) return isOld ? [] : [treeRoot(leaves)];
  const k = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return size <= k
    ? [...treeProof(size, left, isOld), treeRoot(right)]
    : [...treeProof(size - k, right, false), treeRoot(left)];
}

/** A signed note of C2SP: name, size, root; the signature's line holds a key id of four bytes. */
function checkNote({ logKey, text, note }, root, size) {
  const name = 'liaison.example/identities';
  const key = bytesOf(logKey);
  must(text === `${name}\n${size}\n${bytesOf(root).toString('base64')}\n`, 'checkpoint text');
  const [, said, line] = /^\n— (\S+) (\S+)\n$/.exec(note.slice(text.length)) ?? [];
  const bytes = Buffer.from(line ?? '', 'base64');
  const id = sha256(Buffer.from(`${name}\n`), Buffer.of(1), key).subarray(0, 4);
  must(said === name && id.equals(bytes.subarray(0, 4)), 'checkpoint key');
  must(signed(key, Buffer.from(text), bytes.subarray(4)), 'checkpoint signature');
}

function rootOf(leaves) {
  if (leaves.length === 1) return leaves[0];
  let half = 1;
  while (half * 2 < leaves.length) half *= 2;
  const sides = [leaves.slice(0, half), leaves.slice(half)].map(rootOf);
  return hash('copy-node', ...sides.map(bytesOf));
}

const CHECKS = {
  'encoding.json': ({ canonical: texts, refused, framed: frames }) => {
    for (const { value, text } of texts) must(canonical(value) === text, `canonical ${text}`);
    for (const text of refused)
      must(
        refuses(() => parse(text)),
        `refused ${text}`,
      );
    for (const one of frames) {
      const domain = one.domain.replace('liaison/1/', '');
      same(hex(framed(domain, ...one.parts)), one.bytes, 'framed');
      same(hash(domain, ...one.parts), one.hash, 'hash');
    }
    return texts.length + refused.length + frames.length;
  },

  'ed25519.json': (edges) => {
    for (const { name, key, message, signature, valid } of edges) {
      must(signed(raw(key), raw(message), raw(signature)) === valid, name);
    }
    return edges.length;
  },

  'signing.json': (v) => {
    const { publicKey: key, origin, text, itemSignature } = v;
    const held = {
      'item-signature': itemSignature,
      'identity-signature': v.identitySignature,
      'identity-possession': v.possession,
      lane: v.laneSignature,
      invitation: v.invitationSignature,
    };
    for (const [domain, signature] of Object.entries(held)) {
      must(holds(domain, key, origin, text, signature), domain);
    }
    const chain = (before, k) => hash('chain', bytesOf(before), u64(k), bytesOf(v.itemHash));
    const circle = Buffer.alloc(32, 0xc1);
    const receipt = framed(
      ...['receipt', origin, circle, u64(7), bytesOf(v.chain0), u64(1_760_000_000_000)],
    );
    must(signed(bytesOf(key), receipt, bytesOf(v.receiptSignature)), 'receipt');
    const proof = framed('invitation-proof', origin, bytesOf(v.chain0));
    must(signed(bytesOf(key), proof, bytesOf(v.invitationProof)), 'invitation-proof');
    const bound = [u64(0), bytesOf(ZERO), bytesOf(v.chain0), Buffer.alloc(32, 9)];
    same(
      [
        hash('item', text, bytesOf(itemSignature)),
        chain(ZERO, 0),
        chain(v.chain0, 1),
        hash('circle-id', text),
        hash('person-id', text),
        hash('identity', text, bytesOf(itemSignature)),
        hex(bytesOf(hash('oidc-nonce', 'genesis', origin, ...bound))),
        hash('name', '990000001', 'Cabinet des Lilas'.normalize('NFC')),
      ],
      [
        ...[v.itemHash, v.chain0, v.chain1, v.circleId, v.personId, v.identityHash, v.nonce],
        v.nameHash,
      ],
      'hashes',
    );
    const { one, other, number, digits } = v.safety;
    const pair = [one, other].sort((a, b) => bytesOf(a.person).compare(bytesOf(b.person)));
    const parts = pair.flatMap(({ person, key: of }) => [bytesOf(person), bytesOf(of)]);
    must(hash('safety-number', origin, ...parts) === number, 'safety number');
    const groups = digits.map((_, i) => bytesOf(number).readUInt32BE(4 * i) % 100_000);
    same(
      groups.map((group) => String(group).padStart(5, '0')),
      digits,
      'safety digits',
    );
    return Object.keys(v).length - 4;
  },

  'sealing.json': ({ recipient, epoch, copy, person, backlink }) => {
    const to = publicOf(raw(recipient.seed));
    same([b64(to), keyHash(to)], [recipient.publicKey, recipient.keyHash], 'recipient');
    const secret = raw(epoch.secret);
    const { context } = copy;
    const made = [
      hex(derive(secret, 'epoch-content')),
      hex(derive(secret, 'epoch-backlink')),
      b64(derive(secret, 'commitment')),
      keyHash(publicOf(derive(secret, 'epoch-sealing'))),
    ];
    const { contentKey, backlinkKey, commitment, publicKeyHash } = epoch;
    same(made, [contentKey, backlinkKey, commitment, publicKeyHash], 'epoch');
    const own = bytesOf(recipient.keyHash);
    const seed = derive(secret, 'encapsulation', [own], 64);
    const { ciphertext, sharedSecret } = libsodium.crypto_kem_xwing_enc_deterministic(to, seed);
    const bound = [context.owner, context.commitment, context.prev].map(bytesOf);
    const parts = [ciphertext, own, bound[0], u64(context.number), bound[1], bound[2]];
    const wrap = derive(sharedSecret, 'wrap', parts);
    const sealed = Buffer.concat([ciphertext, seal(wrap, Buffer.alloc(24), secret, null)]);
    same(b64(sealed), copy.copy, 'copy');
    const seeds = raw(person.secret);
    same(
      [keyHash(publicOf(derive(seeds, 'person-sealing'))), hex(derive(seeds, 'person-backlink'))],
      [person.keyHash, person.backlinkKey],
      'person',
    );
    const { owner, later, earlier, commitment: linked } = backlink.context;
    const data = framed('backlink', bytesOf(owner), u64(later), u64(earlier), bytesOf(linked));
    const nonce = raw(backlink.nonce);
    const link = seal(raw(epoch.backlinkKey), nonce, raw(backlink.secret), data);
    same(b64(Buffer.concat([nonce, link])), backlink.sealed, 'backlink');
    return 5;
  },

  'bodies.json': (v) => {
    const { circle, epoch, kind, kv, id, author, device } = v.context;
    const ids = [circle, author, device].map(bytesOf);
    const data = framed('body-context', ids[0], u64(epoch), kind, u64(kv), id, ids[1], ids[2]);
    const nonce = raw(v.nonce);
    const sealed = Buffer.concat([nonce, seal(raw(v.contentKey), nonce, pad(v.json), data)]);
    same([b64(sealed), hash('body', sealed)], [v.sealed, v.hash], 'body');
    for (const one of v.padme) same(padme(one.size), one.padded, `padme ${one.size}`);
    return 1 + v.padme.length;
  },

  'copies-tree.json': (trees) => {
    for (const { copies, root, proofs } of trees) {
      const leaves = copies.map(({ recipient, copy }) =>
        hash('copy', recipient, Buffer.alloc(1168, copy)),
      );
      same(
        leaves,
        copies.map(({ leaf }) => leaf),
        'leaves',
      );
      same(rootOf(leaves), root, 'root');
      proofs.forEach(({ index, count, proof }) => {
        must(climb(leaves[index], index, count, proof) === root, 'proof');
      });
    }
    return trees.length;
  },

  'recovery.json': (papers) => {
    for (const { entropy, person, signingKey, sealingKeyHash, paper } of papers) {
      const floor = [ZERO, 3, 1, 1_764_144_000_000];
      must(paper === ['liaison-paper/1', b64(raw(entropy)), ...floor].join('/'), 'paper');
      const from = (label) => derive(raw(entropy), label, [bytesOf(person)]);
      const pair = libsodium.crypto_sign_seed_keypair(from('recovery-signing'));
      same(b64(pair.publicKey), signingKey, 'recovery signing key');
      same(keyHash(publicOf(from('recovery-sealing'))), sealingKeyHash, 'recovery sealing key');
    }
    return papers.length;
  },

  'links.json': (links) => {
    for (const v of links) {
      const sealing = publicOf(raw(v.sealingSeed));
      const [c, r, s] = [v.commitment, v.reveal, v.random].map(bytesOf);
      const asked = ['link', v.origin, v.wish, v.code, bytesOf(v.signingKey), sealing, r];
      const digits = bytesOf(hash('link-digits', c, v.text, s, r)).readUIntBE(0, 6) % 1e6;
      const shown = String(digits).padStart(6, '0');
      const made = [hash(...asked), b64(derive(bytesOf(v.secret), 'link-mac', [c, v.text, s]))];
      same(made, [v.commitment, v.mac], 'link');
      must(`${shown.slice(0, 3)} ${shown.slice(3)}` === v.digits, 'link digits');
      const claim = framed('link-claim', v.origin, v.code, c);
      must(signed(bytesOf(v.signingKey), claim, bytesOf(v.claim)), 'link claim');
    }
    return links.length;
  },

  'leases.json': (leases) => {
    for (const { origin, person, terms, device, text, lenderKey, signature } of leases) {
      must(canonical({ v: 1, origin, person, ...terms }) === text, 'lease text');
      must(hash('device-id', bytesOf(terms.key), Buffer.alloc(0)) === device, 'post id');
      must(holds('lease', lenderKey, origin, text, signature), 'lease signature');
    }
    return leases.length;
  },

  'device-names.json': (boxes) => {
    for (const v of boxes) {
      must(holds('device-names', v.signerKey, v.origin, v.text, v.signature), 'names signature');
      same(JSON.parse(v.json), { text: v.text, signature: v.signature }, 'names');
      const key = derive(raw(v.personSeed), 'person-names');
      const data = framed('device-names-context', bytesOf(v.person), u64(v.generation));
      const nonce = raw(v.nonce);
      const box = Buffer.concat([nonce, seal(key, nonce, pad(v.json), data)]);
      same(b64(box), v.sealed, 'names box');
    }
    return boxes.length;
  },

  'attachments.json': (files) => {
    for (const { id, key, header, sealedHash, chunks, size, plain, sealed } of files) {
      const hashes = sealed.map((chunk) => bytesOf(hash('attachment-chunk', bytesOf(chunk))));
      must(hash('attachment-whole', ...hashes) === sealedHash, 'attachment hash');
      const state = libsodium.crypto_secretstream_xchacha20poly1305_init_pull(
        ...[header, key].map(bytesOf),
      );
      const opened = sealed.map((chunk, i) => {
        const data = framed('attachment', id, u64(i));
        const pulled = libsodium.crypto_secretstream_xchacha20poly1305_pull(
          ...[state, bytesOf(chunk), data],
        );
        must(pulled && pulled.tag === (i === chunks - 1 ? 3 : 0), 'attachment chunk');
        return Buffer.from(pulled.message);
      });
      const whole = Buffer.concat(opened);
      must(whole.length === padme(size) && sealed.length === chunks, 'attachment size');
      same(hex(whole.subarray(0, size)), plain, 'attachment');
    }
    return files.length;
  },

  'words.json': (v) => {
    const redeem = framed('invitation-redeem', v.origin, bytesOf(v.challenge));
    must(signed(bytesOf(v.publicKey), redeem, bytesOf(v.redemption)), 'redemption');
    const record = framed('audit-record', raw(v.salt), v.record);
    must(canonical(JSON.parse(v.record)) === v.record, 'record text');
    same(hex(record), v.recordBytes, 'record bytes');
    must(signed(bytesOf(v.publicKey), record, bytesOf(v.recordSignature)), 'record signature');
    return 2;
  },

  'trees.json': ({ leaves, roots, proofs, checkpoint }) => {
    const hashed = leaves.map(({ person, n, h, content }) => {
      const bytes = framed('identity-leaf', bytesOf(person), u64(n), bytesOf(h));
      same(hex(bytes), content, 'leaf');
      return sha256(Buffer.of(0), bytes);
    });
    const rootAt = (size) => b64(treeRoot(hashed.slice(0, size)));
    for (const { size, root } of roots) must(rootAt(size) === root, `root ${size}`);
    for (const { from, to, proof } of proofs) {
      const made = treeProof(from, hashed.slice(0, to), true).map(b64);
      same(made, proof, `proof ${from} ${to}`);
    }
    checkNote(checkpoint, rootAt(leaves.length), leaves.length);
    return roots.length + proofs.length + 1;
  },

  'continuity.json': ({ judged, origin, head, statement, random, nonce }) => {
    judged.forEach(({ was, is, verdict }, i) => {
      must(continuity(was, is) === verdict, `continuity ${i}`);
    });
    const bound = [u64(head.n + 1), ...[head.h, statement, random].map(bytesOf)];
    same(hex(bytesOf(hash('oidc-nonce', 'continuity', origin, ...bound))), nonce, 'nonce');
    return judged.length + 1;
  },
};

const letters = (name) =>
  name
    .normalize('NFD')
    .replace(/[^\p{Letter}]+/gu, '')
    .toUpperCase();
const called = (claims) => [claims.given_name, claims.family_name].map(letters).join('/');

/** What a later token's claims say of an earlier one's: docs/protocol.md, "Continuity". */
function continuity(was, is) {
  const former = was.SubjectNameID;
  const digits = { RPPS: '8', ADELI: '0' };
  const others = is.otherIds.map((one) => `${digits[one.origine]}${one.identifiant}`);
  if (is.SubjectNameID === former || others.includes(former)) return 'proven';
  return called(was) === called(is) ? 'unproven' : 'another';
}

function climb(leaf, index, count, proof) {
  if (count === 1) return proof.length === 0 ? leaf : null;
  let half = 1;
  while (half * 2 < count) half *= 2;
  const [left, rest] = [index < half, proof.slice(0, -1)];
  const below = left
    ? climb(leaf, index, half, rest)
    : climb(leaf, index - half, count - half, rest);
  const sides = left ? [below, proof.at(-1)] : [proof.at(-1), below];
  return hash('copy-node', ...sides.map(bytesOf));
}

await libsodium.ready;
for (const [name, check] of Object.entries(CHECKS)) {
  const cases = check(JSON.parse(readFileSync(join(process.argv[2] ?? '', name), 'utf8')));
  process.stdout.write(`${name}: ${cases} agree\n`);
}
