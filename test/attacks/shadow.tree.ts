/**
 * The identity tree as one victim is shown it: the server's own leaves, and among them those that
 * an attack adds, under checkpoints that the real log key signed. For the operator can: only what
 * clients compare shows it.
 */
import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fromBase64Url, toBase64Url, utf8 } from '@liaison/contract/bytes';
import type { Signature } from '@liaison/contract/ids';
import type { IdentityLog } from '@liaison/contract/identity';
import { identityHashed, identityLeaf } from '@liaison/contract/signing';
import {
  checkpointText,
  type IdentityLeaf,
  type SignedHead,
  type TreeHead,
  treeOrigin,
} from '@liaison/contract/transparency';
import { hash } from '@liaison/sdk/crypto/hash';
import { signedNote } from '../../src/transparency/checkpoint.js';
import { EMPTY_EDGE, growTree, leafHash, rootOf } from '../../src/transparency/merkle-tree.js';
import type { World } from '../support/world.js';

const SPKI_PREFIX_BYTES = 12;

/** Whoever runs the server holds its log key. */
export class StolenLogKey {
  readonly #key: KeyObject;
  readonly publicKey: Uint8Array;

  constructor({ config }: World) {
    this.#key = createPrivateKey(readFileSync(config.logKeyFile));
    const spki = createPublicKey(this.#key).export({ format: 'der', type: 'spki' });
    this.publicKey = Uint8Array.from(spki.subarray(SPKI_PREFIX_BYTES));
  }

  sign(bytes: Uint8Array): Uint8Array {
    return sign(null, bytes, this.#key);
  }

  /** A head as entries cite it. */
  head(name: string, head: TreeHead): SignedHead {
    const signature = toBase64Url(this.sign(utf8(checkpointText(name, head)))) as Signature;
    return { ...head, signature };
  }

  note(origin: string, { size, root }: TreeHead): string {
    const checkpoint = { origin, size, root: fromBase64Url(root) };
    return signedNote(checkpoint, this.publicKey, (bytes) => this.sign(bytes));
  }
}

const same = (a: IdentityLeaf, b: IdentityLeaf): boolean => a.person === b.person && a.n === b.n;

export class ShadowTree {
  #shown: IdentityLeaf[] = [];
  #added = 0;

  constructor(
    private readonly world: World,
    private readonly key: StolenLogKey,
  ) {}

  /** Lists what the log says beyond what is listed of that person. */
  async list({ person, statements }: IdentityLog): Promise<void> {
    const leaves = statements.map(({ text, signature }, n) => {
      return { person, n, h: hash(identityHashed(text, signature)) };
    });
    await this.#catchUp();
    const known = this.#shown.filter((one) => one.person === person).length;
    await this.add(...leaves.slice(known));
  }

  /** Whatever they say. */
  async add(...leaves: readonly IdentityLeaf[]): Promise<void> {
    await this.#catchUp();
    this.#shown.push(...leaves);
    this.#added += leaves.length;
  }

  /** What the victim is answered; null: the truth serves as well. */
  async page(from: number): Promise<{ leaves: IdentityLeaf[]; note: string } | null> {
    if (this.#added === 0) return null;
    await this.#catchUp();
    return { leaves: this.#shown.slice(from), note: this.note(this.#shown) };
  }

  note(leaves: readonly IdentityLeaf[]): string {
    const hashes = leaves.map(({ person, n, h }) => leafHash(identityLeaf(person, n, h)));
    const { edge } = growTree(EMPTY_EDGE, hashes);
    const checkpoint = {
      origin: treeOrigin(this.world.origin, 'identities'),
      size: edge.size,
      root: rootOf(edge),
    };
    return signedNote(checkpoint, this.key.publicKey, (bytes) => this.key.sign(bytes));
  }

  /** The server's own leaves, in its order. */
  async honest(): Promise<IdentityLeaf[]> {
    return this.world.fixture.database.query<IdentityLeaf>(
      'SELECT person_id AS person, n, h FROM identity_leaves ORDER BY seq',
    );
  }

  /** What was listed since then comes after what was shown: the victim's tree only grows. */
  async #catchUp(): Promise<void> {
    const honest = await this.honest();
    const fresh = honest.filter((leaf) => !this.#shown.some((shown) => same(shown, leaf)));
    this.#shown.push(...fresh);
  }
}
