/**
 * All circles of a person with their heads: the resume request. One join of effective members with
 * heads, by pages; unread is a difference of two ordinals, whatever a circle's length.
 */
import type { CircleKind } from '@liaison/contract/circle';
import type { CircleSummary } from '@liaison/contract/circle-routes';
import type { CircleId, Hash, MemberId, PersonId } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { Database } from '../platform/database/database.js';

type Row = {
  readonly circle: CircleId;
  readonly kind: CircleKind;
  readonly community: CircleId | null;
  readonly k: number;
  readonly h: Hash;
  readonly membersK: number;
  readonly membersH: Hash;
  readonly epoch: number;
  readonly unread: number;
  readonly through: MemberId[];
};

const CIRCLES = `
  SELECT e.circle_id AS circle, c.kind, c.community, h.k, h.h, h.members_k AS "membersK",
         h.members_h AS "membersH", h.epoch, h.ordinal - coalesce(l.ordinal, 0) AS unread,
         e.through
    FROM (SELECT circle_id, array_agg(via ORDER BY via) AS through FROM effective_members
           WHERE person_id = $1 AND circle_id >= $2 AND (until_at IS NULL OR until_at > $3)
           GROUP BY circle_id ORDER BY circle_id LIMIT $4) e
    JOIN circles c USING (circle_id)
    JOIN circle_heads h USING (circle_id)
    LEFT JOIN lanes l ON l.circle_id = e.circle_id AND l.person_id = $1 AND l.lane = 'read'
   ORDER BY e.circle_id`;

@Injectable()
export class Inbox {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** One page from that circle on; `next` is where the following page begins. */
  async page(person: PersonId, from: CircleId | null) {
    const limit = LIMITS.pageItems.value;
    const parameters = [person, from ?? '', this.clock.now(), limit + 1];
    const rows = await this.database.prepared<Row>(CIRCLES, parameters);
    const next = rows.length > limit ? (rows[limit]?.circle ?? null) : null;
    return { circles: rows.slice(0, limit).map(toSummary), next };
  }
}

function toSummary(row: Row): CircleSummary {
  const { circle, kind, community, epoch, through, unread } = row;
  const head = { k: row.k, h: row.h };
  const members = { k: row.membersK, h: row.membersH };
  return { circle, kind, community, head, members, epoch, through, unread };
}
