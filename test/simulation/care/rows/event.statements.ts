/** The statements of the outbox, said again over rows in memory. */
import type { CircleId, PersonId } from '@liaison/contract/ids';
import { place, unnested } from '../../rows/tables.js';
import type { CareTables, EventRow } from './tables.js';
import type { Now, Say } from './say.js';

interface Called {
  readonly type: string;
  readonly reason: string;
  readonly circle: CircleId | null;
  readonly people: readonly PersonId[];
}

function record(rows: CareTables, columns: readonly unknown[], { wall }: Now): void {
  for (const [consumer, payload] of unnested<[string, string]>(columns)) {
    const event = JSON.parse(payload) as Called;
    if (event.type === 'attention.called') {
      const { reason, circle } = event;
      for (const person of event.people) {
        rows.calls.put('', place(rows.number()), { person, reason, circle });
      }
    }
    // Nobody reads the audit of a care life.
    if (consumer !== 'notifications') continue;
    const id = rows.number();
    const fresh = { attempts: 0, againAt: null, recordedAt: wall };
    rows.outbox.put(consumer, place(id), { id, consumer, payload, ...fresh });
  }
}

function claim(rows: CareTables, consumer: string, limit: number, { wall }: Now): EventRow[] {
  const ready = rows.outbox
    .of(consumer)
    .filter(({ againAt }) => againAt === null || againAt <= wall)
    .sort((a, b) => a.id - b.id)
    .slice(0, limit);
  for (const { id } of ready) rows.outbox.delete(consumer, place(id));
  return ready;
}

export const EVENTS: readonly Say[] = [
  [
    'INSERT INTO outbox (consumer, payload) SELECT * FROM unnest',
    (rows, columns, now) => {
      record(rows, columns, now);
      return [];
    },
  ],
  [
    'DELETE FROM outbox WHERE (consumer, id) IN',
    (rows, [consumer, limit], now) =>
      claim(rows, consumer as string, limit as number, now).map(({ id, payload, recordedAt }) => {
        return { id, at: recordedAt, payload: JSON.parse(payload) as unknown };
      }),
  ],
  [
    'UPDATE outbox SET attempts = attempts + 1',
    (rows, [consumer, id, pause], { wall }) => {
      const row = rows.outbox.get(consumer as string, place(id as number));
      if (row === undefined) return [];
      const attempts = row.attempts + 1;
      const againAt = wall + (pause as number) * 2 ** row.attempts;
      rows.outbox.put(consumer as string, place(row.id), { ...row, attempts, againAt });
      return [{ attempts }];
    },
  ],
  [
    'WITH gone AS ( DELETE FROM outbox',
    (rows, [consumer, ids]) => {
      for (const id of ids as number[]) {
        const row = rows.outbox.get(consumer as string, place(id));
        if (row === undefined) continue;
        rows.outbox.delete(consumer as string, place(id));
        rows.dead.put(row.consumer, place(id), row);
      }
      return [];
    },
  ],
  ['SELECT pg_notify', () => []],
  [
    'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now',
    (_rows, _parameters, { wall }) => [{ now: wall }],
  ],
];
