/**
 * Whose attention a message calls for: the people it names, as far as they read the circle. It sees
 * ids only; what was said is sealed.
 */
import { MESSAGE_KINDS } from '@liaison/contract/message';
import { Injectable } from '@nestjs/common';
import { CircleMembers } from '../circles/circle.members.js';
import type { AppendedItem, EntryRule } from '../circles/entry-rule.js';
import type { Transaction } from '../platform/database/database.js';

@Injectable()
export class MessageRule implements EntryRule {
  readonly kinds = ['message.posted'];

  constructor(private readonly members: CircleMembers) {}

  async apply(transaction: Transaction, item: AppendedItem): Promise<void> {
    const { mentions } = MESSAGE_KINDS['message.posted'].facts.parse(item.facts);
    if (mentions.length === 0) return;
    const readers = new Set(await this.members.peopleOf(item.circle, transaction));
    const people = [...new Set(mentions)].filter(
      (person) => readers.has(person) && person !== item.header.author,
    );
    if (people.length === 0) return;
    const { circle } = item;
    item.announce({ type: 'attention.called', reason: 'mentioned', circle, people });
  }
}
