/**
 * State and entries must say the same to everybody: what a client folded as things happened, what
 * the server folded, and what a client that starts from nothing folds. Used after every act.
 */
import { expect } from '@jest/globals';
import { HANDOFF_ROUTES, HandoffSummary } from '@liaison/contract/handoff-routes';
import type { CircleId } from '@liaison/contract/ids';
import type { HandoffView } from '@liaison/sdk/face';
import { z } from 'zod';
import { eventually } from './eventually.js';
import { throughMirror } from './mirror.js';
import type { Player, World } from './world.js';

type Reader = Pick<Player, 'liaison' | 'http' | 'store'>;
const Reply = z.object({ handoffs: z.array(HandoffSummary) });
type Row = HandoffSummary['addressees'][number];

const byMember = (a: { member: string }, b: { member: string }): number =>
  a.member < b.member ? -1 : 1;

/** What the server says of a handoff to that person; null: nothing. */
export async function serverSays(reader: Reader, id: CircleId): Promise<HandoffSummary | null> {
  const { method, path } = HANDOFF_ROUTES.handoffs;
  const { status, body } = await reader.http({ method, path });
  expect(status).toBe(200);
  const { handoffs } = Reply.parse(JSON.parse(Buffer.from(body).toString()));
  return handoffs.find(({ handoff }) => handoff === id) ?? null;
}

function summaryOf(view: HandoffView | null) {
  if (view === null) return null;
  const { id, kind, phase, urgency, sentAt } = view;
  const addressees = view.addressees.map(({ party, phase: theirs, due }) => {
    return { member: party.member, phase: theirs, due };
  });
  const sender = view.sender.member;
  return {
    handoff: id,
    kind,
    phase,
    sender,
    urgency,
    sentAt,
    addressees: addressees.sort(byMember),
  };
}

/** Without what only the server's sweeper adds. */
function comparable(summary: HandoffSummary | null) {
  if (summary === null) return null;
  const addressees = summary.addressees.map(({ member, phase, due }: Row) => {
    return { member, phase, due };
  });
  return { ...summary, addressees: addressees.sort(byMember) };
}

/** Without cursors, which a client hears of as they move and not from the entries. */
function folded(view: HandoffView | null) {
  if (view === null) return null;
  const addressees = view.addressees.map((addressee) => {
    return { ...addressee, deliveredAt: null, readAt: null, opened: null };
  });
  return { ...view, addressees, readers: [], unread: 0 };
}

let turn = 0;

/** Each person's fold equals the server's; one of them, in turn, also looks from nothing. */
export async function agree(world: World, id: CircleId, readers: readonly Reader[]): Promise<void> {
  for (const reader of readers) {
    await eventually(async () => {
      await reader.liaison.sync();
      const view = await reader.liaison.handoff(id);
      expect(summaryOf(view)).toEqual(comparable(await serverSays(reader, id)));
    });
  }
  const fresh = readers[turn++ % readers.length];
  if (fresh === undefined) return;
  await eventually(async () => {
    const anew = await throughMirror(world, fresh, (liaison) => liaison.handoff(id));
    expect(folded(anew)).toEqual(folded(await fresh.liaison.handoff(id)));
  });
}
