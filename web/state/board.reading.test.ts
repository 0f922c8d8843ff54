/** What stands on top of a board, what is counted, and in which order what awaits me comes. */
import { expect, test } from '@jest/globals';
import type { MemberId, Uuid } from '@liaison/contract/ids';
import type { AddresseeView, HandoffView, PartyView, TaskView } from '@liaison/sdk/face';
import { boardOrder, boardsOf, countBoard, isSoon, owedBy } from './board.reading.js';
import { isOverForUs } from './handoff.standing.js';
import { standInFor, tradeOf } from './stand-in.reading.js';

const NOW = Date.UTC(2026, 10, 27, 15, 30);
const HOUR = 3_600_000;

const party = (name: string, category: PartyView['category'] = 'practice'): PartyView => {
  return { member: `t.${name}` as MemberId, type: 'team', name, category, town: 'Laon' };
};
const unit = party('Cardiologie', 'hospital-unit');
const gp = party('Cabinet du Dr Petit');
const nurses = party('Cabinet IDEL des Remparts');

const asked = (one: PartyView, more: Partial<AddresseeView> = {}): AddresseeView => {
  const never = { deliveredAt: null, readAt: null, answeredAt: null, answeredBy: null };
  const waits = { phase: 'offered', due: NOW + HOUR, overdue: false, wave: 0, opensAt: 0 } as const;
  return {
    party: one,
    hasFile: true,
    opened: null,
    reason: null,
    note: null,
    ...never,
    ...waits,
    ...more,
  };
};

const handoff = (id: string, more: Partial<HandoffView>): HandoffView => {
  const told = { id, phase: 'sent', iSent: true, sender: unit, sentAt: NOW - HOUR } as const;
  const empty = { mine: [], acts: [], tasks: [], addressees: [], absentees: [], exclusive: false };
  return { ...told, ...empty, ...more } as unknown as HandoffView;
};

const idsOf = (views: readonly HandoffView[]): string[] => views.map(({ id }) => id);

test('red comes first, then what waits, then what is taken', () => {
  const taken = handoff('taken', { addressees: [asked(gp, { phase: 'accepted' })] });
  const waits = handoff('waits', { addressees: [asked(gp)] });
  const sooner = handoff('sooner', { addressees: [asked(gp, { due: NOW + HOUR / 2 })] });
  const refused = handoff('refused', {
    addressees: [asked(gp, { phase: 'accepted' }), asked(nurses, { phase: 'declined' })],
  });
  const late = handoff('late', { addressees: [asked(gp, { due: NOW - HOUR })] });
  const views = [taken, waits, refused, sooner, late];
  expect(idsOf(boardOrder(views, NOW))).toEqual(['late', 'refused', 'sooner', 'waits', 'taken']);
  expect(countBoard(views, NOW)).toEqual({ toTake: 2, taken: 2, late: 1, refused: 1 });
});

test('where the first has it, three candidates are one thing to take', () => {
  const [first, second] = [asked(gp), asked(nurses)];
  const open = handoff('open', { exclusive: true, addressees: [first, second] });
  expect(countBoard([open], NOW)).toEqual({ toTake: 1, taken: 0, late: 0, refused: 0 });
  const addressees = [
    asked(gp, { phase: 'declined' }),
    asked(nurses, { phase: 'taken' }),
    asked(party('Garde'), { phase: 'accepted' }),
  ];
  const taken = handoff('had', { exclusive: true, addressees });
  expect(countBoard([taken], NOW)).toEqual({ toTake: 0, taken: 1, late: 0, refused: 0 });
});

test('whoever is asked later is neither late nor awaited yet', () => {
  const later = asked(gp, { wave: 1, opensAt: NOW + HOUR, due: NOW - 1 });
  expect(countBoard([handoff('x', { addressees: [later] })], NOW).toTake).toBe(0);
  expect(countBoard([handoff('x', { addressees: [later] })], NOW).late).toBe(0);
});

const task = (title: string, owner: PartyView, more: Partial<TaskView> = {}): TaskView => {
  const life = { phase: 'accepted', accountable: owner, due: NOW + HOUR, doneAt: null } as const;
  const words = { title: { state: 'open', value: title }, detail: '', reason: null } as const;
  const told = { task: title as Uuid, owner, late: false, acts: [], doneBy: null };
  return { ...told, ...life, ...words, ...more };
};

test('whoever was just asked is awaited at once, though the screen’s clock is behind', () => {
  const fresh = asked(gp, { opensAt: NOW + 15_000 });
  expect(countBoard([handoff('x', { addressees: [fresh] })], NOW).toTake).toBe(1);
});

test('items of plans stand among requests by due time; what I asked of others does not', () => {
  const mine = new Set([nurses.member]);
  const request = handoff('asked', {
    iSent: false,
    mine: [nurses.member],
    acts: ['accept'],
    addressees: [asked(nurses, { due: NOW + 2 * HOUR })],
    tasks: [task('pansement', nurses, { phase: 'offered' })],
  });
  const taken = handoff('taken', {
    iSent: false,
    mine: [nurses.member],
    addressees: [asked(nurses, { phase: 'accepted' })],
    tasks: [
      task('poids', nurses),
      task('INR', nurses, { due: NOW + 100 * HOUR }),
      task('fait', nurses, { phase: 'done', accountable: null }),
      task('ordonnance', gp),
    ],
  });
  const owed = owedBy([request, taken], mine);
  expect(owed.map(({ view, task: item }) => item?.task ?? view.id)).toEqual([
    'poids',
    'asked',
    'INR',
  ]);
  expect(owed.map((one) => isSoon(one, NOW))).toEqual([true, true, false]);
});

test('an item that was given back awaits whoever planned it', () => {
  const back = task('pansement', nurses, { phase: 'declined', accountable: unit });
  const views = [handoff('x', { tasks: [back, task('INR', nurses, { phase: 'offered' })] })];
  expect(owedBy(views, new Set([unit.member])).map((one) => one.task?.task)).toEqual(['pansement']);
});

test('what another took, or we declined, is over for us; what waits for its turn is not', () => {
  const ours = (phase: AddresseeView['phase']): HandoffView => {
    const addressees = [asked(gp, { phase }), asked(nurses, { phase: 'accepted' })];
    return handoff(phase, { iSent: false, mine: [gp.member], addressees });
  };
  const phases = ['taken', 'declined', 'offered', 'accepted'] as const;
  expect(phases.map((phase) => isOverForUs(ours(phase)))).toEqual([true, true, false, false]);
  expect(isOverForUs({ ...ours('taken'), iSent: true })).toBe(false);
});

test('a unit has its board before it sent anything, and each sending team its own', () => {
  const other = party('Pneumologie', 'hospital-unit');
  const views = [handoff('a', {}), handoff('b', { sender: other })];
  const boards = boardsOf(views, [unit, gp], NOW);
  expect(boards.map(({ team, views: own }) => [team.name, idsOf(own)])).toEqual([
    ['Cardiologie', ['a']],
    ['Pneumologie', ['b']],
  ]);
  expect(boardsOf([], [unit, gp], NOW)).toHaveLength(1);
});

test('a stand-in is of the same trade and was not asked yet', () => {
  const others = [gp, nurses, party('Soins infirmiers de la Gare'), party('Kinés du Parc')];
  expect(standInFor(nurses, others, [nurses.member])?.name).toBe('Soins infirmiers de la Gare');
  expect(standInFor(gp, others, [gp.member])).toBeNull();
  expect(standInFor(party('Cabinet du Parc'), others, [])).toBeNull();
  expect(tradeOf(party('Officine du Lac', 'pharmacy'))).toBe('pharmacy');
});
