/**
 * The tree of all identity statements, followed leaf by leaf: of every person how long their log is
 * and what stands in it, as everybody is shown it. A log that says otherwise is not believed, and
 * one that is shorter is being withheld. It must never take a leaf that no signed root covers.
 */
import { type Hash, type PersonId } from '@liaison/contract/ids';
import { identityLeaf } from '@liaison/contract/signing';
import {
  type IdentityLeaf,
  type SignedHead,
  TRANSPARENCY_ROUTES,
} from '@liaison/contract/transparency';
import { type Edge, EMPTY_EDGE, grownEdge, rootOf } from './crypto/merkle-tree.js';
import type { EvidenceRoom } from './evidence.js';
import { Fault, isReplyInvalid } from './fault.js';
import { isFresh } from './freshness.js';
import type { Ground } from './ground.js';
import type { Instances } from './instance.js';
import { readNote } from './logs/checkpoint.js';

const KEY = 'tree/identities';
const ABOUT = 'identity-tree';

/** How long the tree is believed to be whole before somebody is sealed to. */
export const FRESH_MS = 30_000;

interface Kept {
  readonly edge: Edge;
  readonly head: SignedHead;
}

/** What is known once a page was taken; nothing of it counts before its root was checked. */
interface Ahead {
  readonly edge: Edge;
  readonly listed: ReadonlyMap<PersonId, readonly Hash[]>;
}

/** What no honest server could answer. */
export type TreeFault =
  | 'tree-form'
  | 'tree-order'
  | 'tree-signature'
  | 'tree-shrunk'
  | 'tree-gap'
  | 'tree-root';

type Looked = { readonly fault: TreeFault } | { readonly ahead: Ahead; readonly head: SignedHead };

export class IdentityTree {
  #edge: Edge = EMPTY_EDGE;
  #head: SignedHead | null = null;
  #broken = false;
  #followedAt = Number.NEGATIVE_INFINITY;
  #following: Promise<void> | null = null;
  readonly #listed = new Map<PersonId, readonly Hash[]>();

  constructor(
    private readonly ground: Ground,
    private readonly instances: Instances,
    private readonly evidence: EvidenceRoom,
  ) {}

  async open(): Promise<void> {
    const { store } = this.ground;
    const kept = await store.get<Kept>('meta', KEY);
    if (kept === undefined) return;
    this.#edge = kept.edge;
    this.#head = kept.head;
    for (const [person, hashes] of await store.scan<readonly Hash[]>('leaves', '')) {
      this.#listed.set(person as PersonId, hashes);
    }
  }

  /** The last checkpoint whose root this client computed itself; null before the first. */
  get head(): SignedHead | null {
    return this.#head;
  }

  /** Whether the server's last answer was believed: if not, nobody's log is known to be whole. */
  get isBroken(): boolean {
    return this.#broken;
  }

  /** Hash of each statement of that person that the tree lists. */
  listed(person: PersonId): readonly Hash[] {
    return this.#listed.get(person) ?? [];
  }

  /** Makes sure that the tree is as the server has it now, give or take this long. */
  async follow(maxAgeMs = FRESH_MS): Promise<void> {
    const isKnown = isFresh(this.#followedAt, this.ground.clock(), maxAgeMs);
    if (isKnown && !this.#broken) return;
    // Who asks for now is not served with an answer that was asked for before.
    if (maxAgeMs === 0) await this.#following;
    this.#following ??= this.#follow().finally(() => {
      this.#following = null;
    });
    await this.#following;
  }

  async #follow(): Promise<void> {
    const now = this.ground.clock();
    const looked = await this.#look();
    this.#broken = 'fault' in looked;
    if ('fault' in looked) return;
    this.#followedAt = now;
    await this.#keep(looked);
    await this.evidence.heal(ABOUT);
  }

  /** Takes pages until a checkpoint covers them. */
  async #look(): Promise<Looked> {
    const { logKey } = await this.instances.pinned();
    const log = { origin: this.ground.origin, tree: 'identities', logKey } as const;
    let ahead: Ahead = { edge: this.#edge, listed: this.#listed };
    for (;;) {
      const query = { from: ahead.edge.size };
      const page = await this.#page(query);
      if (page instanceof Fault) return this.#lied('tree-form', page.why);
      const head = readNote(page.note, log);
      const taken = await take(ahead, page.leaves);
      const fault = await faultOf(ahead.listed, page.leaves, taken.edge, head);
      if (fault !== null || head === null) return this.#lied(fault ?? 'tree-signature', page);
      ahead = taken;
      if (ahead.edge.size >= head.size) return { ahead, head };
    }
  }

  async #page(query: { readonly from: number }) {
    try {
      return await this.ground.api.call(TRANSPARENCY_ROUTES.identityLeaves, { query });
    } catch (error) {
      if (isReplyInvalid(error)) return error;
      throw error;
    }
  }

  async #lied(fault: TreeFault, page: unknown): Promise<Looked> {
    const exhibits = { edge: this.#edge, head: this.#head, page };
    await this.evidence.record(null, fault, 'the tree of all identities', exhibits, ABOUT);
    return { fault };
  }

  async #keep({ ahead, head }: Exclude<Looked, { fault: TreeFault }>): Promise<void> {
    if (head.size === this.#head?.size) return;
    const moved = [...ahead.listed].filter(([person, hashes]) => {
      return this.#listed.get(person) !== hashes;
    });
    const kept: Kept = { edge: ahead.edge, head };
    await this.ground.store.transaction((tx) => {
      tx.put('meta', KEY, kept);
      for (const [person, hashes] of moved) tx.put('leaves', person, hashes);
    });
    this.#edge = ahead.edge;
    this.#head = head;
    for (const [person, hashes] of moved) this.#listed.set(person, hashes);
  }
}

/** The tree with these leaves after it. */
async function take({ edge, listed }: Ahead, leaves: readonly IdentityLeaf[]): Promise<Ahead> {
  if (leaves.length === 0) return { edge, listed };
  const next = new Map(listed);
  for (const { person, h } of leaves) next.set(person, [...(next.get(person) ?? []), h]);
  const contents = leaves.map(({ person, n, h }) => identityLeaf(person, n, h));
  return { edge: await grownEdge(edge, contents), listed: next };
}

/** Whether each leaf is its person's next statement. */
function isInOrder(listed: Ahead['listed'], leaves: readonly IdentityLeaf[]): boolean {
  const next = new Map<PersonId, number>();
  return leaves.every(({ person, n }) => {
    const expected = next.get(person) ?? listed.get(person)?.length ?? 0;
    next.set(person, expected + 1);
    return n === expected;
  });
}

/** What is wrong with a page, by the edge after it and the checkpoint that should cover it. */
async function faultOf(
  listed: Ahead['listed'],
  leaves: readonly IdentityLeaf[],
  edge: Edge,
  head: SignedHead | null,
): Promise<TreeFault | null> {
  if (head === null) return 'tree-signature';
  if (!isInOrder(listed, leaves)) return 'tree-order';
  if (head.size < edge.size) return 'tree-shrunk';
  if (leaves.length === 0 && head.size > edge.size) return 'tree-gap';
  if (head.size === edge.size && head.root !== (await rootOf(edge))) return 'tree-root';
  return null;
}
