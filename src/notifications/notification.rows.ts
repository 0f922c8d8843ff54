/** Notifications and mail preferences of people. Knows reasons and ids, never content. */
import type { CircleId, PersonId, Uuid } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import {
  type AttentionReason,
  MAILED_REASONS,
  MailPreference,
  Notification,
} from '@liaison/contract/notification';
import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../platform/database/database.js';

const ADD = `
  INSERT INTO notifications (person_id, reason, circle_id, at)
  SELECT person, $2, $3, $4 FROM unnest($1::text[]) AS person
  ON CONFLICT (person_id, circle_id, reason) WHERE read_at IS NULL
  DO UPDATE SET at = excluded.at RETURNING person_id, (xmax = 0) AS fresh`;

const ADD_MAILS = `
  INSERT INTO mails (person_id, reason, circle_id, at, next_at)
  SELECT p.person_id, $2, $3, $4, $4 FROM mail_preferences p
  WHERE p.person_id = ANY($1::text[]) AND p.address <> '' RETURNING id`;

const LIST = `
  SELECT id, reason, circle_id AS circle, at, read_at AS "readAt"
  FROM notifications WHERE person_id = $1 ORDER BY at DESC LIMIT $2`;

const READ = `
  UPDATE notifications SET read_at = $4
  WHERE person_id = $1 AND read_at IS NULL AND (id = ANY($2::uuid[]) OR circle_id = $3)
  RETURNING id`;

/** Of people who have more than is kept: a batch of them, without what is older. */
const FORGET_OLD = `
  DELETE FROM notifications n USING (
    SELECT person_id FROM notifications GROUP BY person_id HAVING count(*) > $1 LIMIT $2) crowded
  WHERE n.person_id = crowded.person_id AND n.at < (
    SELECT k.at FROM notifications k WHERE k.person_id = n.person_id
     ORDER BY k.at DESC OFFSET $1 - 1 LIMIT 1)
  RETURNING n.id`;

export interface Attention {
  readonly reason: AttentionReason;
  readonly circle: CircleId | null;
  readonly people: readonly PersonId[];
  readonly at: number;
}

@Injectable()
export class NotificationRows {
  constructor(private readonly database: Database) {}

  /**
   * One notification a person and a reason; who was waiting already is not mailed again. Returns
   * the mails to send.
   */
  async add(transaction: Transaction, attention: Attention): Promise<Uuid[]> {
    const { reason, circle, people, at } = attention;
    const added = await transaction.query<{ person_id: PersonId; fresh: boolean }>(ADD, [
      people,
      reason,
      circle,
      at,
    ]);
    if (!MAILED_REASONS.includes(reason)) return [];
    const fresh = added.filter((row) => row.fresh).map((row) => row.person_id);
    const mails = await transaction.query<{ id: Uuid }>(ADD_MAILS, [fresh, reason, circle, at]);
    return mails.map((mail) => mail.id);
  }

  async list(person: PersonId): Promise<Notification[]> {
    const rows = await this.database.query(LIST, [person, LIMITS.notificationsKept.value]);
    return rows.map((row) => Notification.parse(row));
  }

  /** Returns how many went; none where nobody has more than is kept. */
  async forgetOld(): Promise<number> {
    const [kept, batch] = [LIMITS.notificationsKept.value, LIMITS.sweepBatch.value];
    return (await this.database.query(FORGET_OLD, [kept, batch])).length;
  }

  async markRead(
    person: PersonId,
    ids: readonly Uuid[],
    circle: CircleId | undefined,
    at: number,
  ): Promise<number> {
    return (await this.database.query(READ, [person, ids, circle ?? null, at])).length;
  }

  async preference(person: PersonId): Promise<MailPreference> {
    const rows = await this.database.query(
      'SELECT address, language FROM mail_preferences WHERE person_id = $1',
      [person],
    );
    return MailPreference.parse(rows[0] ?? { address: '', language: 'fr' });
  }

  async setPreference(person: PersonId, { address, language }: MailPreference): Promise<void> {
    await this.database.query(
      `INSERT INTO mail_preferences VALUES ($1, $2, $3)
       ON CONFLICT (person_id) DO UPDATE SET address = $2, language = $3`,
      [person, address, language],
    );
  }
}
