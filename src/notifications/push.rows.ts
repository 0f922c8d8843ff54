/** Browsers that may be woken, and the notices that wait to be pushed to them. */
import type { Urgency } from '@liaison/contract/handoff';
import type { CircleId, DeviceId, PersonId, Uuid } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import type { AttentionReason } from '@liaison/contract/notification';
import type { NewPushSubscription } from '@liaison/contract/push';
import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../platform/database/database.js';

const SUBSCRIBE = `
  INSERT INTO push_subscriptions (endpoint, person_id, p256dh, auth, language, at, device_id)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (endpoint)
  DO UPDATE SET person_id = $2, p256dh = $3, auth = $4, language = $5, at = $6, device_id = $7`;

const DROP_OLDEST = `
  DELETE FROM push_subscriptions WHERE person_id = $1 AND endpoint NOT IN (
    SELECT endpoint FROM push_subscriptions WHERE person_id = $1 ORDER BY at DESC LIMIT $2)`;

const OF = `
  SELECT endpoint, p256dh, auth, language, device_id AS device FROM push_subscriptions
  WHERE person_id = $1 ORDER BY at DESC LIMIT $2`;

const CLAIM = `
  SELECT id, person_id AS person, reason, circle_id AS circle, urgency, others, attempts
  FROM pushes WHERE id = $1 AND sent_at IS NULL AND refusal IS NULL FOR UPDATE SKIP LOCKED`;

const DUE = `
  SELECT id FROM pushes WHERE sent_at IS NULL AND refusal IS NULL AND next_at <= $1
  ORDER BY next_at LIMIT $2`;

const FORGET_OLD = `
  DELETE FROM pushes WHERE id IN (
    SELECT id FROM pushes WHERE at < $1 AND (sent_at IS NOT NULL OR refusal IS NOT NULL) LIMIT $2)
  RETURNING id`;

export interface Subscription {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
  readonly language: 'fr' | 'en';
  /** Null where an older client subscribed. */
  readonly device: DeviceId | null;
}

export interface WaitingPush {
  readonly id: Uuid;
  readonly person: PersonId;
  readonly reason: AttentionReason;
  readonly circle: CircleId | null;
  readonly urgency: Urgency;
  readonly others: number;
  readonly attempts: number;
}

@Injectable()
export class PushRows {
  constructor(private readonly database: Database) {}

  async subscribe(person: PersonId, one: NewPushSubscription, at: number): Promise<void> {
    const { endpoint, keys, language, device = null } = one;
    await this.database.transaction(async (transaction) => {
      await transaction.query(SUBSCRIBE, [
        ...[endpoint, person, keys.p256dh, keys.auth, language, at, device],
      ]);
      await transaction.query(DROP_OLDEST, [person, LIMITS.pushSubscriptions.value]);
    });
  }

  async unsubscribe(person: PersonId, endpoint: string): Promise<void> {
    const sql = 'DELETE FROM push_subscriptions WHERE person_id = $1 AND endpoint = $2';
    await this.database.query(sql, [person, endpoint]);
  }

  of(on: Transaction, person: PersonId): Promise<Subscription[]> {
    return on.query<Subscription & Record<string, unknown>>(OF, [
      person,
      LIMITS.pushSubscriptions.value,
    ]);
  }

  async due(now: number): Promise<Uuid[]> {
    const rows = await this.database.query<{ id: Uuid }>(DUE, [now, LIMITS.sweepBatch.value]);
    return rows.map(({ id }) => id);
  }

  async claim(on: Transaction, id: Uuid): Promise<WaitingPush | undefined> {
    const [row] = await on.query<WaitingPush & Record<string, unknown>>(CLAIM, [id]);
    return row;
  }

  /** The service said that these browsers are no more. */
  async forget(on: Transaction, endpoints: readonly string[]): Promise<void> {
    const sql = 'DELETE FROM push_subscriptions WHERE endpoint = ANY($1::text[])';
    if (endpoints.length > 0) await on.query(sql, [endpoints]);
  }

  async sent(on: Transaction, id: Uuid, at: number): Promise<void> {
    await on.query('UPDATE pushes SET sent_at = $2 WHERE id = $1', [id, at]);
  }

  async postpone(on: Transaction, { id, attempts }: WaitingPush, next: number): Promise<void> {
    const sql = 'UPDATE pushes SET attempts = $2, next_at = $3 WHERE id = $1';
    await on.query(sql, [id, attempts + 1, next]);
  }

  async refuse(on: Transaction, id: Uuid): Promise<void> {
    await on.query("UPDATE pushes SET refusal = 'nobody-reached' WHERE id = $1", [id]);
  }

  /** Of those before that instant that have left; returns how many. */
  async forgetOld(before: number): Promise<number> {
    return (await this.database.query(FORGET_OLD, [before, LIMITS.sweepBatch.value])).length;
  }
}
