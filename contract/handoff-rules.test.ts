/** The life of a handoff: every walk through the table keeps its promises. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  DRAFT,
  HANDOFF_TRANSITIONS,
  type HandoffState,
  overdueAddressees,
  stepHandoff,
} from './handoff-rules.js';
import { MemberId } from './ids.js';
import type { ItemHeader } from './item.js';
import { LIMITS } from './limits.js';

const member = (letter: string): MemberId => MemberId.parse(`t.${letter.repeat(42)}A`);
const [SENDER, GP, NURSE, PHARMACY] = ['S', 'G', 'N', 'P'].map(member) as [
  MemberId,
  MemberId,
  MemberId,
  MemberId,
];
const FILE = 'F'.repeat(42) + 'A';
const DUE = 1000;

/** The rules read kind, facts, author and time of a header, nothing else. */
function entry(kind: string, facts: object, at = 1): ItemHeader {
  return { kind, facts, at, author: SENDER.slice(2) } as unknown as ItemHeader;
}

const offer = (addressees = [GP, NURSE]): ItemHeader =>
  entry('handoff.offered', {
    file: FILE,
    addressees,
    urgency: 'routine',
    due: DUE,
    supersedes: null,
  });
const declined = (addressee: MemberId): ItemHeader =>
  entry('handoff.declined', { addressee, reason: 'no-capacity' });
const reassigned = (from: MemberId, to: MemberId): ItemHeader =>
  entry('handoff.reassigned', { from, to, due: 2000 });

function play(...steps: readonly (readonly [ItemHeader, MemberId])[]): HandoffState {
  return steps.reduce<HandoffState>((state, [header, actor]) => {
    const verdict = stepHandoff(state, header, actor);
    if (!verdict.ok) throw new Error(verdict.why);
    return verdict.state;
  }, DRAFT);
}

const why = (state: HandoffState, header: ItemHeader, actor: MemberId): string => {
  const verdict = stepHandoff(state, header, actor);
  return verdict.ok ? 'ok' : verdict.why;
};

describe('a handoff', () => {
  const sent = play([offer(), SENDER]);

  test('is offered, accepted, done and closed', () => {
    const state = play(
      [offer(), SENDER],
      [entry('handoff.accepted', { addressee: GP }), GP],
      [entry('handoff.done', { addressee: GP }), GP],
      [entry('handoff.closed', {}), SENDER],
    );
    expect(state.phase).toBe('closed');
    expect(state.addressees[GP]).toMatchObject({ phase: 'done', answeredAt: 1 });
    expect(state.addressees[NURSE]).toMatchObject({ phase: 'offered' });
  });

  test('is answered by its addressee only, ended by its sender only', () => {
    const accepted = entry('handoff.accepted', { addressee: GP });
    expect(why(sent, accepted, NURSE)).toBe('only the addressee answers');
    expect(why(sent, entry('handoff.accepted', { addressee: PHARMACY }), PHARMACY)).toMatch(
      /cannot/,
    );
    expect(why(sent, entry('handoff.closed', {}), GP)).toBe('only the sender does this');
    expect(why(sent, entry('handoff.done', { addressee: GP }), GP)).toMatch(/cannot answer/);
    expect(why(DRAFT, accepted, GP)).toMatch(/not where this begins/);
    expect(why(sent, offer(), SENDER)).toMatch(/not where this begins/);
    expect(why(sent, entry('handoff.accepted', { addressee: GP, words: 'x' }), GP)).toMatch(
      /facts/,
    );
  });

  test('goes to somebody else after a refusal, never twice to the same', () => {
    const refused = play([offer(), SENDER], [declined(GP), GP]);
    expect(refused.addressees[GP]).toMatchObject({ phase: 'declined', reason: 'no-capacity' });
    const to = (next: MemberId): ItemHeader =>
      entry('handoff.reassigned', { from: GP, to: next, due: 2000 });
    const moved = stepHandoff(refused, to(PHARMACY), SENDER);
    expect(moved.ok && moved.state.addressees[PHARMACY]).toMatchObject({ due: 2000 });
    expect(moved.ok && moved.state.addressees[GP]?.phase).toBe('reassigned');
    expect(why(refused, to(NURSE), SENDER)).toBe('asked already');
    expect(why(refused, to(GP), SENDER)).toBe('ok');
  });

  test('asks no more addressees, however often it goes to somebody else', () => {
    let state = play([offer(), SENDER], [declined(GP), GP]);
    let from = GP;
    const next = (n: number): MemberId => `t.${String(n).padStart(42, 'z')}A` as MemberId;
    for (let n = 2; n < LIMITS.addresseesPerHandoff.value; n++) {
      const verdict = stepHandoff(state, reassigned(from, next(n)), SENDER);
      if (!verdict.ok) throw new Error(verdict.why);
      state = verdict.state;
      from = next(n);
    }
    expect(Object.keys(state.addressees)).toHaveLength(LIMITS.addresseesPerHandoff.value);
    expect(why(state, reassigned(from, next(99)), SENDER)).toBe('too many have been asked');
    expect(why(state, reassigned(from, GP), SENDER)).toBe('ok');
  });

  test('is overdue where nobody answered in time, and only while it is open', () => {
    expect(overdueAddressees(sent, DUE - 1)).toEqual([]);
    expect(overdueAddressees(sent, DUE)).toEqual([GP, NURSE]);
    const some = play([offer(), SENDER], [declined(GP), GP]);
    expect(overdueAddressees(some, DUE)).toEqual([NURSE]);
    const over = play([offer(), SENDER], [entry('handoff.cancelled', { reason: 'died' }), SENDER]);
    expect(overdueAddressees(over, DUE)).toEqual([]);
    expect(over.reason).toBe('died');
  });

  test('that ended stays ended, whatever anybody writes', () => {
    const kinds = Object.keys(HANDOFF_TRANSITIONS);
    const facts = (addressee: MemberId): object => ({ addressee, reason: 'other', by: FILE });
    const step = fc.tuple(fc.constantFrom(...kinds), fc.constantFrom(SENDER, GP, NURSE));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        let state = sent;
        for (const [kind, actor] of steps) {
          const all = facts(actor) as Record<string, unknown>;
          const wanted = { 'handoff.closed': [], 'handoff.cancelled': ['reason'] }[kind];
          const keys = wanted ?? (kind === 'handoff.superseded' ? ['by'] : ['addressee']);
          const chosen = kind === 'handoff.declined' ? ['addressee', 'reason'] : keys;
          const said = Object.fromEntries(chosen.map((key) => [key, all[key]]));
          const verdict = stepHandoff(state, entry(kind, said), actor);
          if (!verdict.ok) continue;
          expect(state.phase).toBe('sent');
          state = verdict.state;
          expect(Object.keys(state.addressees).sort()).toEqual([GP, NURSE].sort());
        }
      }),
    );
  });

  test('leaves what is no step of it alone', () => {
    const other = stepHandoff(sent, entry('message.posted', {}), GP);
    expect(other).toEqual({ ok: true, state: sent });
  });
});
