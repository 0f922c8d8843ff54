/** The statements of notifications, mails and pushes, said again over rows in memory. */
import type { Urgency } from '@liaison/contract/handoff';
import type { CircleId, PersonId, Uuid } from '@liaison/contract/ids';
import type { AttentionReason } from '@liaison/contract/notification';
import { place, unnested } from '../../rows/tables.js';
import type { CareTables, LeavingRow, NoticeRow } from './tables.js';
import { type Now, type Say, WITH_CLOCK } from './say.js';

type Person = [person: PersonId, tellAt: number | null];

const least = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b);

function add(rows: CareTables, parameters: readonly unknown[], now: Now): void {
  const [, , reason, circle, at, urgency] = parameters as [
    ...[unknown, unknown, AttentionReason, CircleId | null, number, Urgency],
  ];
  const people = unnested<Person>(parameters.slice(0, 2));
  if (new Set(people.map(([person]) => person)).size < people.length) {
    throw new Error('notifications: one statement cannot touch a row twice');
  }
  for (const [person, tellAt] of people) {
    const old = rows.notices
      .of(person)
      .find((one) => one.readAt === null && one.circle === circle && one.reason === reason);
    const said = { person, reason, circle, urgency, trueAt: now.true, isNew: old === undefined };
    rows.noticed.put('', place(rows.number()), said);
    if (old === undefined) {
      const id = rows.uuid();
      const fresh = { toldAt: null, readAt: null, plannedAt: now.true };
      rows.notices.put(person, id, { id, person, reason, circle, at, urgency, tellAt, ...fresh });
      continue;
    }
    const isMore = urgency === 'urgent' && old.urgency !== 'urgent';
    const weight = urgency === 'urgent' ? urgency : old.urgency;
    const later = old.toldAt === null || isMore ? least(old.tellAt, tellAt) : old.tellAt;
    const plannedAt = later === old.tellAt ? old.plannedAt : now.true;
    rows.notices.put(person, old.id, { ...old, at, urgency: weight, tellAt: later, plannedAt });
  }
}

/** All that is due for the people who have waited longest. */
function due(rows: CareTables, limit: number, { wall }: Now): NoticeRow[] {
  const all = rows.notices.all().filter(({ tellAt }) => tellAt !== null && tellAt <= wall);
  const first = new Map<PersonId, number>();
  for (const { person, tellAt } of all) {
    first.set(person, Math.min(first.get(person) ?? Infinity, tellAt ?? 0));
  }
  const people = [...first].sort(([, a], [, b]) => a - b).slice(0, limit);
  const chosen = new Set(people.map(([person]) => person));
  return all.filter(({ person }) => chosen.has(person));
}

function change(rows: CareTables, ids: readonly Uuid[], to: (i: number) => Partial<NoticeRow>) {
  if (ids.length === 0) return;
  const places = new Map(ids.map((id, i) => [id, i]));
  for (const row of rows.notices.all()) {
    const i = places.get(row.id);
    if (i !== undefined) rows.notices.put(row.person, row.id, { ...row, ...to(i) });
  }
}

function plan(rows: CareTables, ids: Uuid[], times: (number | null)[], now: Now): void {
  change(rows, ids, (i) => ({ tellAt: times[i] ?? null, plannedAt: now.true }));
}

function tell(rows: CareTables, ids: readonly Uuid[], toldAt: number, now: Now): void {
  for (const row of rows.notices.all()) {
    if (!ids.includes(row.id)) continue;
    const { id, person, reason, circle, tellAt, plannedAt } = row;
    const planned = { tellAt: tellAt ?? toldAt, plannedAt };
    const told = { id, person, reason, circle, trueAt: now.true, ...planned };
    rows.told.put('', place(rows.number()), told);
  }
  change(rows, ids, () => ({ toldAt, tellAt: null }));
}

function leaving(values: readonly unknown[], urgency: Urgency, id: Uuid): LeavingRow {
  const [person, reason, circle, at, others] = values as [
    ...[PersonId, AttentionReason, CircleId | null, number, number],
  ];
  const waiting = { sentAt: null, attempts: 0, nextAt: at, refusal: null };
  return { id, person, reason, circle, urgency, others, at, ...waiting };
}

const waits = ({ sentAt, refusal }: LeavingRow): boolean => sentAt === null && refusal === null;

type Name = 'mails' | 'pushes';

const dueOf = (rows: CareTables, name: Name, now: number, limit: number) =>
  rows[name]
    .all()
    .filter((one) => waits(one) && one.nextAt <= now)
    .sort((a, b) => a.nextAt - b.nextAt)
    .slice(0, limit);

function update(rows: CareTables, name: Name, id: unknown, to: Partial<LeavingRow>) {
  const row = rows[name].get(id as Uuid, '');
  if (row !== undefined) rows[name].put(row.id, '', { ...row, ...to });
  return [];
}

function read(rows: CareTables, [of, ids, circle, at]: readonly unknown[]): NoticeRow[] {
  const named = ids as readonly Uuid[];
  const own = rows.notices.of(of as PersonId).filter(({ readAt }) => readAt === null);
  const chosen = own.filter(
    (one) => named.includes(one.id) || (circle !== null && one.circle === circle),
  );
  for (const row of chosen) {
    rows.notices.put(row.person, row.id, { ...row, readAt: at as number, tellAt: null });
  }
  return chosen;
}

