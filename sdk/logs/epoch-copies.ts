/**
 * Opens epochs: a served copy is checked against the statement that carried it, opened, and the
 * secret against the epoch's public commitment; earlier epochs follow through backlinks. A copy
 * that does not hold is a typed dud that names who must answer for it.
 */
import { type EpochFacts, type RecipientPin, STATEMENT_FACTS } from '@liaison/contract/circle';
import type { ServedCopy } from '@liaison/contract/circle-routes';
import type { CircleId, Hash, MemberId } from '@liaison/contract/ids';
import type { ItemHeader } from '@liaison/contract/item';
import { openBacklink } from '../crypto/backlink.js';
import { copyLeaf, verifyCopyProof } from '../crypto/copies-tree.js';
import { deriveEpoch, type EpochKeys } from '../crypto/epoch.js';
import { openCopy, type SealingPair } from '../crypto/sealing.js';
import { epochContext } from './circle-items.js';

/** An epoch as its statement opened it. */
export interface EpochOrigin {
  readonly facts: EpochFacts;
  /** Membership head before that statement. */
  readonly prev: Hash;
}

/** The epoch that a statement opens, or null. */
export function epochOpenedBy(header: ItemHeader): EpochOrigin | null {
  const prev = header.members.h;
  if (header.kind === 'epoch.opened') {
    const parsed = STATEMENT_FACTS['epoch.opened'].safeParse(header.facts);
    return parsed.success ? { facts: parsed.data, prev } : null;
  }
  if (header.kind !== 'member.removed') return null;
  const parsed = STATEMENT_FACTS['member.removed'].safeParse(header.facts);
  return parsed.success && parsed.data.next ? { facts: parsed.data.next, prev } : null;
}

/** Whom a statement sealed to, and what it says of the copies. */
interface Carried {
  readonly pins: readonly RecipientPin[];
  readonly root: Hash;
}

/** The sealed copies that a statement carries, or null. */
function carriedBy(header: ItemHeader): Carried | null {
  const opened = epochOpenedBy(header);
  if (opened) return { pins: opened.facts.recipients, root: opened.facts.copiesRoot };
  if (header.kind === 'member.added') {
    const parsed = STATEMENT_FACTS['member.added'].safeParse(header.facts);
    return parsed.success ? { pins: [parsed.data.pin], root: parsed.data.copyHash } : null;
  }
  if (header.kind !== 'epoch.resealed') return null;
  const parsed = STATEMENT_FACTS['epoch.resealed'].safeParse(header.facts);
  return parsed.success ? { pins: parsed.data.recipients, root: parsed.data.copiesRoot } : null;
}

/** Which of a member's keys a copy is sealed to: the generation or team epoch that was pinned. */
export function pinOf(header: ItemHeader, member: MemberId): RecipientPin | null {
  return carriedBy(header)?.pins.find((pin) => pin.member === member) ?? null;
}

/**
 * `not-carried`: the server gave something else than the statement carried. The others are the
 * sealer's fault: a copy that opens to no secret or to another than the epoch's.
 */
export type DudCopy = 'not-carried' | 'commitment' | 'public-key';

export type OpenedEpoch =
  | { readonly ok: true; readonly keys: EpochKeys }
  | { readonly ok: false; readonly why: DudCopy };

function isCarried(header: ItemHeader, served: ServedCopy): boolean {
  const carried = carriedBy(header);
  if (carried === null) return false;
  const { member: recipient, copy, index, count, proof } = served;
  if (header.kind === 'member.added') {
    return carried.pins[0]?.member === recipient && copyLeaf({ recipient, copy }) === carried.root;
  }
  const place = [...carried.pins.map((pin) => pin.member as string)].sort().indexOf(recipient);
  if (index !== place || count !== carried.pins.length) return false;
  return verifyCopyProof(carried.root, { recipient, copy }, { index, count, proof });
}

/** The epoch's keys from what a copy opened to, if they are the ones that its statement shows. */
function trueEpoch(secret: Uint8Array | null, facts: EpochFacts): OpenedEpoch {
  const keys = secret && deriveEpoch(secret);
  if (keys?.commitment !== facts.commitment) return { ok: false, why: 'commitment' };
  if (keys.sealing.publicKey !== facts.publicKey) return { ok: false, why: 'public-key' };
  return { ok: true, keys };
}

/** Opens a served copy. `carrier` is the verified statement at `served.k`. */
export function openServedCopy(
  circle: CircleId,
  served: ServedCopy,
  carrier: ItemHeader,
  epoch: EpochOrigin,
  pair: SealingPair,
): OpenedEpoch {
  if (epoch.facts.epoch !== served.epoch || !isCarried(carrier, served)) {
    return { ok: false, why: 'not-carried' };
  }
  const context = epochContext(circle, epoch.facts, epoch.prev);
  return trueEpoch(openCopy(served.copy, pair, context), epoch.facts);
}

export interface EarlierEpochs {
  readonly open: ReadonlyMap<number, EpochKeys>;
  /** Epochs whose link did not hold: their opener's fault. */
  readonly duds: readonly number[];
}

/** Every epoch that one epoch's keys reach through backlinks, itself included. */
export function openEarlier(
  circle: CircleId,
  epoch: number,
  keys: EpochKeys,
  factsOf: (epoch: number) => EpochFacts | null,
): EarlierEpochs {
  const open = new Map([[epoch, keys]]);
  const duds: number[] = [];
  const waiting = [epoch];
  for (let later = waiting.pop(); later !== undefined; later = waiting.pop()) {
    const from = open.get(later);
    for (const link of factsOf(later)?.backlinks ?? []) {
      if (from === undefined || open.has(link.epoch)) continue;
      const { epoch: earlier, commitment, sealed } = link;
      const context = { owner: circle, later, earlier, commitment };
      const secret = openBacklink(from.backlinkKey, sealed, context);
      const facts = factsOf(earlier);
      const opened = secret && facts ? trueEpoch(secret, facts) : null;
      if (opened?.ok !== true) duds.push(earlier);
      else {
        open.set(earlier, opened.keys);
        waiting.push(earlier);
      }
    }
  }
  return { open, duds };
}
