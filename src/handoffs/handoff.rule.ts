/**
 * The server's side of a handoff: each step is run through the same table as on the clients, in the
 * transaction that appends it, and folded into rows. It knows phases and deadlines, never patients.
 */
import { Problem } from '@liaison/contract/errors';
import {
  DRAFT,
  HANDOFF_TRANSITIONS,
  type HandoffState,
  stepHandoff,
} from '@liaison/contract/handoff-rules';
import { MemberId } from '@liaison/contract/ids';
import { Injectable } from '@nestjs/common';
import type { AppendedItem, EntryRule } from '../circles/entry-rule.js';
import type { Transaction } from '../platform/database/database.js';
import { HandoffCalls } from './handoff.calls.js';
import { HandoffRows } from './handoff.rows.js';

const ASKING_ANOTHER: readonly string[] = ['handoff.reassigned', 'handoff.admitted'];

@Injectable()
export class HandoffRule implements EntryRule {
  readonly kinds = Object.keys(HANDOFF_TRANSITIONS);

  constructor(
    private readonly rows: HandoffRows,
    private readonly calls: HandoffCalls,
  ) {}

  async apply(transaction: Transaction, item: AppendedItem): Promise<void> {
    const { before, after } = await foldStep(this.rows, transaction, item);
    await this.calls.forStep(transaction, item, after, before);
  }
}

/** The rows alone, nobody called: also how they are filled again from the entries. */
export async function foldStep(
  rows: HandoffRows,
  transaction: Transaction,
  item: AppendedItem,
): Promise<{ readonly before: HandoffState; readonly after: HandoffState }> {
  const before = (await rows.lock(transaction, item.circle)) ?? DRAFT;
  const verdict = stepHandoff(before, item.header, item.actor);
  if (!verdict.ok) {
    const code = verdict.guard === 'not-taken' ? 'handoff_taken' : 'item_not_allowed';
    throw new Problem(code, verdict.why);
  }
  if (before.phase === 'draft') mustLinkItsFile(item, verdict.state);
  if (ASKING_ANOTHER.includes(item.header.kind)) mustAskAMember(item);
  await rows.save(transaction, item.circle, verdict.state, item.header.at);
  return { before, after: verdict.state };
}

/** The circle itself committed to its file when it was created: an offer cannot name another. */
function mustLinkItsFile({ state }: AppendedItem, { file, addressees }: HandoffState): void {
  const asked = Object.keys(addressees) as MemberId[];
  if (file !== state.linked) throw new Problem('item_invalid', 'another file circle');
  if (!asked.every((member) => state.members.has(member))) {
    throw new Problem('item_invalid', 'an addressee is no member');
  }
}

/** Whoever is asked instead can read what is asked: else strangers would be called by anybody. */
function mustAskAMember(item: AppendedItem): void {
  const to = MemberId.parse(item.header.facts['to']);
  if (!item.state.members.has(to)) throw new Problem('item_invalid', 'no member is asked');
}
