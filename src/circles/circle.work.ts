/**
 * A circle while its head is held: items take their places one after another, in memory, before
 * anything is written. A refused item leaves no trace here.
 */
import type { CircleState } from '@liaison/contract/circle-rules';
import type { CircleId, DeviceId, Hash } from '@liaison/contract/ids';
import { EMPTY_HEAD, type Head } from '@liaison/contract/item';
import { chainHashed } from '@liaison/contract/signing';
import { hash } from '../platform/hash/blake.js';
import { type CounterRow, type HeadRow, headOf } from './append.rows.js';
import type { PlacedItem } from './placed-item.js';

interface Counter {
  readonly inc: number;
  readonly n: number;
}

export class CircleWork {
  readonly circle: CircleId;
  readonly before: CircleState | null;
  readonly placed: PlacedItem[] = [];
  state: CircleState | null;
  head: Head;
  ordinal: number;
  private readonly hashes = new Map<number, Hash>();
  private readonly counters = new Map<DeviceId, Counter>();
  private readonly moved = new Set<DeviceId>();

  constructor(row: HeadRow, state: CircleState | null) {
    this.circle = row.circle;
    this.before = state;
    this.state = state;
    this.head = row.k < 0 ? EMPTY_HEAD : headOf(row);
    this.ordinal = row.ordinal;
    this.know(this.head.k, this.head.h);
    if (state !== null) this.know(state.membersHead.k, state.membersHead.h);
  }

  /** A true hash of this circle's chain. */
  know(k: number, h: Hash): void {
    this.hashes.set(k, h);
  }

  knows(k: number): boolean {
    return this.hashes.has(k);
  }

  /** Whether the head was, or is, one of this chain's. */
  isTrue(head: Head): boolean {
    return this.hashes.get(head.k) === head.h;
  }

  /** The stored counter of a device; what was placed meanwhile counts more. */
  count(device: DeviceId, counter: Counter): void {
    if (!this.counters.has(device)) this.counters.set(device, counter);
  }

  isNewer(device: DeviceId, inc: number, n: number): boolean {
    const last = this.counters.get(device);
    return last === undefined || inc > last.inc || (inc === last.inc && n > last.n);
  }

  /** The chain hash that an item would have as the next one. */
  next(itemHash: Hash): Head {
    const k = this.head.k + 1;
    return { k, h: hash(chainHashed(this.head.h, k, itemHash)) };
  }

  place(item: PlacedItem): void {
    const { device, inc, n } = item.item.header;
    this.placed.push(item);
    this.state = item.state;
    this.head = { k: item.k, h: item.h };
    this.ordinal = item.ordinal;
    this.know(item.k, item.h);
    this.counters.set(device, { inc, n });
    this.moved.add(device);
  }

  /** Whether membership statements were placed. */
  get membersMoved(): boolean {
    return this.state?.membersHead.h !== this.before?.membersHead.h;
  }

  counterRows(): CounterRow[] {
    return [...this.moved].map((device) => {
      const { inc, n } = this.counters.get(device) ?? { inc: 0, n: 0 };
      return { circle: this.circle, device, inc, n };
    });
  }

  headRow(): HeadRow {
    const members = this.state?.membersHead ?? EMPTY_HEAD;
    return {
      circle: this.circle,
      k: this.head.k,
      h: this.head.h,
      membersK: members.k,
      membersH: members.h,
      epoch: this.state?.epoch?.epoch ?? 0,
      ordinal: this.ordinal,
    };
  }
}
