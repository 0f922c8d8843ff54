/** What the chronicle says of somebody who began anew, and of a past that was cut off. */
import { describe, expect, test } from '@jest/globals';
import type { CircleId, DeviceId, PersonId } from '@liaison/contract/ids';
import { Tables } from '../rows/tables.js';
import { Chronicle } from './chronicle.js';

const CIRCLE = 'circle' as CircleId;
const TEAM = 'U'.repeat(43) as CircleId;
const [MARIE, PAUL] = ['M'.repeat(43) as PersonId, 'Q'.repeat(43) as PersonId];
const [PHONE, TABLET] = ['phone' as DeviceId, 'tablet' as DeviceId];

/** Rows as the server would hold them, as far as a chronicle reads them. */
class Rows {
  readonly tables = new Tables();
  #k = 0;

  item(kind: string, facts: object, isStatement = true, circle = CIRCLE, author = MARIE): this {
    const header = JSON.stringify({ kind, author, facts, epoch: 1, at: 0, team: null });
    const row: unknown = {
      ...{ circle, k: this.#k, entry: `entry ${this.#k}`, header },
      ...{ at: 0, statement: isStatement, order: this.tables.next() },
    };
    this.tables.items.put(circle, String(this.#k++), row as never);
    return this;
  }

  says(n: number, payload: object): this {
    const text = JSON.stringify({ payload });
    const row: unknown = { person: MARIE, n, text, at: 0, order: this.tables.next() };
    this.tables.statements.put(MARIE, String(n), row as never);
    return this;
  }

  begun(): this {
    this.says(0, { kind: 'device.added', keys: { device: PHONE } });
    this.item('circle.created', { members: [{ member: `p.${MARIE}` }] });
    return this.item('epoch.opened', { because: 'first' });
  }

  /** Paul comes in, with or without what was said before. */
  paulJoins(because: string): this {
    this.item('epoch.opened', { because });
    return this.item('member.added', { spec: { member: `p.${PAUL}` } });
  }

  message(): this {
    return this.item('message.posted', {}, false);
  }
}

describe('a past that was cut off', () => {
  const read = ({ tables }: Rows) => {
    const chronicle = new Chronicle(tables);
    const [first, second] = chronicle.written;
    if (first === undefined || second === undefined) throw new Error('two messages were written');
    const hidden = (person: PersonId) =>
      [first, second].map((one) => chronicle.isHidden(chronicle.now(person), one));
    return { marie: hidden(MARIE), paul: hidden(PAUL) };
  };

  test('is hidden from whoever came in after it, and from nobody else', () => {
    const rows = new Rows().begun().message().paulJoins('history-cut').message();
    expect(read(rows)).toEqual({ marie: [false, false], paul: [true, false] });
  });

  test('is not where an epoch began for another reason', () => {
    const rows = new Rows().begun().message().paulJoins('age').message();
    expect(read(rows)).toEqual({ marie: [false, false], paul: [false, false] });
  });
});

describe('whoever began anew', () => {
  const before = () => new Rows().begun().paulJoins('age');
  const reset = (rows: Rows) => rows.says(1, { kind: 'identity.reset', keys: { device: TABLET } });

  test('is listed until they are left out, and let in by nobody meanwhile', () => {
    const chronicle = new Chronicle(reset(before()).message().tables);
    expect(chronicle.reads(MARIE, CIRCLE)).toBe(true);
    expect(chronicle.stands(MARIE, CIRCLE)).toBe(false);
    expect(chronicle.stands(PAUL, CIRCLE)).toBe(true);
    expect(chronicle.selfOf(PHONE)?.end).not.toBeNull();
    expect(chronicle.selfOf(TABLET)?.end).toBeNull();
    const [entry] = chronicle.written;
    expect([...chronicle.forgotten(entry!)].map(([person]) => person)).toEqual([MARIE]);
  });

  test('is left out by an epoch that says so, and let in again by a member’s word', () => {
    const lapsed = [{ member: `p.${MARIE}` }];
    const rows = reset(before()).item('epoch.opened', { because: 'key-moved', lapsed }).message();
    const gone = new Chronicle(rows.tables);
    expect(gone.reads(MARIE, CIRCLE)).toBe(false);
    expect([...gone.forgotten(gone.written[0]!)]).toEqual([]);
    const back = new Chronicle(rows.item('member.added', { spec: lapsed[0] }).tables);
    expect(back.stands(MARIE, CIRCLE)).toBe(true);
    expect(back.readmitted).toBe(1);
  });
});

describe('whoever left a team by themselves', () => {
  const turned = { because: 'member-left' };
  const inTeam = (rows: Rows, kind: string, facts: object) => rows.item(kind, facts, true, TEAM);
  const team = (...people: readonly PersonId[]) => {
    const members = people.map((person) => ({ member: `p.${person}` }));
    return inTeam(inTeam(new Rows(), 'circle.created', { members }), 'epoch.opened', turned);
  };
  const circleOfTeam = (rows: Rows) =>
    rows.item('circle.created', { members: [{ member: `t.${TEAM}` }] });
  const ends = ({ tables }: Rows) => {
    const chronicle = new Chronicle(tables);
    return chronicle.endsOf(chronicle.now(PAUL), CIRCLE);
  };

  test('holds its key until it is turned', () => {
    const rows = inTeam(team(MARIE, PAUL), 'member.removed', { member: `p.${PAUL}` });
    inTeam(circleOfTeam(rows), 'epoch.opened', turned);
    expect(ends(rows)).toMatchObject([{ order: 2, kept: { team: TEAM, until: { order: 4 } } }]);
  });

  test('is excused by nothing where one of the team was left to turn it, and did not', () => {
    const rows = inTeam(team(MARIE, PAUL), 'member.removed', { member: `p.${PAUL}` });
    expect(ends(circleOfTeam(rows))).toMatchObject([{ order: 2, kept: { until: { order: 2 } } }]);
  });

  test('holds it for ever where nobody is left in the team', () => {
    const rows = inTeam(team(PAUL), 'member.removed', { member: `p.${PAUL}` });
    expect(ends(circleOfTeam(rows))).toMatchObject([{ order: 2, kept: { until: null } }]);
  });

  test('is not who was removed by another: the same statement turns the key', () => {
    const facts = { member: `p.${PAUL}`, next: { because: 'member-removed' } };
    const rows = inTeam(team(MARIE, PAUL), 'member.removed', facts);
    expect(ends(circleOfTeam(rows))).toMatchObject([{ order: 2, kept: { until: { order: 2 } } }]);
  });

  test('is told from an author who is of the team', () => {
    const rows = circleOfTeam(inTeam(team(MARIE, PAUL), 'member.removed', { member: `p.${PAUL}` }));
    for (const author of [MARIE, PAUL]) rows.item('message.posted', {}, false, CIRCLE, author);
    const chronicle = new Chronicle(rows.tables);
    expect(chronicle.written.map((one) => chronicle.isOfTeam(one, TEAM))).toEqual([true, false]);
  });
});
