/** Handoffs on a real PostgreSQL: the whole table walked, tasks, and deadlines swept once. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HANDOFF_TRANSITIONS, type HandoffState } from '@liaison/contract/handoff-rules';
import { LIMITS } from '@liaison/contract/limits';
import { randomUUID } from 'node:crypto';
import { randomBytes } from '../../sdk/crypto/random.js';
import { ready } from '../../sdk/crypto/sodium.js';
import { HandoffCalls } from '../../src/handoffs/handoff.calls.js';
import { FAR, type Handoff, HandoffsStage, SITUATIONS, type Situation } from './handoffs.stage.js';
import { Writer } from './circle.writer.js';

type Kind = keyof typeof HANDOFF_TRANSITIONS;
const KINDS = Object.keys(HANDOFF_TRANSITIONS) as Kind[];

let stage: HandoffsStage;

beforeAll(async () => {
  await ready();
  stage = await HandoffsStage.open();
});

afterAll(() => stage.close());

const refused = (code: string) => expect.objectContaining({ name: 'Problem', code });

/** Who may do it, and somebody of the same circle who may not. */
function actorsOf(kind: Kind): { readonly right: Writer; readonly wrong: Writer | null } {
  const { sender, addressee, other } = stage;
  const { by } = HANDOFF_TRANSITIONS[kind];
  if (by === 'anyone') return { right: sender, wrong: null };
  return by === 'sender' ? { right: sender, wrong: addressee } : { right: addressee, wrong: other };
}

function isInTable(kind: Kind, { phase, addressee, isAwaiting = false }: Situation): boolean {
  const rule = HANDOFF_TRANSITIONS[kind];
  if (rule.from !== phase) return false;
  // Named once; told or followed only while they are awaited.
  if (rule.absentee !== undefined) return isAwaiting === (kind !== 'handoff.awaited');
  return rule.addressee === undefined || rule.addressee.from.some((from) => from === addressee);
}

const named = ({ phase, addressee, isAwaiting }: Situation): string => {
  const awaiting = isAwaiting === true ? ', somebody awaited' : '';
  return addressee === null ? phase : `${phase}, ${addressee}${awaiting}`;
};

async function refusedWhole(by: Writer, handoff: Handoff, kind: Kind): Promise<void> {
  const before = await stage.kept(handoff);
  const item = await stage.step(by, handoff, kind, stage.factsOf(kind, handoff));
  await expect(by.submit(item)).rejects.toEqual(refused('item_not_allowed'));
  expect(await stage.kept(handoff)).toEqual(before);
}

describe.each(SITUATIONS.map((situation) => [named(situation), situation] as const))(
  'a handoff that is %s',
  (_name, situation) => {
    const allowed = KINDS.filter((kind) => isInTable(kind, situation));

    for (const kind of allowed)
      test(`lets ${kind} pass, as its table says`, async () => {
        const handoff = await stage.in(situation);
        await stage.do(actorsOf(kind).right, handoff, kind);
        const [row] = await stage.circles.database.query<{ phase: string; state: HandoffState }>(
          'SELECT phase, state FROM handoffs WHERE circle_id = $1',
          [handoff.circle],
        );
        const rule = HANDOFF_TRANSITIONS[kind];
        expect(row?.phase).toBe(rule.to);
        const theirs = row?.state.addressees[stage.memberOf(stage.addressee)];
        if (rule.addressee !== undefined) expect(theirs?.phase).toBe(rule.addressee.to);
      });

    test('refuses every other step, and every step by somebody else, and keeps nothing', async () => {
      const handoff = await stage.in(situation);
      for (const kind of KINDS) {
        const { right, wrong } = actorsOf(kind);
        if (!allowed.includes(kind)) await refusedWhole(right, handoff, kind);
        if (wrong !== null) await refusedWhole(wrong, handoff, kind);
      }
    });
  },
);

