/**
 * Whose attention a step calls for, as data: an offer calls who is asked now, an answer calls the
 * sender, an end calls everybody who was asked, and whoever lost a race hears of it at once. The
 * author is never called by their own act.
 */
import { Urgency } from '@liaison/contract/handoff';
import type { HandoffState } from '@liaison/contract/handoff-rules';
import { isAsked, membersIn } from '@liaison/contract/handoff-state';
import type { CircleId, MemberId, PersonId } from '@liaison/contract/ids';
import type { AttentionReason } from '@liaison/contract/notification';
import { Injectable } from '@nestjs/common';
import { CircleMembers } from '../circles/circle.members.js';
import type { AppendedItem } from '../circles/entry-rule.js';
import { Outbox } from '../events/outbox.js';
import type { Transaction } from '../platform/database/database.js';
import { Holders } from './holders.js';

type Audience = 'sender' | 'addressees' | 'asked-now' | 'new-addressee';

const CALLS: Readonly<Record<string, { reason: AttentionReason; audience: Audience }>> = {
  'handoff.offered': { reason: 'handoff-offered', audience: 'asked-now' },
  'handoff.asked': { reason: 'handoff-offered', audience: 'asked-now' },
  'handoff.reassigned': { reason: 'handoff-offered', audience: 'new-addressee' },
  'handoff.admitted': { reason: 'handoff-offered', audience: 'new-addressee' },
  'handoff.accepted': { reason: 'handoff-answered', audience: 'sender' },
  'handoff.declined': { reason: 'handoff-declined', audience: 'sender' },
  'handoff.done': { reason: 'handoff-answered', audience: 'sender' },
  'handoff.cancelled': { reason: 'handoff-ended', audience: 'addressees' },
  'handoff.recalled': { reason: 'handoff-recalled', audience: 'addressees' },
  'handoff.superseded': { reason: 'handoff-ended', audience: 'addressees' },
};

interface Asking {
  readonly circle: CircleId;
  readonly at: number;
  readonly except: PersonId | null;
  readonly urgency: HandoffState['urgency'];
}

@Injectable()
export class HandoffCalls {
  constructor(
    private readonly members: CircleMembers,
    private readonly outbox: Outbox,
    private readonly holders: Holders,
  ) {}

  async forStep(
    transaction: Transaction,
    item: AppendedItem,
    state: HandoffState,
    before: HandoffState,
  ): Promise<void> {
    const { kind, author, at } = item.header;
    const call = CALLS[kind];
    if (call === undefined) return;
    const { urgency } = state;
    const audience = audienceOf(call.audience, item, state);
    const asking: Asking = { circle: item.circle, at, except: author, urgency };
    if (call.reason === 'handoff-offered') await this.ask(transaction, asking, audience);
    else await this.call(transaction, call.reason, item.circle, audience, author, urgency);
    const lost = lostIn(before, state, at);
    await this.call(transaction, 'handoff-taken', item.circle, lost, author, urgency);
    await this.ask(transaction, asking, givenBackTo(before, state));
  }

  /** Whoever left gave back what they had: the sender finds another, where nobody else is asked. */
  async forLeaving(
    on: Transaction,
    { circle, header: { at, author } }: AppendedItem,
    after: HandoffState,
    before: HandoffState,
  ): Promise<void> {
    const { sender, urgency } = after;
    const told = sender === null ? [] : [sender];
    await this.call(on, 'handoff-declined', circle, told, author, urgency);
    const again = membersIn(after, ['offered']).filter((member) => {
      return wasAsked(after, member, at) && !wasAsked(before, member, at);
    });
    await this.ask(on, { circle, at, except: author, urgency }, again);
  }

  /** Asks who answers for these members now: a declared holder, or everybody of a team. */
  async ask(
    on: Transaction,
    { circle, at, except, urgency }: Asking,
    asked: readonly MemberId[],
  ): Promise<void> {
    const now = await this.holders.answering(on, asked, at);
    await this.call(on, 'handoff-offered', circle, now, except, urgency);
  }

  /** Calls the people behind these members, except whoever caused it. */
  async call(
    transaction: Transaction,
    reason: AttentionReason,
    circle: CircleId | null,
    members: readonly MemberId[],
    except: PersonId | null,
    asked: HandoffState['urgency'] = null,
  ): Promise<void> {
    if (members.length === 0) return;
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
  if (audience === 'asked-now') return asked.filter((one) => wasAsked(state, one, item.header.at));
  return asked.filter((member) => state.addressees[member]?.phase !== 'reassigned');
}

/** Whether their turn had come: who was never asked need not hear that it is over. */
function wasAsked({ addressees }: HandoffState, member: MemberId, at: number): boolean {
  const one = addressees[member];
  return one?.phase === 'offered' && isAsked(one, at);
}

/** Who was asked and hears that somebody else was first. */
function lostIn(before: HandoffState, after: HandoffState, at: number): MemberId[] {
  const taken = membersIn(after, ['taken']);
  return taken.filter((one) => wasAsked(before, one, at));
}

/** It was taken and is given back. Who is asked by a deadline is called by that one again. */
function givenBackTo(before: HandoffState, after: HandoffState): MemberId[] {
  return membersIn(after, ['offered']).filter((member) => {
    const one = after.addressees[member];
    return (
      before.addressees[member]?.phase === 'taken' &&
      one !== undefined &&
      one.opensAt <= one.offeredAt
    );
  });
}
