/**
 * One circle while an act is being signed: items are written one after the other on the state that
 * each leaves, by the same law that server and readers will judge them by.
 */
import {
  DEFAULT_POLICY,
  type EpochReason,
  type LapsedMember,
  type MemberRole,
  type MemberSpec,
  type StatementFacts,
} from '@liaison/contract/circle';
import {
  type AuthorEvidence,
  type CircleState,
  ESTABLISHED,
  judge,
} from '@liaison/contract/circle-rules';
import { Problem } from '@liaison/contract/errors';
import type { CircleId, EntryId, MemberId } from '@liaison/contract/ids';
import { EMPTY_HEAD, type Head, type NewItem } from '@liaison/contract/item';
import type { z } from 'zod';
import type { EpochKeys } from '../crypto/epoch.js';
import { Fault } from '../fault.js';
import { headAfter } from '../logs/circle-history.js';
import {
  type Author,
  buildCreated,
  buildEpochOpened,
  buildEpochResealed,
  buildItem,
  buildMemberAdded,
  buildMemberRemoved,
  buildMembershipStatement,
  type Built,
  type EntryDraft,
  placeIn,
  type Recipient,
  type Stamp,
} from '../logs/circle-items.js';

export interface DeskStart {
  readonly state: CircleState | null;
  readonly head: Head;
  /** First counter that this device has not used here. */
  readonly counter: number;
  /** Keys of the epoch in force; null before the first. */
  readonly epoch: EpochKeys | null;
  readonly at: number;
  readonly newId: () => EntryId;
  /** Index of our own last reset; -1 without one. */
  readonly lastReset?: number;
}

type Reason = z.infer<typeof EpochReason>;
type Created = Omit<StatementFacts<'circle.created'>, 'policy' | 'stewards'>;

export class Desk {
  readonly items: NewItem[] = [];
  /** Keys of the epochs that this act opens, by number. */
  readonly opened = new Map<number, EpochKeys>();
  state: CircleState | null;
  #head: Head;
  #epoch: EpochKeys | null;
  #counter: number;
  /** Whether nobody else can write in between: then positions are known in advance. */
  readonly #alone: boolean;
  readonly #evidence: AuthorEvidence;

  constructor(
    private readonly author: Author,
    private readonly start: DeskStart,
  ) {
    this.state = start.state;
    this.#head = start.head;
    this.#epoch = start.epoch;
    this.#counter = start.counter;
    this.#alone = start.state === null;
    this.#evidence = { ...ESTABLISHED, lastReset: start.lastReset ?? -1 };
  }

  get circle(): CircleId {
    return this.present().circle;
  }

  present(): CircleState {
    if (this.state === null) throw new Fault('no-such-circle', 'not created yet');
    return this.state;
  }

  create(facts: Created): void {
    const whole = { ...facts, policy: DEFAULT_POLICY, stewards: [] };
    const built = buildCreated(this.author, this.#stamp(), whole);
    this.#settle(built, built.circle);
  }

  /** `lapsed`: members who began a new identity, and are left out. */
  openEpoch(
    recipients: readonly Recipient[],
    because: Reason,
    lapsed: readonly LapsedMember[] = [],
  ): void {
    // Where everybody began anew, whoever asks is left out too: an epoch for nobody is none.
    if (recipients.length === 0) throw new Problem('not_a_member', 'nobody is left to seal to');
    const parts = { recipients, lapsed, current: this.#epoch };
    const state = this.present();
    const built = buildEpochOpened(this.author, state, this.#seen(), this.#stamp(), because, parts);
    this.#settle(built, this.circle);
    this.#enter(built.keys);
  }

  add(spec: MemberSpec, recipient: Recipient): void {
    const [state, keys] = [this.present(), this.#keys()];
    const stamp = this.#stamp();
    const seen = this.#seen();
    this.#settle(
      buildMemberAdded(this.author, state, seen, stamp, spec, recipient, keys),
      this.circle,
    );
  }

  /** The epoch in force, sealed again to these. */
  reseal(recipients: readonly Recipient[]): void {
    const [state, keys] = [this.present(), this.#keys()];
    const [seen, stamp] = [this.#seen(), this.#stamp()];
    const built = buildEpochResealed(this.author, state, seen, stamp, recipients, keys);
    this.#settle(built, this.circle);
  }

  /** Needs no key: whoever says so has none. */
  dispute({ epoch, member, copyHash }: StatementFacts<'copy.disputed'>): void {
    const place = placeIn(this.present(), this.#seen());
    const stamp = this.#stamp();
    const facts = { epoch, member, copyHash };
    const built = buildMembershipStatement(this.author, place, stamp, 'copy.disputed', facts);
    this.#settle(built, this.circle);
  }

  changeRole(member: MemberId, role: MemberRole): void {
    const place = placeIn(this.present(), this.#seen());
    const stamp = this.#stamp();
    const facts = { member, role };
    const built = buildMembershipStatement(this.author, place, stamp, 'role.changed', facts);
    this.#settle(built, this.circle);
  }

  /** `recipients` are those who stay. */
  remove(
    member: MemberId,
    recipients: readonly Recipient[],
    lapsed: readonly LapsedMember[] = [],
  ): void {
    const parts = { recipients, lapsed, current: this.#keys() };
    const state = this.present();
    const built = buildMemberRemoved(
      this.author,
      state,
      this.#seen(),
      this.#stamp(),
      member,
      parts,
    );
    this.#settle(built, this.circle);
    this.#enter(built.keys);
  }

  /** Somebody leaves by themselves: whoever writes next opens the epoch without them. */
  leave(member: MemberId): void {
    const place = placeIn(this.present(), this.#seen());
    const facts = { member, next: null };
    const stamp = this.#stamp();
    const built = buildMembershipStatement(this.author, place, stamp, 'member.removed', facts);
    this.#settle(built, this.circle);
  }

  entry(id: EntryId, draft: EntryDraft): void {
    const place = placeIn(this.present(), this.#seen());
    const stamp = { ...this.#stamp(), id };
    this.#settle(buildItem(this.author, place, stamp, draft, this.#keys()), this.circle);
  }

  #keys(): EpochKeys {
    if (this.#epoch === null) throw new Fault('no-keys', 'the epoch in force is not open here');
    return this.#epoch;
  }

  #enter(keys: EpochKeys): void {
    this.#epoch = keys;
    this.opened.set(this.present().epoch?.epoch ?? 0, keys);
  }

  #stamp(): Stamp {
    return { id: this.start.newId(), n: this.#counter++, at: this.start.at };
  }

  /** Elsewhere others may write before us: we have seen no further than our own copy of the log. */
  #seen(): Head {
    return this.#alone ? this.#head : this.start.head;
  }

  /** What others will say of it is said here first: a refusal costs no request. */
  #settle({ item, header, head: built }: Built, circle: CircleId): void {
    const head = this.#alone ? built : headAfter(this.#head, item.text, item.signature);
    const at = { circle, k: head.k, chain: head.h };
    const verdict = judge(this.state, header, at, this.#evidence);
    if (!verdict.ok) throw new Problem(verdict.code, verdict.why);
    this.state = verdict.state;
    this.#head = head;
    this.items.push(item);
  }
}

export const NOWHERE: Pick<DeskStart, 'state' | 'head' | 'counter' | 'epoch'> = {
  state: null,
  head: EMPTY_HEAD,
  counter: 0,
  epoch: null,
};
