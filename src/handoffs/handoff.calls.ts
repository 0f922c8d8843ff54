/**
 * Whose attention a step calls for, as data: an offer calls the addressees, an answer calls the
 * sender, an end calls everybody who was asked. The author is never called by their own act.
 */
import { Urgency } from '@liaison/contract/handoff';
import type { HandoffState } from '@liaison/contract/handoff-rules';
import type { CircleId, MemberId, PersonId } from '@liaison/contract/ids';
import type { AttentionReason } from '@liaison/contract/notification';
import { Injectable } from '@nestjs/common';
import { CircleMembers } from '../circles/circle.members.js';
import type { AppendedItem } from '../circles/entry-rule.js';
import { Outbox } from '../events/outbox.js';
import type { Transaction } from '../platform/database/database.js';

type Audience = 'sender' | 'addressees' | 'new-addressee';

const CALLS: Readonly<Record<string, { reason: AttentionReason; audience: Audience }>> = {
  'handoff.offered': { reason: 'handoff-offered', audience: 'addressees' },
  'handoff.reassigned': { reason: 'handoff-offered', audience: 'new-addressee' },
  'handoff.accepted': { reason: 'handoff-answered', audience: 'sender' },
  'handoff.declined': { reason: 'handoff-declined', audience: 'sender' },
  'handoff.done': { reason: 'handoff-answered', audience: 'sender' },
  'handoff.cancelled': { reason: 'handoff-ended', audience: 'addressees' },
  'handoff.superseded': { reason: 'handoff-ended', audience: 'addressees' },
};

@Injectable()
export class HandoffCalls {
  constructor(
    private readonly members: CircleMembers,
    private readonly outbox: Outbox,
  ) {}

  async forStep(transaction: Transaction, item: AppendedItem, state: HandoffState): Promise<void> {
    const call = CALLS[item.header.kind];
    if (call === undefined) return;
    const audience = audienceOf(call.audience, item, state);
    const { author } = item.header;
    await this.call(transaction, call.reason, item.circle, audience, author, state.urgency);
  }

  /** Calls the people behind these members, except whoever caused it. */
  async call(
    transaction: Transaction,
    reason: AttentionReason,
    circle: CircleId,
    members: readonly MemberId[],
    except: PersonId | null,
    asked: HandoffState['urgency'] = null,
  ): Promise<void> {
    const everybody = await this.members.peopleBehind(transaction, members);
    const people = everybody.filter((person) => person !== except);
    if (people.length === 0) return;
    const urgency = Urgency.safeParse(asked).data;
    const call = { type: 'attention.called', reason, circle, people } as const;
    await this.outbox.record(transaction, urgency === undefined ? call : { ...call, urgency });
  }
}

function audienceOf(
  audience: Audience,
  item: AppendedItem,
  state: HandoffState,
): readonly MemberId[] {
  if (audience === 'sender') return state.sender === null ? [] : [state.sender];
  if (audience === 'new-addressee') {
    const { to } = item.header.facts as { to?: MemberId };
    return to === undefined ? [] : [to];
  }
  const asked = Object.keys(state.addressees) as MemberId[];
  return asked.filter((member) => state.addressees[member]?.phase !== 'reassigned');
}
