/**
 * How a feature takes part in an append: its rule runs in the same transaction, after the law of
 * the circle has accepted the item, and may refuse the whole submission. Circles know no feature.
 */
import type { CircleKind } from '@liaison/contract/circle';
import type { CircleState } from '@liaison/contract/circle-rules';
import type { CircleId, MemberId } from '@liaison/contract/ids';
import type { Head, ItemHeader } from '@liaison/contract/item';
import { Injectable } from '@nestjs/common';
import type { DomainEvent } from '../events/domain-event.js';
import type { Transaction } from '../platform/database/database.js';

/** An item that has its place, in a transaction that is not yet durable. */
export interface AppendedItem {
  readonly circle: CircleId;
  readonly kind: CircleKind;
  readonly k: number;
  readonly h: Head['h'];
  readonly header: ItemHeader;
  readonly facts: ItemHeader['facts'];
  /** The member through which the author acts. */
  readonly actor: MemberId;
  /** When the server took it. */
  readonly at: number;
  /** What the statements say after this item. */
  readonly state: CircleState;
  /** Records an event with this append, in one statement with those of its group. */
  readonly announce: (event: DomainEvent) => void;
}

export interface EntryRule {
  readonly kinds: readonly string[];
  apply(transaction: Transaction, item: AppendedItem): Promise<void>;
}

/** Looks at all items of an append at once, whatever their kinds; throws a Problem to refuse. */
export interface AppendGuard {
  check(transaction: Transaction, items: readonly AppendedItem[]): Promise<void>;
}

@Injectable()
export class EntryRules {
  private readonly rules = new Map<string, EntryRule>();
  private readonly guards: AppendGuard[] = [];

  /** At boot. Two rules for one kind would each believe that they alone decide. */
  register(rule: EntryRule): void {
    for (const kind of rule.kinds) {
      if (this.rules.has(kind)) throw new Error(`Two rules were registered for ${kind}.`);
      this.rules.set(kind, rule);
    }
  }

  registerGuard(guard: AppendGuard): void {
    this.guards.push(guard);
  }

  async apply(transaction: Transaction, items: readonly AppendedItem[]): Promise<void> {
    for (const guard of this.guards) await guard.check(transaction, items);
    for (const item of items) await this.rules.get(item.header.kind)?.apply(transaction, item);
  }
}
