/**
 * Lanes as rows: the last signed word for each circle, person and lane. A word that says less than
 * the one kept changes nothing, so that devices of one person may speak in any order.
 */
import type { CircleId, Hash, PersonId, Signature } from '@liaison/contract/ids';
import type { LaneName, WireLane } from '@liaison/contract/lane';
import { Injectable } from '@nestjs/common';
import { Database, type Queryable } from '../platform/database/database.js';

export interface LaneWord {
  readonly circle: CircleId;
  readonly person: PersonId;
  readonly lane: LaneName;
  readonly k: number;
  readonly h: Hash;
  readonly wire: WireLane;
}

type CircleRow = { readonly circle: CircleId };
type WireRow = { readonly text: string; readonly signature: Signature };

/** Only a true position counts: its hash must stand in the circle, and give its ordinal. */
const PUT = `
  INSERT INTO lanes AS l (circle_id, person_id, lane, k, ordinal, statement, signature)
  SELECT w.circle, $1, w.lane, w.k, i.ordinal, w.statement, w.signature
    FROM unnest($2::text[], $3::text[], $4::int8[], $5::text[], $6::text[], $7::text[])
         AS w (circle, lane, k, h, statement, signature)
    JOIN items i ON i.circle_id = w.circle AND i.k = w.k AND i.h = w.h
   ORDER BY w.circle, w.lane
  ON CONFLICT (circle_id, person_id, lane) DO UPDATE
     SET k = excluded.k, ordinal = excluded.ordinal, statement = excluded.statement,
         signature = excluded.signature
   WHERE l.k < excluded.k
  RETURNING circle_id AS circle`;

const TRUE_HEADS = `
  SELECT count(*) AS count FROM unnest($1::text[], $2::int8[], $3::text[]) AS w (circle, k, h)
    JOIN items i ON i.circle_id = w.circle AND i.k = w.k AND i.h = w.h`;

const READABLE = `
  SELECT DISTINCT circle_id AS circle FROM effective_members
   WHERE person_id = $1 AND circle_id = ANY($2) AND (until_at IS NULL OR until_at > $3)`;

@Injectable()
export class LaneRows {
  constructor(private readonly database: Database) {}

  /** The circles in which something moved forward. At most one word for each circle and lane. */
  async put(person: PersonId, words: readonly LaneWord[]): Promise<CircleId[]> {
    const rows = await this.database.prepared<CircleRow>(PUT, [
      person,
      words.map(({ circle }) => circle),
      words.map(({ lane }) => lane),
      words.map(({ k }) => k),
      words.map(({ h }) => h),
      words.map(({ wire }) => wire.text),
      words.map(({ wire }) => wire.signature),
    ]);
    return rows.map(({ circle }) => circle);
  }

  async areTrue(words: readonly LaneWord[]): Promise<boolean> {
    const [row] = await this.database.prepared<{ count: number }>(TRUE_HEADS, [
      words.map(({ circle }) => circle),
      words.map(({ k }) => k),
      words.map(({ h }) => h),
    ]);
    return row?.count === words.length;
  }

  async readable(person: PersonId, circles: readonly CircleId[], now: number) {
    const rows = await this.database.prepared<CircleRow>(READABLE, [person, circles, now]);
    return new Set(rows.map(({ circle }) => circle));
  }

  /** Everybody's words of a circle, or one person's own. */
  async of(circle: CircleId, person: PersonId | null): Promise<WireLane[]> {
    return this.database.query<WireRow>(
      `SELECT statement AS text, signature FROM lanes
        WHERE circle_id = $1 AND ($2::text IS NULL OR person_id = $2) ORDER BY person_id, lane`,
      [circle, person],
    );
  }

  async kindOf(circle: CircleId, on: Queryable = this.database): Promise<string | null> {
    const sql = 'SELECT kind FROM circles WHERE circle_id = $1';
    return (await on.prepared<{ kind: string }>(sql, [circle]))[0]?.kind ?? null;
  }
}
