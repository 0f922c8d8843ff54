/**
 * Sealed copies that do not open, or open to another secret than the circle committed to. Whoever
 * was given one says so in the circle, once, so that everybody sees it; an admin's device seals the
 * epoch to them again, once for each epoch, so that crying wolf costs a circle one statement only.
 */
import { STATEMENT_FACTS } from '@liaison/contract/circle';
import type { ServedCopy } from '@liaison/contract/circle-routes';
import type { CircleState } from '@liaison/contract/circle-rules';
import type { CircleId, EntryId, Hash, MemberId } from '@liaison/contract/ids';
import { Problem } from '@liaison/contract/errors';
import { copyLeaf } from '../crypto/copies-tree.js';
import type { Directory } from '../directory.js';
import type { DisputeView } from '../face.groups.js';
import { Fault } from '../fault.js';
import type { Self } from '../self.js';
import type { Outbox } from '../sync/outbox.js';
import type { Book } from './circle.book.js';
import type { Keyring } from './keyring.js';
import type { Library } from './library.js';

/** The word of a member that their copy of an epoch is a dud. */
interface Dispute {
  readonly epoch: number;
  readonly member: MemberId;
  readonly copyHash: Hash;
  readonly at: number;
  /** When the epoch was sealed to that member again, or one after it began; null: not yet. */
  readonly healedAt: number | null;
}

export interface DisputeParts {
  readonly library: Library;
  readonly directory: Directory;
  readonly keyring: Keyring;
  readonly self: Self;
  readonly outbox: Outbox;
  readonly newId: () => EntryId;
}

export class Disputes {
  readonly #raising = new Set<Hash>();
  /** How many items of a circle were read when nobody in it waited for a true copy. */
  readonly #settled = new Map<CircleId, number>();

  constructor(private readonly parts: DisputeParts) {}

  /** Says in the circle that this copy is a dud: of the epoch in force, and only once. */
  async raise({ circle, items, state }: Book, copy: ServedCopy): Promise<void> {
    const { member, epoch } = copy;
    const copyHash = copyLeaf({ recipient: member, copy: copy.copy });
    const isOld = state?.epoch?.epoch !== epoch || !state.members.has(member);
    const isSaid = disputesIn(items).some((one) => one.copyHash === copyHash);
    if (isOld || isSaid || this.#raising.has(copyHash)) return;
    this.#raising.add(copyHash);
    const steps = [{ do: 'dispute', circle, epoch, member, copyHash }] as const;
    const { outbox, newId } = this.parts;
    try {
      await outbox.submit({ id: newId(), lane: circle, as: member, steps });
    } catch (error) {
      // The epoch may have ended meanwhile, and the copy with it; else it is said at the next look.
      if (!(error instanceof Problem) && !(error instanceof Fault)) throw error;
    } finally {
      this.#raising.delete(copyHash);
    }
  }

  /** Whether somebody waits for a true copy and this device may and can give it. */
  async isForUs(circle: CircleId): Promise<boolean> {
    const { library, keyring } = this.parts;
    const { items, state } = await library.book(circle);
    const epoch = state?.epoch?.epoch;
    if (state === null || epoch === undefined) return false;
    // Asked of every circle at each catch-up, and answered by its items alone.
    if (this.#settled.get(circle) === items.length) return false;
    if (unhealed(disputesIn(items), state).length === 0) {
      this.#settled.set(circle, items.length);
      return false;
    }
    const isOpen = (await keyring.kept(circle, epoch)) !== null;
    return isOpen && (await this.#admin(state)) !== null;
  }

  async heal(circle: CircleId): Promise<void> {
    const { library, outbox, newId } = this.parts;
    const { items, state } = await library.book(circle);
    const as = state === null ? null : await this.#admin(state);
    if (state === null || as === null) return;
    const steps = [{ do: 'reseal', circle, members: unhealed(disputesIn(items), state) }] as const;
    await outbox.submit({ id: newId(), lane: circle, as, steps });
  }

  /** Through whom this device manages the circle. */
  async #admin({ members }: CircleState): Promise<MemberId | null> {
    const mine = await this.parts.self.members();
    return mine.find((member) => members.get(member)?.role === 'admin') ?? null;
  }

  /** All that were ever raised in a circle, the latest first. */
  async of(circle: CircleId): Promise<DisputeView[]> {
    const { items } = await this.parts.library.book(circle);
    const disputes = disputesIn(items).reverse();
    return Promise.all(
      disputes.map(async ({ member, at, healedAt }) => {
        return { party: await this.parts.directory.party(member), at, healedAt };
      }),
    );
  }
}

function unhealed(disputes: readonly Dispute[], { epoch, members }: CircleState): MemberId[] {
  const ofNow = disputes.filter((one) => one.epoch === epoch?.epoch && members.has(one.member));
  const answered = new Set(ofNow.flatMap((one) => (one.healedAt === null ? [] : [one.member])));
  const waiting = ofNow.filter(({ member }) => !answered.has(member));
  return [...new Set(waiting.map(({ member }) => member))];
}

/** What the circle's own statements say of its copies, in their order. */
function disputesIn(items: Book['items']): Dispute[] {
  const disputes: Dispute[] = [];
  for (const { header, flaw } of items) {
    if (flaw !== null) continue;
    const { kind, at } = header;
    if (kind === 'copy.disputed') {
      disputes.push({ ...STATEMENT_FACTS[kind].parse(header.facts), at, healedAt: null });
      continue;
    }
    const heals = healedBy(header);
    for (const [i, one] of disputes.entries()) {
      if (one.healedAt === null && heals(one)) disputes[i] = { ...one, healedAt: at };
    }
  }
  return disputes;
}

/** Whether a statement gives the member of a dispute a true copy, of that epoch or a later one. */
function healedBy({ kind, facts }: Book['items'][number]['header']): (one: Dispute) => boolean {
  if (kind === 'epoch.opened') return () => true;
  if (kind === 'member.removed') {
    const isOpened = STATEMENT_FACTS[kind].parse(facts).next !== null;
    return () => isOpened;
  }
  if (kind !== 'epoch.resealed') return () => false;
  const { epoch, recipients } = STATEMENT_FACTS[kind].parse(facts);
  return (one) => one.epoch === epoch && recipients.some(({ member }) => member === one.member);
}
