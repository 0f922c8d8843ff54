/**
 * Whoever leaves keeps nothing: what they were asked or had taken falls to somebody who is there.
 */
import { describe, expect, test } from '@jest/globals';
import { handoffDeadlines, isTaskLate, taskDeadlines } from './deadline-rules.js';
import { DRAFT, type HandoffState } from './handoff-rules.js';
import { LEFT } from './handoff.lists.js';
import type { AddresseeState } from './handoff-state.js';
import { MemberId } from './ids.js';
import { leaveHandoff, leaversIn, leaveTask } from './leaving-rules.js';
import { LIMITS } from './limits.js';
import { accountableFor, presentIn, type TaskState } from './task-rules.js';

const member = (letter: string): MemberId => MemberId.parse(`p.${letter.repeat(42)}A`);
const [SENDER, ANN, BOB] = ['S', 'A', 'B'].map(member) as [MemberId, MemberId, MemberId];
const [DUE, LEFT_AT] = [100_000_000, 5_000_000];

const asked = (phase: AddresseeState['phase']): AddresseeState => {
  const times = { due: DUE, offeredAt: 0, opensAt: 0, answeredAt: null };
  return { phase, wave: 0, answeredBy: null, reason: null, ...times };
};

function sent(kind: HandoffState['kind'], ann: AddresseeState['phase'], bob = ann): HandoffState {
  const addressees = { [ANN]: asked(ann), [BOB]: asked(bob) };
  return { ...DRAFT, phase: 'sent', kind, sender: SENDER, addressees };
}

const phases = ({ addressees }: HandoffState) => [ANN, BOB].map((one) => addressees[one]?.phase);

describe('leaving is said', () => {
  test.each([
    ['a removal', 'member.removed', { member: ANN, next: null }, [ANN]],
    [
      'a removal whose next epoch leaves somebody out who began anew',
      'member.removed',
      { member: ANN, next: { lapsed: [{ member: BOB }] } },
      [ANN, BOB],
    ],
    [
      'an epoch without somebody who began anew',
      'epoch.opened',
      { lapsed: [{ member: BOB }] },
      [BOB],
    ],
    ['an epoch of everybody', 'epoch.opened', {}, []],
    ['another statement about a member', 'role.changed', { member: ANN, role: 'reader' }, []],
  ])('%s', (_name, kind, facts, leavers) => {
    expect(leaversIn({ kind, facts })).toEqual(leavers);
  });
});

describe('a handoff', () => {
  test('is the sender’s again once the last of those asked has left', () => {
    const left = leaveHandoff(sent('discharge', 'accepted', 'declined'), [ANN], LEFT_AT);
    expect(left.addressees[ANN]).toMatchObject({
      phase: 'declined',
      reason: LEFT,
      answeredBy: null,
    });
    const levels = handoffDeadlines(left).map(({ level, member: late }) => [level, late]);
    expect(levels).toEqual([
      ['unanswered', SENDER],
      ['coordinator', SENDER],
    ]);
  });

  test('that only one may have is everybody’s again once that one has left', () => {
    const left = leaveHandoff(sent('unscheduled-care', 'accepted', 'taken'), [ANN], LEFT_AT);
    expect(phases(left)).toEqual(['declined', 'offered']);
  });

  test('keeps what was done, and what ended', () => {
    const done = sent('discharge', 'done', 'offered');
    expect(leaveHandoff(done, [ANN], LEFT_AT)).toBe(done);
    const over = { ...sent('discharge', 'accepted'), phase: 'closed' } as const;
    expect(leaveHandoff(over, [ANN], LEFT_AT)).toBe(over);
  });
});

describe('an item of a plan', () => {
  const task = {
    ...{ task: 'x', owner: ANN, planner: SENDER, due: DUE, law: 'loop', since: 0 },
    ...{ phase: 'accepted', isDone: false, reason: null },
  } as unknown as TaskState;
  const without = presentIn(new Map([[SENDER, { role: 'admin' }]]));

  test('whose owner left is late at once for its planner, who has the usual time', () => {
    const left = leaveTask(task, [ANN], LEFT_AT);
    expect(accountableFor(left, without)).toBe(SENDER);
    expect(isTaskLate(left, without, LEFT_AT)).toBe(true);
    expect(taskDeadlines(left, without).map(({ level, at }) => [level, at])).toEqual([
      ['late', LEFT_AT],
      ['coordinator', LEFT_AT + LIMITS.taskEscalationMs.value],
    ]);
  });

  test('that is over, or another’s, stays as it is', () => {
    const over = { ...task, phase: 'done' } as const;
    expect(leaveTask(over, [ANN], LEFT_AT)).toBe(over);
    expect(leaveTask(task, [BOB], LEFT_AT)).toBe(task);
  });
});
