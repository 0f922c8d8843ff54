/**
 * How people want to be told. Whoever never said has the usual settings; so has whoever's row a
 * newer version wrote in a way that this one cannot read: late by a digest, never silent.
 */
import type { PersonId } from '@liaison/contract/ids';
import { NotificationSettings, USUAL_SETTINGS } from '@liaison/contract/notification-settings';
import { Injectable } from '@nestjs/common';
import { Database, type Queryable, type Transaction } from '../platform/database/database.js';

const OF = `
  SELECT person_id AS person, settings FROM notification_settings
  WHERE person_id = ANY($1::text[])`;

const SET = `
  INSERT INTO notification_settings VALUES ($1, $2, $3)
  ON CONFLICT (person_id) DO UPDATE SET settings = $2, updated_at = $3`;

type Row = { readonly person: PersonId; readonly settings: unknown };

/** Settings by person: the usual ones are one object for all who have them. */
export type SettingsOf = (person: PersonId) => NotificationSettings;

@Injectable()
export class SettingsRows {
  constructor(private readonly database: Database) {}

  async of(people: readonly PersonId[], on: Queryable = this.database): Promise<SettingsOf> {
    const rows = await on.query<Row>(OF, [people]);
    const said = new Map<PersonId, NotificationSettings>();
    for (const { person, settings } of rows) {
      const read = NotificationSettings.safeParse(settings);
      if (read.success) said.set(person, read.data);
    }
    return (person) => said.get(person) ?? USUAL_SETTINGS;
  }

  async set(on: Transaction, person: PersonId, settings: NotificationSettings, at: number) {
    await on.query(SET, [person, JSON.stringify(settings), at]);
  }
}
