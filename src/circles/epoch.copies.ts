/**
 * The sealed copies that travel beside a statement: exactly those that its facts commit to. The
 * server cannot open one; it sees to it that nobody is left out and that the root holds.
 */
import {
  type EpochFacts,
  type RecipientPin,
  STATEMENT_FACTS,
  isStatementKind,
} from '@liaison/contract/circle';
import { Problem } from '@liaison/contract/errors';
import type { Hash, MemberId } from '@liaison/contract/ids';
import type { EpochCopy, ItemHeader } from '@liaison/contract/item';
import { canBeSealedTo } from '@liaison/contract/sealing-key';
import { copyHashed } from '@liaison/contract/signing';
import { hash } from '../platform/hash/blake.js';
import { copiesRoot } from '../platform/hash/copies.tree.js';

/** A copy with its leaf in the tree of its statement. */
export interface LeafCopy extends EpochCopy {
  readonly epoch: number;
  readonly index: number;
  readonly leaf: Hash;
}

/** What a statement commits to: recipients' keys and the root over the copies. */
interface Committed {
  readonly epoch: number;
  readonly pins: readonly RecipientPin[];
  readonly root: Hash;
}

const mismatch = (why: string): Problem => new Problem('copies_mismatch', why);

function ofEpoch(facts: EpochFacts): Committed {
  if (!canBeSealedTo(facts.publicKey)) throw new Problem('item_invalid', 'epoch key');
  return { epoch: facts.epoch, pins: facts.recipients, root: facts.copiesRoot };
}

/** What copies this statement must bring, or null where it brings none. */
function committedBy(header: ItemHeader): Committed | null {
  const { kind } = header;
  if (!isStatementKind(kind)) return null;
  const facts = STATEMENT_FACTS[kind].safeParse(header.facts);
  if (!facts.success) throw new Problem('item_invalid', `facts of ${kind}`);
  switch (kind) {
    case 'member.added': {
      const { pin, copyHash } = STATEMENT_FACTS[kind].parse(header.facts);
      return { epoch: header.epoch, pins: [pin], root: copyHash };
    }
    case 'member.removed': {
      const { next } = STATEMENT_FACTS[kind].parse(header.facts);
      return next && ofEpoch(next);
    }
    case 'epoch.opened':
      return ofEpoch(STATEMENT_FACTS[kind].parse(header.facts));
    case 'epoch.resealed': {
      const { epoch, recipients, copiesRoot: root } = STATEMENT_FACTS[kind].parse(header.facts);
      return { epoch, pins: recipients, root };
    }
    default:
      return null;
  }
}

/** The keys that this statement seals to, for the check against what the server knows. */
export function pinsOf(header: ItemHeader): readonly RecipientPin[] {
  return committedBy(header)?.pins ?? [];
}

/** The copies in the order of the tree, after the check that they are the ones committed to. */
export function checkCopies(header: ItemHeader, copies: readonly EpochCopy[]): LeafCopy[] {
  const committed = committedBy(header);
  if (committed === null) {
    if (copies.length > 0) throw mismatch('none belong here');
    return [];
  }
  // Member ids are ASCII: the order of code units is the order of bytes.
  const sorted = [...copies].sort((a, b) => (a.member < b.member ? -1 : 1));
  const pinned = committed.pins.map(({ member }) => member).sort();
  if (!sameMembers(pinned, sorted)) throw mismatch('recipients');
  const leaves = sorted.map(({ member, copy }) => hash(copyHashed(member, copy)));
  if (copiesRoot(leaves) !== committed.root) throw mismatch('root');
  return sorted.map((copy, index) => ({
    ...copy,
    epoch: committed.epoch,
    index,
    leaf: leaves[index] ?? committed.root,
  }));
}

function sameMembers(pinned: readonly MemberId[], copies: readonly EpochCopy[]): boolean {
  if (new Set(pinned).size !== pinned.length) return false;
  return pinned.length === copies.length && copies.every(({ member }, i) => member === pinned[i]);
}
