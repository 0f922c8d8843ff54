/**
 * The order of home, as pure questions to the views: what awaits me by due time, with items of
 * plans among it, and a unit's board with what is late or refused on top. It shows nothing itself.
 */
import type { MemberId } from '@liaison/contract/ids';
import type {
  AddresseeView,
  HandoffView,
  PartyView,
  SessionView,
  TaskView,
} from '@liaison/sdk/face';
import {
  awaitsMe,
  firstDue,
  isAbsentLate,
  isAskedBy,
  isLate,
  mineUnanswered,
} from './handoff.standing.js';

/** What I owe: an answer to a request, or an item of a plan. */
export interface Owed {
  readonly view: HandoffView;
  readonly task: TaskView | null;
  readonly due: number;
}

const DAY_MS = 86_400_000;

/** As whom I am asked: my teams, and myself. Written out, as the first screen has no schemas. */
export const membersOf = ({ teams, person }: SessionView): ReadonlySet<MemberId> =>
  new Set([...teams.map(({ member }) => member), `p.${person ?? ''}` as MemberId]);

/** The most pressing first. */
export function owedBy(views: readonly HandoffView[], mine: ReadonlySet<MemberId>): Owed[] {
  const owed = views
    .filter(({ phase }) => phase === 'sent')
    .flatMap((view) => [...answersOf(view), ...itemsOf(view, mine)]);
  return owed.sort((a, b) => a.due - b.due || a.view.sentAt - b.view.sentAt);
}

function answersOf(view: HandoffView): Owed[] {
  if (!awaitsMe(view)) return [];
  const due = Math.min(...mineUnanswered(view).map((one) => one.due));
  return [{ view, task: null, due }];
}

/** Mine to do; or that I planned and somebody gave back. What a request asks stands with it. */
function itemsOf(view: HandoffView, mine: ReadonlySet<MemberId>): Owed[] {
  const asked = new Set(mineUnanswered(view).map(({ party }) => party.member));
  const isOwed = ({ owner, phase, accountable }: TaskView): boolean => {
    if (phase === 'offered' || phase === 'accepted') {
      return mine.has(owner.member) && !asked.has(owner.member);
    }
    return phase === 'declined' && accountable !== null && mine.has(accountable.member);
  };
  return view.tasks
    .filter(isOwed)
    .map((task) => ({ view, task, due: task.due ?? Number.MAX_SAFE_INTEGER }));
}

/** An item of next week does not push today's from a phone's screen. */
export const isSoon = ({ due, task }: Owed, now: number): boolean =>
  task === null || due <= now + DAY_MS;

/** Where somebody must act: nobody took it in time, or it was refused. */
export const isRed = (one: AddresseeView, now: number): boolean =>
  one.phase === 'declined' || (isAskedBy(one, now) && isLate(one, now));

const isTaken = ({ phase }: AddresseeView): boolean => phase === 'accepted' || phase === 'done';

type Standing = 'late' | 'refused' | 'waiting' | 'taken';

/** Where one takes it, they stand as one: refused only once nobody is left to answer. */
function standingsOf(view: HandoffView, now: number): Standing[] {
  const asked = view.addressees.filter((one) => isAskedBy(one, now) || isTaken(one));
  const each = asked.flatMap((one): Standing[] => {
    if (isTaken(one)) return ['taken'];
    if (one.phase === 'declined') return ['refused'];
    if (one.phase !== 'offered') return [];
    return isLate(one, now) ? ['late'] : ['waiting'];
  });
  for (const one of view.absentees) {
    if (one.phase === 'awaited') each.push(isAbsentLate(one, now) ? 'late' : 'waiting');
  }
  if (!view.exclusive) return each;
  const order: readonly Standing[] = ['taken', 'waiting', 'late', 'refused'];
  return order.filter((standing) => each.includes(standing)).slice(0, 1);
}

export interface BoardCounts {
  readonly toTake: number;
  readonly taken: number;
  readonly late: number;
  readonly refused: number;
}

export function countBoard(views: readonly HandoffView[], now: number): BoardCounts {
  const all = views.flatMap((view) => standingsOf(view, now));
  const count = (wanted: Standing): number => all.filter((one) => one === wanted).length;
  return {
    toTake: count('waiting'),
    taken: count('taken'),
    late: count('late'),
    refused: count('refused'),
  };
}

/** Red first, then what waits, then what everybody took; within each the most pressing first. */
export function boardOrder(views: readonly HandoffView[], now: number): HandoffView[] {
  const rank = (view: HandoffView): number => {
    const standings = standingsOf(view, now);
    if (standings.some((one) => one === 'late' || one === 'refused')) return 0;
    return standings.includes('waiting') ? 1 : 2;
  };
  const ranked = views.map((view) => ({ view, rank: rank(view), due: firstDue(view) }));
  const dueOrder = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);
  ranked.sort((a, b) => a.rank - b.rank || dueOrder(a.due, b.due) || b.view.sentAt - a.view.sentAt);
  return ranked.map(({ view }) => view);
}

export interface UnitBoard {
  readonly team: PartyView;
  readonly views: readonly HandoffView[];
}

/** One board a sending team of mine; a hospital unit has its own before it sent anything. */
export function boardsOf(
  views: readonly HandoffView[],
  teams: readonly PartyView[],
  now: number,
): UnitBoard[] {
  const sent = views.filter(({ phase, iSent }) => phase === 'sent' && iSent);
  const units = teams.filter(({ category }) => category === 'hospital-unit');
  const senders = new Map(
    [...units, ...sent.map(({ sender }) => sender)].map((team) => [team.member, team]),
  );
  return [...senders.values()].map((team) => {
    const own = sent.filter(({ sender }) => sender.member === team.member);
    return { team, views: boardOrder(own, now) };
  });
}
