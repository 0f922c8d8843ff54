/**
 * What leaves the application for somebody, written in the transaction that says they are told: a
 * push where one of their browsers may be woken, else a mail where they gave an address.
 */
import type { Urgency } from '@liaison/contract/handoff';
import type { CircleId, PersonId, Uuid } from '@liaison/contract/ids';
import { type AttentionReason, leadOf, MAILED_REASONS } from '@liaison/contract/notification';
import type { NotificationSettings } from '@liaison/contract/notification-settings';
import type { Transaction } from '../platform/database/database.js';

export interface Notice {
  readonly person: PersonId;
  readonly reason: AttentionReason;
  readonly circle: CircleId | null;
  readonly urgency: Urgency;
}

/** Rows that wait to be sent. */
export interface Leaving {
  readonly mails: readonly Uuid[];
  readonly pushes: readonly Uuid[];
}

const ADD_PUSH = `
  INSERT INTO pushes (person_id, reason, circle_id, urgency, at, next_at, others)
  SELECT $1, $2, $3, $4, $5, $5, $6
  WHERE EXISTS (SELECT 1 FROM push_subscriptions WHERE person_id = $1) RETURNING id`;

const ADD_MAIL = `
  INSERT INTO mails (person_id, reason, circle_id, at, next_at, others)
  SELECT p.person_id, $2, $3, $4, $4, $5 FROM mail_preferences p
  WHERE p.person_id = $1 AND p.address <> '' RETURNING id`;

/** All that is due for somebody is one notice, by the first channel that they have. */
export async function leave(
  on: Transaction,
  notices: readonly Notice[],
  { channels }: NotificationSettings,
  now: number,
): Promise<Leaving> {
  const lead = leadOf(notices);
  if (lead === undefined) return { mails: [], pushes: [] };
  const others = notices.length - 1;
  const pushes = channels.includes('push') ? await addPush(on, lead, others, now) : [];
  if (pushes.length > 0) return { mails: [], pushes };
  const answered = leadOf(notices.filter(isMailed));
  if (answered === undefined || !channels.includes('mail')) return { mails: [], pushes: [] };
  return { mails: await addMail(on, answered, others, now), pushes: [] };
}

/** Whether it calls for an answer: what does not waits in the application. */
export const isMailed = ({ reason }: Notice): boolean => MAILED_REASONS.includes(reason);

async function addPush(on: Transaction, lead: Notice, others: number, now: number) {
  const { person, reason, circle, urgency } = lead;
  const values = [person, reason, circle, urgency, now, others];
  return (await on.query<{ id: Uuid }>(ADD_PUSH, values)).map(({ id }) => id);
}

export async function addMail(
  on: Transaction,
  { person, reason, circle }: Notice,
  others: number,
  now: number,
): Promise<Uuid[]> {
  const rows = await on.query<{ id: Uuid }>(ADD_MAIL, [person, reason, circle, now, others]);
  return rows.map(({ id }) => id);
}
