/**
 * Who reads which circle, for the other rooms: from the projection of statements, with guests'
 * ends honoured. It answers questions; it changes nothing.
 */
import { Problem } from '@liaison/contract/errors';
import type { CircleId, MemberId, PersonId } from '@liaison/contract/ids';
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { Database, type Queryable } from '../platform/database/database.js';

type PersonRow = { readonly person: PersonId };

const LIVE = '(until_at IS NULL OR until_at > $2)';

const PEOPLE_OF = `
  SELECT DISTINCT person_id AS person FROM effective_members WHERE circle_id = $1 AND ${LIVE}`;

const PEOPLE_BEHIND = `
  SELECT substr(member, 3) AS person FROM unnest($1::text[]) AS member WHERE member LIKE 'p.%'
  UNION
  SELECT substr(m.member, 3) FROM circle_members m
   WHERE m.circle_id = ANY(SELECT substr(team, 3) FROM unnest($1::text[]) AS team
                            WHERE team LIKE 't.%')
     AND m.present AND m.member LIKE 'p.%' AND ${LIVE}`;

const ADMINS_OF = `
  SELECT member FROM circle_members
   WHERE circle_id = $1 AND present AND role = 'admin' AND ${LIVE}`;

const COORDINATORS_OF = `
  SELECT member FROM circle_members
   WHERE circle_id = (SELECT community FROM circles WHERE circle_id = $1)
     AND present AND role = 'admin' AND ${LIVE}`;

const READS = `
  SELECT 1 FROM effective_members WHERE circle_id = $1 AND ${LIVE} AND person_id = $3 LIMIT 1`;

const MEETS = `
  SELECT 1 FROM effective_members a JOIN effective_members b USING (circle_id)
   WHERE a.person_id = $1 AND b.person_id = $3
     AND (a.until_at IS NULL OR a.until_at > $2) AND (b.until_at IS NULL OR b.until_at > $2)
   LIMIT 1`;

// A team's statements are also read by whoever shares a circle or a community with it.
const VERIFIES = `
  SELECT 1 FROM circles c
   WHERE c.circle_id = $1 AND c.kind IN ('team', 'sector') AND (
     EXISTS (SELECT 1 FROM effective_members e
              WHERE e.circle_id = c.community AND e.person_id = $3 AND ${LIVE})
     OR EXISTS (SELECT 1 FROM circle_members t
                  JOIN effective_members e ON e.circle_id = t.circle_id AND e.person_id = $3
                 WHERE t.member = 't.' || c.circle_id
                   AND (e.until_at IS NULL OR e.until_at > $2)))`;

@Injectable()
export class CircleMembers {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Everybody who reads a circle now, in person or through a team. */
  async peopleOf(circle: CircleId, on: Queryable = this.database): Promise<PersonId[]> {
    const rows = await on.query<PersonRow>(PEOPLE_OF, [circle, this.clock.now()]);
    return rows.map(({ person }) => person);
  }

  /** The people whom these members stand for: themselves, or everybody in a team. */
  async peopleBehind(on: Queryable, members: readonly MemberId[]): Promise<PersonId[]> {
    const rows = await on.query<PersonRow>(PEOPLE_BEHIND, [members, this.clock.now()]);
    return rows.map(({ person }) => person);
  }

  /** The members who manage a circle; of a handoff, its sender. */
  async adminsOf(circle: CircleId, on: Queryable = this.database): Promise<MemberId[]> {
    type Row = { readonly member: MemberId };
    const rows = await on.query<Row>(ADMINS_OF, [circle, this.clock.now()]);
    return rows.map(({ member }) => member);
  }

  /** The admins of the community to which a circle belongs. */
  async coordinatorsOf(circle: CircleId, on: Queryable = this.database): Promise<MemberId[]> {
    type Row = { readonly member: MemberId };
    const rows = await on.query<Row>(COORDINATORS_OF, [circle, this.clock.now()]);
    return rows.map(({ member }) => member);
  }

  /** Inside a transaction, on it: one that waits for a second connection may wait for ever. */
  async canRead(
    person: PersonId,
    circle: CircleId,
    on: Queryable = this.database,
  ): Promise<boolean> {
    return (await on.prepared(READS, [circle, this.clock.now(), person])).length > 0;
  }

  /** Whether two people share a circle now. */
  async meet(one: PersonId, other: PersonId): Promise<boolean> {
    return (await this.database.query(MEETS, [one, this.clock.now(), other])).length > 0;
  }

  /** Whether somebody may read a circle's statements: its readers, and whoever meets the team. */
  async canVerify(person: PersonId, circle: CircleId): Promise<boolean> {
    if (await this.canRead(person, circle)) return true;
    return (await this.database.query(VERIFIES, [circle, this.clock.now(), person])).length > 0;
  }

  /** For rooms that must not tell: whether a circle has begun, whoever asks. */
  async exists(circle: CircleId): Promise<boolean> {
    const sql = 'SELECT 1 FROM circles WHERE circle_id = $1';
    return (await this.database.prepared(sql, [circle])).length > 0;
  }

  /** For reads: a circle that is not the caller's does not exist for them. */
  async mustRead(person: PersonId, circle: CircleId): Promise<void> {
    if (!(await this.canRead(person, circle))) throw new Problem('circle_unknown');
  }
}
