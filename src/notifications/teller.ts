/**
 * Tells what is due, by the database's clock: everything that is due for somebody is one notice. A
 * planned time is a row, not a timer: whatever queue or process is lost, the next look finds it.
 * Marking as told and writing the notice that will leave are one transaction, so each leaves once.
 */
import type { Urgency } from '@liaison/contract/handoff';
import type { CircleId, PersonId, Uuid } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import type { AttentionReason } from '@liaison/contract/notification';
import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../platform/database/database.js';
import { leave, type Leaving } from './leaving.js';
import { type SettingsOf, SettingsRows } from './settings.rows.js';
import { tellingOf } from './telling.plan.js';

interface Due {
  readonly id: Uuid;
  readonly person: PersonId;
  readonly reason: AttentionReason;
  readonly circle: CircleId | null;
  readonly urgency: Urgency;
  readonly tellAt: number;
  readonly now: number;
}

/** Two lookers would split what is one notice; whoever comes second has nothing to do. */
const ALONE = "SELECT pg_try_advisory_xact_lock(hashtext('liaison-telling')) AS alone";

const DUE = `
  WITH clock AS (SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now),
  people AS (
    SELECT person_id FROM notifications, clock WHERE tell_at <= clock.now
    GROUP BY person_id ORDER BY min(tell_at) LIMIT $1)
  SELECT n.id, n.person_id AS person, n.reason, n.circle_id AS circle, n.urgency,
    n.tell_at AS "tellAt", clock.now
  FROM notifications n JOIN people USING (person_id), clock
  WHERE n.tell_at <= clock.now FOR UPDATE OF n`;

const POSTPONE = `
  UPDATE notifications n SET tell_at = later.at
  FROM unnest($1::uuid[], $2::bigint[]) AS later (id, at) WHERE n.id = later.id`;

const TOLD = 'UPDATE notifications SET told_at = $2, tell_at = NULL WHERE id = ANY($1::uuid[])';

@Injectable()
export class Teller {
  constructor(
    private readonly database: Database,
    private readonly settings: SettingsRows,
  ) {}

  /** One batch. Returns how many were due, and what is ready to leave. */
  async tell(): Promise<Leaving & { readonly due: number }> {
    return this.database.transaction(async (transaction) => {
      const [lock] = await transaction.query<{ alone: boolean }>(ALONE);
      if (lock?.alone !== true) return { due: 0, mails: [], pushes: [] };
      const due = await transaction.query<Due & Record<string, unknown>>(DUE, [
        LIMITS.sweepBatch.value,
      ]);
      if (due.length === 0) return { due: 0, mails: [], pushes: [] };
      const people = [...new Set(due.map(({ person }) => person))];
      const settings = await this.settings.of(people, transaction);
      const [mails, pushes]: [Uuid[], Uuid[]] = [[], []];
      for (const [person, notices] of await told(transaction, due, settings)) {
        const now = notices[0]?.now ?? 0;
        const leaving = await leave(transaction, notices, settings(person), now);
        mails.push(...leaving.mails);
        pushes.push(...leaving.pushes);
      }
      return { due: due.length, mails, pushes };
    });
  }
}

/** What is told now, by person; the rest is put off to when its reader may be disturbed. */
async function told(on: Transaction, due: readonly Due[], settings: SettingsOf) {
  const byPerson = new Map<PersonId, Due[]>();
  const later: (readonly [Uuid, number | null])[] = [];
  for (const one of due) {
    const at = tellingOf(settings(one.person).policy, one, one.now);
    if (at === one.now) byPerson.set(one.person, [...(byPerson.get(one.person) ?? []), one]);
    else later.push([one.id, at]);
  }
  const now = [...byPerson.values()].flat();
  await on.query(POSTPONE, [later.map(([id]) => id), later.map(([, at]) => at)]);
  await on.query(TOLD, [now.map(({ id }) => id), now[0]?.now ?? null]);
  return byPerson;
}
