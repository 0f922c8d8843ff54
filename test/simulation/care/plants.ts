/**
 * Faults put into the server of care lives on purpose, one at a time: the oracle must see each.
 * They change the classes of the process that plays such lives, and nothing else.
 */
import { LeavingRule } from '../../../src/handoffs/leaving.rule.js';
import { HandoffSweeper } from '../../../src/handoffs/handoff.sweeper.js';
import { ClockWatch } from '../../../src/platform/database/clock.watch.js';
import { Looks } from '../../../src/platform/queue/looks.js';
import type { CareLife } from './life.js';
import { CareDatabase } from './rows/database.js';
import type { Now } from './rows/say.js';
import type { CarePlant } from './whole.js';

type Method = (this: unknown, ...given: unknown[]) => unknown;

const changed = new Set<object>();
const HALF_HOUR_MS = 1_800_000;

/** Another method in the place of one: once, however many lives its process plays. */
function instead(
  of: { readonly prototype: object },
  name: string,
  make: (honest: Method) => Method,
): CarePlant {
  return () => {
    const methods = of.prototype as Record<string, Method>;
    const honest = methods[name];
    if (honest === undefined) throw new Error(`plants: there is no ${name}`);
    if (changed.has(methods)) return;
    changed.add(methods);
    methods[name] = make(honest);
  };
}

const nothing = (): Method => () => Promise.resolve();

const noLook = (name: string): CarePlant =>
  instead(Looks, 'every', (honest) => {
    return function (...given) {
      return given[0] === name ? undefined : honest.apply(this, given);
    };
  });

const NEXT = new WeakMap<object, number>();
const TURN_MS = 5000;

/** As a schedule in a queue does: its next turn is an instant of the machine's clock. */
const byMachineClock = (honest: Method): Method => {
  return function (this: unknown) {
    const sweeper = this as object;
    if (Date.now() < (NEXT.get(sweeper) ?? 0)) return Promise.resolve(0);
    NEXT.set(sweeper, Date.now() + TURN_MS);
    return honest.call(this);
  };
};

const isSweep = (sql: string): boolean => sql.includes('FROM handoff_deadlines d, clock');

interface Row {
  readonly id: unknown;
}

/** The first time that such a row is written, it is not. */
function forgotten(life: CareLife, name: 'mails' | 'notices', is: (row: never) => boolean): void {
  const table = life.database.tables[name] as { put(part: string, key: string, row: Row): void };
  const honest = table.put.bind(table);
  const seen = new Set<unknown>();
  table.put = (part, key, row) => {
    if (!is(row as never) || seen.has(row.id)) {
      honest(part, key, row);
      return;
    }
    seen.add(row.id);
  };
}

export const PLANTS: Readonly<Record<string, CarePlant>> = {
  'coordinators are not called': instead(HandoffSweeper, 'escalate', nothing),
  'deadlines are swept by the machine’s clock': instead(HandoffSweeper, 'sweep', byMachineClock),
  'deadlines are swept half an hour too soon': instead(CareDatabase, 'nowFor', (honest) => {
    return function (sql) {
      const now = honest.call(this, sql) as Now;
      return isSweep(sql as string) ? { ...now, wall: now.wall + HALF_HOUR_MS } : now;
    };
  }),
  'deadlines wait half an hour too long once the clock was put back': ({ database }) => {
    const honest = database.nowFor.bind(database);
    database.nowFor = (sql) => {
      const now = honest(sql);
      const waits = isSweep(sql) && now.wall < now.true;
      return waits ? { ...now, wall: now.wall - HALF_HOUR_MS } : now;
    };
  },
  'nobody watches the clock': instead(ClockWatch, 'look', nothing),
  'an event that was taken comes back': (life) => {
    const { outbox } = life.database.tables;
    const honest = outbox.delete.bind(outbox);
    const seen = new Set<string>();
    outbox.delete = (part, key) => {
      const row = outbox.get(part, key);
      if (row === undefined || seen.has(key)) return honest(part, key);
      seen.add(key);
      outbox.put(part, key, { ...row, againAt: life.time.wall() + HALF_HOUR_MS });
      return true;
    };
  },
  'a mail that was sent is not marked': (life) => {
    forgotten(life, 'mails', (row: { readonly sentAt: number | null }) => row.sentAt !== null);
  },
  'what was told is not marked': (life) => {
    forgotten(life, 'notices', (row: { readonly toldAt: number | null }) => row.toldAt !== null);
  },
  'mails whose job is lost are not looked for': noLook('mail-sweep'),
  'nobody looks for events but the queue': noLook('outbox-notifications'),
  'an item stays with an owner who is gone': instead(LeavingRule, 'apply', nothing),
};
