/**
 * What the server shows of its trees to us, against what it showed to others: each entry cites the
 * signed heads that its author had verified. Two that do not fit are proof of a split view. The
 * record tree is followed by its heads alone, each proven to have grown from the last.
 */
import { Problem } from '@liaison/contract/errors';
import type { CircleId, Hash } from '@liaison/contract/ids';
import type { ItemHeader } from '@liaison/contract/item';
import { LIMITS } from '@liaison/contract/limits';
import {
  type CheckpointRef,
  type SignedHead,
  TRANSPARENCY_ROUTES,
  TreeName,
} from '@liaison/contract/transparency';
import { isAway } from './away.js';
import { grewFrom } from './crypto/merkle-tree.js';
import type { EvidenceRoom } from './evidence.js';
import { isReplyInvalid } from './fault.js';
import type { Ground } from './ground.js';
import type { IdentityTree } from './identity-tree.js';
import type { Instances } from './instance.js';
import { isSigned, readNote } from './logs/checkpoint.js';

/** Status of what this session or device may not do, whatever it asks. */
const OF_THE_DEVICE = 403;
const KEY = 'tree/records';
const ABOUT = 'record-tree';
const WITHHELD = 'checkpoint-withheld';

/** How long the record tree's head stands before it is asked for again. */
const FRESH_MS = 60_000;

/** A head that somebody else was shown, and where they cite it. */
interface Heard {
  readonly tree: TreeName;
  readonly head: SignedHead;
  readonly circle: CircleId;
  readonly k: number;
}

type RecordsFault = 'records-form' | 'records-signature' | 'records-shrunk' | 'records-root';

const nameOf = ({ tree, head }: Pick<Heard, 'tree' | 'head'>): string =>
  `${tree}/${String(head.size)}/${head.root}/${head.signature}`;

export class Checkpoints {
  #records: SignedHead | null = null;
  #followedAt = Number.NEGATIVE_INFINITY;
  readonly #heard = new Map<string, Heard>();
  readonly #agreed = new Set<string>();

  constructor(
    private readonly ground: Ground,
    private readonly instances: Instances,
    private readonly tree: IdentityTree,
    private readonly evidence: EvidenceRoom,
  ) {}

  async open(): Promise<void> {
    this.#records = (await this.ground.store.get<SignedHead>('meta', KEY)) ?? null;
    // What did not fit is compared again until it does, also after a restart.
    for (const tree of TreeName.options) {
      for (const exhibit of this.evidence.exhibitsAgainst(aboutSplit(tree))) {
        const { heard } = exhibit as { readonly heard: Heard };
        this.#heard.set(nameOf(heard), heard);
      }
    }
  }

