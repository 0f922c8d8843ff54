/**
 * The SQL of circles' projections. `effective_members` has a row for each way by which a person
 * reads a circle: in person (`p.…`) or through a team (`t.…`), until the earlier of both ends.
 */
export const PROJECTION = {
  begin: `
    INSERT INTO circles (circle_id, kind, community, linked, creator, created_at)
    VALUES ($1, $2, $3, $4, $5, $6)`,

  floors: `
    INSERT INTO circle_team_floors (circle_id, team_id, k)
    SELECT * FROM unnest($1::text[], $2::text[], $3::int8[])
    ON CONFLICT (circle_id, team_id) DO UPDATE SET k = excluded.k`,

  identityFloors: `
    INSERT INTO circle_identity_floors (circle_id, person_id, n)
    SELECT * FROM unnest($1::text[], $2::text[], $3::int4[])
    ON CONFLICT (circle_id, person_id) DO UPDATE SET n = excluded.n`,

  left: `
    UPDATE circle_members SET present = false
     WHERE circle_id = $1 AND present AND NOT member = ANY($2)`,

  members: `
    INSERT INTO circle_members AS m (circle_id, member, role, until_at, present)
    SELECT $1, member, role, until_at, true
      FROM unnest($2::text[], $3::text[], $4::int8[]) AS n (member, role, until_at)
    ON CONFLICT (circle_id, member) DO UPDATE
       SET role = excluded.role, until_at = excluded.until_at, present = true
     WHERE (m.role, m.until_at, m.present)
           IS DISTINCT FROM (excluded.role, excluded.until_at, true)`,

  copies: `
    INSERT INTO epoch_copies (circle_id, k, member, epoch, leaf_index, leaf, copy)
    SELECT $1, $2, * FROM unnest($3::text[], $4::int4[], $5::int4[], $6::text[], $7::bytea[])`,

  /**
   * Makes one circle's rows what its members say, and tells whose rows came or went. Of its teams
   * only those given here, which are held: the others follow their own statements (`rippleIn`), and
   * to write their people from here would bring back whoever is leaving such a team right now.
   */
  refresh: `
    WITH wanted AS MATERIALIZED (
      SELECT substr(member, 3) AS person_id, member AS via, until_at
        FROM circle_members WHERE circle_id = $1 AND present AND member LIKE 'p.%'
      UNION ALL
      SELECT substr(p.member, 3), t.member, LEAST(t.until_at, p.until_at)
        FROM circle_members t
        JOIN circle_members p ON p.circle_id = substr(t.member, 3)
       WHERE t.circle_id = $1 AND t.present AND t.member = ANY($2)
         AND p.present AND p.member LIKE 'p.%'
    ), gone AS (
      DELETE FROM effective_members e
       WHERE e.circle_id = $1 AND NOT EXISTS (
         SELECT 1 FROM circle_members m
          WHERE m.circle_id = $1 AND m.member = e.via AND m.present)
      RETURNING e.person_id
    ), come AS (
      INSERT INTO effective_members AS e (circle_id, person_id, via, until_at)
      SELECT $1, person_id, via, until_at FROM wanted
      ON CONFLICT (circle_id, person_id, via) DO UPDATE SET until_at = excluded.until_at
       WHERE e.until_at IS DISTINCT FROM excluded.until_at
      RETURNING e.person_id
    )
    SELECT person_id AS person FROM gone UNION SELECT person_id FROM come`,

  rippleOut: `
    DELETE FROM effective_members e
     WHERE e.person_id = ANY($2) AND e.via = $1 AND NOT EXISTS (
       SELECT 1 FROM circle_members p
        WHERE p.circle_id = substr($1, 3) AND p.member = 'p.' || e.person_id AND p.present)
    RETURNING e.person_id AS person`,

  /** Waits for a circle that is removing the team, and looks again: its people do not come in. */
  rippleIn: `
    INSERT INTO effective_members AS e (circle_id, person_id, via, until_at)
    SELECT t.circle_id, substr(p.member, 3), t.member, LEAST(t.until_at, p.until_at)
      FROM circle_members t
      JOIN circle_members p ON p.circle_id = substr($1, 3)
     WHERE t.member = $1 AND t.present AND p.present
       AND p.member = ANY(SELECT 'p.' || person FROM unnest($2::text[]) AS person)
       FOR SHARE OF t
    ON CONFLICT (circle_id, person_id, via) DO UPDATE SET until_at = excluded.until_at
     WHERE e.until_at IS DISTINCT FROM excluded.until_at
    RETURNING e.person_id AS person`,

  peopleOf: `
    SELECT circle_id AS circle, string_agg(person_id, ' ') AS people
      FROM effective_members
     WHERE circle_id = ANY($1) AND (until_at IS NULL OR until_at > $2)
     GROUP BY circle_id`,

  wasEverIn: `
    SELECT 1 FROM circle_members WHERE circle_id = ANY($2) AND member = $1
    UNION ALL
    SELECT 1 FROM circle_members t
      JOIN circle_members p ON p.circle_id = substr(t.member, 3) AND p.member = $1
     WHERE t.circle_id = ANY($2) AND t.member LIKE 't.%'
    LIMIT 1`,
} as const;