describe('an offer', () => {
  test('names the file that its circle was made with, and members of the circle only', async () => {
    const handoff = await stage.drafted();
    const { sender } = stage;
    const { file } = await stage.drafted();
    const facts = stage.factsOf('handoff.offered', handoff);
    const stranger = 'p.' + 'A'.repeat(43);
    const before = await stage.kept(handoff);
    for (const bad of [
      { ...facts, file },
      { ...facts, addressees: [stranger] },
    ]) {
      const item = await stage.step(sender, handoff, 'handoff.offered', bad);
      await expect(sender.submit(item)).rejects.toEqual(refused('item_invalid'));
    }
    expect(await stage.kept(handoff)).toEqual(before);
  });

  test('is given to no stranger, who would be called and could read nothing', async () => {
    const handoff = await stage.offered();
    const { sender, addressee } = stage;
    const before = await stage.kept(handoff);
    const [from, to] = [stage.memberOf(addressee), 'p.' + 'A'.repeat(43)];
    const item = await stage.step(sender, handoff, 'handoff.reassigned', { from, to, due: FAR });
    await expect(sender.submit(item)).rejects.toEqual(refused('item_invalid'));
    expect(await stage.kept(handoff)).toEqual(before);
  });

  test('is listed for a guest while they are one', async () => {
    const { sender, circles } = stage;
    const guest = await Writer.enrol(circles);
    const { circle } = await stage.offered();
    const now = circles.clock.now();
    const until = now + 60_000;
    await sender.submit(await sender.addition(circle, await guest.recipient(), { until }));
    const listed = (at: number) => stage.rows.listFor(guest.person, Number.MAX_SAFE_INTEGER, 9, at);
    expect((await listed(now)).map(({ handoff }) => handoff)).toEqual([circle]);
    expect(await listed(until)).toEqual([]);
  });

  test('is answered by two at once: the row decides, one is refused', async () => {
    const { addressee } = stage;
    const handoff = await stage.offered();
    const facts = stage.factsOf('handoff.accepted', handoff);
    const items = [
      await stage.step(addressee, handoff, 'handoff.accepted', facts),
      await stage.step(addressee, handoff, 'handoff.accepted', facts),
    ];
    const outcomes = await Promise.allSettled(items.map((item) => addressee.submit(item)));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('a task', () => {
  test('is planned once for a member, done once, and never without its plan', async () => {
    const { file } = await stage.offered();
    const { sender, addressee } = stage;
    const task = randomUUID();
    const item = (by: Writer, kind: string, facts: Record<string, unknown>) =>
      by.item(file, kind, facts, { body: randomBytes(600), critical: true });
    const plan = (owner: string) => item(sender, 'task.planned', { task, owner, due: null });
    await expect(addressee.submit(await item(addressee, 'task.done', { task }))).rejects.toEqual(
      refused('item_not_allowed'),
    );
    await expect(sender.submit(await plan('p.' + 'A'.repeat(43)))).rejects.toEqual(
      refused('item_invalid'),
    );
    await sender.submit(await plan(stage.memberOf(addressee)));
    await expect(sender.submit(await plan(stage.memberOf(addressee)))).rejects.toEqual(
      refused('item_not_allowed'),
    );
    await addressee.submit(await item(addressee, 'task.done', { task }));
    await expect(addressee.submit(await item(addressee, 'task.done', { task }))).rejects.toEqual(
      refused('item_not_allowed'),
    );
  });
});

describe('a plan', () => {
  const item = (by: Writer, file: Handoff['file'], kind: string, facts: Record<string, unknown>) =>
    by.item(file, kind, facts, { body: randomBytes(600), critical: true });

  test('holds so many tasks and no more', async () => {
    const { file } = await stage.offered();
    const { sender, addressee } = stage;
    const plan = () => {
      const facts = { task: randomUUID(), owner: stage.memberOf(addressee), due: null };
      return item(sender, file, 'task.planned', facts);
    };
    for (let n = 0; n < LIMITS.tasksPerHandoff.value; n++) await sender.submit(await plan());
    await expect(sender.submit(await plan())).rejects.toEqual(refused('item_not_allowed'));
  }, 60_000);

  test('whose task is handed on has its new owner in the rows, until it is done', async () => {
    const { file } = await stage.offered();
    const { sender, addressee } = stage;
    const task = randomUUID();
    const [first, then] = [stage.memberOf(addressee), stage.memberOf(sender)];
    await sender.submit(
      await item(sender, file, 'task.planned', { task, owner: first, due: null }),
    );
    const handOn = (owner: string) => item(sender, file, 'task.handed-on', { task, owner });
    await expect(sender.submit(await handOn('p.' + 'A'.repeat(43)))).rejects.toEqual(
      refused('item_invalid'),
    );
    await sender.submit(await handOn(then));
    const [row] = await stage.circles.database.query<{ owner: string }>(
      'SELECT owner FROM handoff_tasks WHERE task_id = $1',
      [task],
    );
    expect(row).toEqual({ owner: then });
    await sender.submit(await item(sender, file, 'task.done', { task }));
    await expect(sender.submit(await handOn(first))).rejects.toEqual(refused('item_not_allowed'));
  });
});

const EVERYTHING = 10_000;

describe('the sweeper', () => {
  const PAST = Date.UTC(2020, 0, 1);

  /** Events that the sweeps recorded about these handoffs. */
  async function raised(handoffs: readonly Handoff[]) {
    const rows = await stage.circles.database.query<{ type: string; n: number }>(
      `SELECT payload ->> 'type' AS type, count(*)::int AS n FROM outbox
       WHERE consumer = 'notifications' AND payload ->> 'circle' = ANY($1)
         AND payload ->> 'reason' = 'handoff-late' GROUP BY 1`,
      [handoffs.map(({ circle }) => circle)],
    );
    return rows[0]?.n ?? 0;
  }

  async function lateSince({ circle }: Handoff): Promise<number | null | undefined> {
    const [row] = await stage.circles.database.query<{ late_since: number | null }>(
      'SELECT late_since FROM handoff_addressees WHERE circle_id = $1',
      [circle],
    );
    return row?.late_since;
  }

  test('raises what is due, once, dated by the database; what is answered or ended never', async () => {
    // What the walks through the table left behind.
    await stage.sweeper().sweep();
    const [late, answered, ended, future] = [
      await stage.offered(PAST),
      await stage.offered(PAST),
      await stage.offered(PAST),
      await stage.offered(),
    ];
    await stage.do(stage.addressee, answered, 'handoff.accepted');
    await stage.do(stage.sender, ended, 'handoff.cancelled');
    const sweeper = stage.sweeper();
    // So long ago that the coordinator hears of it as well.
    expect(await sweeper.sweep()).toBe(2);
    expect(await sweeper.sweep()).toBe(0);
    expect(Math.abs(((await lateSince(late)) ?? 0) - Date.now())).toBeLessThan(60_000);
    for (const handoff of [answered, ended, future]) expect(await lateSince(handoff)).toBeNull();
    expect(await raised([late, answered, ended, future])).toBe(1);
    // All of this file's were sent at one instant of the stage's clock: a page would hold any.
    const summaries = await stage.rows.listFor(
      stage.sender.person,
      Number.MAX_SAFE_INTEGER,
      EVERYTHING,
      stage.circles.clock.now(),
    );
    const summary = summaries.find(({ handoff }) => handoff === late.circle);
    expect(summary?.addressees).toHaveLength(1);
  });

  test('works beside others without raising anything twice or leaving anything out', async () => {
    const handoffs: Handoff[] = [];
    for (let i = 0; i < 24; i++) handoffs.push(await stage.offered(PAST));
    const sweeps = Array.from({ length: 4 }, () => stage.sweeper().sweep());
    const counts = await Promise.all(sweeps);
    const rest = await stage.sweeper().sweep();
    expect(counts.reduce((sum, count) => sum + count, rest)).toBe(2 * handoffs.length);
    expect(await raised(handoffs)).toBe(handoffs.length);
  });

  test('that ends in the middle has raised nothing; the next one does', async () => {
    const handoff = await stage.offered(PAST);
    const { server } = stage.circles;
    class Killed extends HandoffCalls {
      override call(): Promise<void> {
        return Promise.reject(new Error('killed'));
      }
    }
    const killed = stage.sweeper(new Killed(server.members, server.outbox, stage.holders));
    await expect(killed.sweep()).rejects.toThrow('killed');
    expect(await lateSince(handoff)).toBeNull();
    expect(await raised([handoff])).toBe(0);
    expect(await stage.sweeper().sweep()).toBe(2);
    expect(await raised([handoff])).toBe(1);
  });

  test('takes a full batch at a time, and says so by its count', async () => {
    const handoff = await stage.offered();
    const extra = LIMITS.sweepBatch.value + 7;
    await stage.circles.database.query(
      `INSERT INTO handoff_deadlines (circle_id, subject, level, due_at, member_id)
       SELECT $1, n, 'late', $2, 't.' || n FROM generate_series(1, $3::int) n`,
      [handoff.circle, PAST, extra],
    );
    const { members, outbox } = stage.circles.server;
    const calls = new HandoffCalls(members, outbox, stage.holders);
    calls.call = () => Promise.resolve();
    expect(await stage.sweeper(calls).sweep()).toBe(LIMITS.sweepBatch.value);
    expect(await stage.sweeper(calls).sweep()).toBe(7);
    expect(await stage.sweeper(calls).sweep()).toBe(0);
  });
});