  /** What an entry cites: the heads that we verified last. */
  cited(): CheckpointRef | null {
    const [identities, records] = [this.tree.head, this.#records];
    return identities === null && records === null ? null : { identities, records };
  }

  /** Notes what an item's author was shown. */
  hear(circle: CircleId, k: number, { checkpoint }: ItemHeader): void {
    for (const tree of TreeName.options) {
      const head = checkpoint?.[tree] ?? null;
      if (head === null || head.size === 0) continue;
      const heard = { tree, head, circle, k };
      if (!this.#agreed.has(nameOf(heard))) this.#heard.set(nameOf(heard), heard);
    }
  }

  /**
   * Asks for the record tree's head, and compares all that was heard since. A server that will not
   * show it withholds a proof: that is kept and shown, and everything else goes on.
   */
  async look(): Promise<void> {
    try {
      await this.#look();
      await this.evidence.heal(WITHHELD);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const { code } = error;
      await this.evidence.record(null, 'checkpoint-withheld', code, { code }, WITHHELD);
    }
  }

  async #look(): Promise<void> {
    // What is heard from here on may be newer than the answers: its turn comes next time.
    const heard = [...this.#heard.values()];
    const isOld = this.ground.clock() - this.#followedAt >= FRESH_MS;
    if (isOld || this.#isBehind('records', heard)) await this.#follow();
    if (this.#isBehind('identities', heard)) await this.tree.follow(0);
    for (const tree of TreeName.options) {
      await this.#compare(
        tree,
        heard.filter((one) => one.tree === tree),
      );
    }
  }

  #mine(tree: TreeName): SignedHead | null {
    return tree === 'identities' ? this.tree.head : this.#records;
  }

  /** Whether somebody cites a later head than ours. */
  #isBehind(tree: TreeName, heard: readonly Heard[]): boolean {
    const size = this.#mine(tree)?.size ?? 0;
    return heard.some((one) => one.tree === tree && one.head.size > size);
  }

  async #follow(): Promise<void> {
    const now = this.ground.clock();
    const looked = await this.#ask();
    if (looked === null) return;
    if ('fault' in looked) {
      const { fault, shown } = looked;
      const exhibits = { known: this.#records, shown };
      await this.evidence.record(null, fault, 'the record tree', exhibits, ABOUT);
      return;
    }
    await this.ground.store.transaction((tx) => tx.put('meta', KEY, looked));
    this.#records = looked;
    this.#followedAt = now;
    await this.evidence.heal(ABOUT);
  }

  /** The server's head of the record tree; null before the first. */
  async #ask(): Promise<SignedHead | { fault: RecordsFault; shown: unknown } | null> {
    try {
      const { note } = await this.ground.api.call(TRANSPARENCY_ROUTES.checkpoint, {});
      if (note === null && this.#records === null) return null;
      const head = note === null ? null : readNote(note, await this.#log('records'));
      const fault = await this.#wrongWith(head);
      return fault === null && head !== null
        ? head
        : { fault: fault ?? 'records-form', shown: note };
    } catch (error) {
      if (!isReplyInvalid(error)) throw error;
      return { fault: 'records-form', shown: error.why };
    }
  }

  async #wrongWith(head: SignedHead | null): Promise<RecordsFault | null> {
    if (head === null) return 'records-signature';
    const known = this.#records;
    if (known === null) return null;
    if (head.size < known.size) return 'records-shrunk';
    const [fits] = await this.#fits('records', [known], head);
    return fits === true ? null : 'records-root';
  }

  async #compare(tree: TreeName, all: readonly Heard[]): Promise<void> {
    const mine = this.#mine(tree);
    if (all.length === 0 || mine === null) return;
    const log = await this.#log(tree);
    const signed = all.filter(({ head }) => isSigned(head, log));
    // What the log key did not sign proves nothing against anybody: an honest server refuses it.
    for (const one of all) if (!signed.includes(one)) this.#settle(one);
    const known = signed.filter(({ head }) => head.size <= mine.size);
    const fit = await this.#fits(
      tree,
      known.map(({ head }) => head),
      mine,
    );
    const agreed = known.filter((_, i) => fit[i] === true);
    for (const one of agreed) this.#settle(one);
    const split = signed.find((one) => !agreed.includes(one));
    await this.#tell(tree, mine, split);
  }

  /**
   * We asked after all these were cited: an honest server's head is none of theirs' past, and grew
   * from each.
   */
  async #tell(tree: TreeName, mine: SignedHead, split: Heard | undefined): Promise<void> {
    if (split === undefined) return this.evidence.heal(aboutSplit(tree));
    const exhibits = { mine, heard: split };
    await this.evidence.record(null, 'split-view', tree, exhibits, aboutSplit(tree));
  }

  #settle(heard: Heard): void {
    const name = nameOf(heard);
    this.#heard.delete(name);
    this.#agreed.add(name);
    const [oldest] = this.#agreed;
    if (this.#agreed.size > LIMITS.headsCompared.value && oldest !== undefined) {
      this.#agreed.delete(oldest);
    }
  }

  /** For each earlier head whether the later one grew from it. */
  async #fits(
    tree: TreeName,
    before: readonly SignedHead[],
    after: SignedHead,
  ): Promise<readonly boolean[]> {
    const sizes = [...new Set(before.map(({ size }) => size))].filter((size) => size < after.size);
    const proofs = await this.#proofs(tree, sizes, after.size);
    return Promise.all(before.map((head) => grewFrom(head, after, proofs.get(head.size) ?? [])));
  }

  /** A server that cannot prove what it signed gives no proof, which proves enough. */
  async #proofs(
    tree: TreeName,
    all: readonly number[],
    to: number,
  ): Promise<ReadonlyMap<number, readonly Hash[]>> {
    const found = new Map<number, readonly Hash[]>();
    for (let at = 0; at < all.length; at += LIMITS.treeProofs.value) {
      const sizes = all.slice(at, at + LIMITS.treeProofs.value);
      try {
        const body = { tree, to, sizes };
        const { proofs } = await this.ground.api.call(TRANSPARENCY_ROUTES.consistency, { body });
        for (const [i, size] of sizes.entries()) found.set(size, proofs[i] ?? []);
      } catch (error) {
        const unknown = error instanceof Problem && error.code === 'tree_size_unknown';
        if (!unknown && !isReplyInvalid(error)) throw error;
      }
    }
    return found;
  }

  async #log(tree: TreeName) {
    const { logKey } = await this.instances.pinned();
    return { origin: this.ground.origin, tree, logKey } as const;
  }
}

/** A refusal of the question itself; one of this session or device is met wherever it is asked. */
function isRefusal(error: unknown): error is Problem {
  if (!(error instanceof Problem) || isAway(error)) return false;
  return error.status !== OF_THE_DEVICE || error.code === 'not_allowed';
}

const aboutSplit = (tree: TreeName): string => `split-${tree}`;