function addMail(rows: CareTables, values: readonly unknown[]): LeavingRow[] {
  const address = rows.addresses.get(values[0] as PersonId, '')?.address ?? '';
  if (address === '') return [];
  const row = leaving(values, 'routine', rows.uuid());
  rows.mails.put(row.id, '', row);
  return [row];
}

function addPush(
  rows: CareTables,
  [person, reason, circle, urgency, at, others]: readonly unknown[],
) {
  if (rows.subscriptions.size(person as PersonId) === 0) return [];
  const row = leaving([person, reason, circle, at, others], urgency as Urgency, rows.uuid());
  rows.pushes.put(row.id, '', row);
  return [row];
}

function claimMail(rows: CareTables, id: Uuid) {
  const row = rows.mails.get(id, '');
  if (row === undefined || !waits(row) || !rows.hold(id)) return [];
  const address = rows.addresses.get(row.person, '')?.address ?? '';
  return [{ ...row, person_id: row.person, address, language: 'fr' }];
}

const nothing = (): [] => [];

export const NOTICES: readonly Say[] = [
  ['INSERT INTO notifications AS n', (rows, all, now) => (add(rows, all, now), [])],
  [
    'SELECT id, reason, urgency FROM notifications',
    (rows, [person]) =>
      rows.notices
        .of(person as PersonId)
        .filter((one) => one.readAt === null && one.toldAt === null),
  ],
  [
    'UPDATE notifications n SET tell_at = planned.at',
    (rows, [ids, times], now) => {
      plan(rows, ids as Uuid[], times as (number | null)[], now);
      return [];
    },
  ],
  ['UPDATE notifications SET read_at', read],
  ['DELETE FROM notifications n USING', nothing],
  ['SELECT pg_try_advisory_xact_lock', () => [{ alone: true }]],
  [
    `${WITH_CLOCK}, people AS`,
    (rows, [limit], now) =>
      due(rows, limit as number, now).map((row) => ({ ...row, now: now.wall })),
  ],
  [
    'UPDATE notifications n SET tell_at = later.at',
    (rows, [ids, times], now) => {
      plan(rows, ids as Uuid[], times as (number | null)[], now);
      return [];
    },
  ],
  [
    'UPDATE notifications SET told_at',
    (rows, [ids, at], now) => {
      tell(rows, ids as Uuid[], at as number, now);
      return [];
    },
  ],
  [
    'SELECT person_id AS person, settings FROM notification_settings',
    (rows, [people]) =>
      (people as PersonId[]).flatMap((person) =>
        rows.settings
          .of(person)
          .map(({ text }) => ({ person, settings: JSON.parse(text) as object })),
      ),
  ],
  [
    'INSERT INTO notification_settings',
    (rows, [person, text]) => {
      rows.settings.put(person as PersonId, '', { text: text as string });
      return [];
    },
  ],
  ['INSERT INTO pushes', addPush],
  ['INSERT INTO mails', addMail],
  ['SELECT m.id, m.person_id', (rows, [id]) => claimMail(rows, id as Uuid)],
  [
    'SELECT id FROM mails',
    (rows, [now, limit]) => dueOf(rows, 'mails', now as number, limit as number),
  ],
  [
    'UPDATE mails SET sent_at',
    (rows, [id, at]) => update(rows, 'mails', id, { sentAt: at as number }),
  ],
  [
    'UPDATE mails SET refusal',
    (rows, [id, why]) => update(rows, 'mails', id, { refusal: why as string }),
  ],
  [
    'UPDATE mails SET attempts',
    (rows, [id, attempts, nextAt, refusal]) => {
      const to = { attempts: attempts as number, nextAt: nextAt as number };
      return update(rows, 'mails', id, { ...to, refusal: refusal as string | null });
    },
  ],
  [
    'SELECT endpoint, p256dh',
    (rows, [person]) =>
      rows.subscriptions.of(person as PersonId).map(({ endpoint }) => {
        return { endpoint, p256dh: '', auth: '', language: 'fr', device: null };
      }),
  ],
  [
    'SELECT id, person_id AS person, reason',
    (rows, [id]) => rows.pushes.of(id as Uuid).filter((row) => waits(row) && rows.hold(row.id)),
  ],
  [
    'SELECT id FROM pushes WHERE sent_at IS NULL',
    (rows, [now, limit]) => dueOf(rows, 'pushes', now as number, limit as number),
  ],
  [
    'DELETE FROM push_subscriptions WHERE endpoint',
    (rows, [endpoints]) => {
      const gone = rows.subscriptions.all().filter((one) => {
        return (endpoints as readonly string[]).includes(one.endpoint);
      });
      for (const { person, endpoint } of gone) rows.subscriptions.delete(person, endpoint);
      return [];
    },
  ],
  [
    'UPDATE pushes SET sent_at',
    (rows, [id, at]) => update(rows, 'pushes', id, { sentAt: at as number }),
  ],
  [
    'UPDATE pushes SET attempts',
    (rows, [id, attempts, nextAt]) =>
      update(rows, 'pushes', id, { attempts: attempts as number, nextAt: nextAt as number }),
  ],
  [
    'UPDATE pushes SET refusal',
    (rows, [id]) => update(rows, 'pushes', id, { refusal: 'nobody-reached' }),
  ],
  ['DELETE FROM pushes', nothing],
];
