/**
 * Why: handoffs are of several kinds, ask one after the other, and items of a plan have a life of
 * their own. What they wait for is a row in one table, which the sweeper reads; who holds a team's
 * duty is another. What stands already is completed from the entries, so that a rebuild agrees.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const HOURS = 3_600_000;

const UP = [
  "ALTER TABLE handoffs ADD COLUMN kind text NOT NULL DEFAULT 'discharge'",
  'ALTER TABLE handoffs ALTER COLUMN kind DROP DEFAULT',
  'ALTER TABLE handoff_addressees ADD COLUMN opens_at bigint NOT NULL DEFAULT 0',
  'ALTER TABLE handoff_addressees ALTER COLUMN opens_at DROP DEFAULT',
  `UPDATE handoffs SET state = state || '{"kind": "discharge", "template": null}' ||
     jsonb_build_object('addressees', (
       SELECT coalesce(jsonb_object_agg(key, value ||
         jsonb_build_object('wave', 0, 'opensAt', value -> 'offeredAt')), '{}')
       FROM jsonb_each(state -> 'addressees')))`,
  `UPDATE handoff_addressees a SET opens_at =
     (h.state -> 'addressees' -> a.member_id ->> 'opensAt')::bigint
   FROM handoffs h WHERE h.circle_id = a.circle_id`,
  "ALTER TABLE handoff_tasks ADD COLUMN state jsonb NOT NULL DEFAULT '{}'",
  'ALTER TABLE handoff_tasks ALTER COLUMN state DROP DEFAULT',
  // By the entries: who planned it, through which team, and when it came to where it is.
  `WITH steps AS (
     SELECT circle_id, k, kind, header::jsonb AS header FROM items WHERE kind LIKE 'task.%')
   UPDATE handoff_tasks t SET state = jsonb_build_object(
     'task', t.task_id, 'owner', t.owner, 'due', t.due_at, 'isDone', t.done_at IS NOT NULL,
     'phase', CASE WHEN t.done_at IS NULL THEN 'offered' ELSE 'done' END,
     'planner', coalesce('t.' || (plan.header -> 'team' ->> 'circle'),
       'p.' || (plan.header ->> 'author')),
     'law', 'first', 'since', (
       SELECT header -> 'at' FROM steps last WHERE last.circle_id = t.circle_id
         AND last.header -> 'facts' ->> 'task' = t.task_id::text ORDER BY k DESC LIMIT 1),
     'reason', NULL)
   FROM steps plan WHERE plan.kind = 'task.planned' AND plan.circle_id = t.circle_id
     AND plan.header -> 'facts' ->> 'task' = t.task_id::text`,
  `CREATE TABLE handoff_deadlines (
     circle_id text NOT NULL,
     -- A member, or an item of a plan.
     subject text NOT NULL,
     level text NOT NULL,
     due_at bigint NOT NULL,
     member_id text NOT NULL,
     fired_at bigint,
     PRIMARY KEY (circle_id, subject, level)
   )`,
  // The sweeper's whole question.
  'CREATE INDEX handoff_deadlines_waiting ON handoff_deadlines (due_at) WHERE fired_at IS NULL',
  `INSERT INTO handoff_deadlines
   SELECT a.circle_id, a.member_id, level, greatest(due_at, opens_at) + late, a.member_id,
     late_since
   FROM handoff_addressees a JOIN handoffs h USING (circle_id),
     (VALUES ('late', 0), ('coordinator', ${2 * HOURS})) AS levels (level, late)
   WHERE h.phase = 'sent' AND a.phase = 'offered'`,
  `INSERT INTO handoff_deadlines
   SELECT circle_id, task_id, level, due_at + late, owner, NULL FROM handoff_tasks,
     (VALUES ('late', 0), ('coordinator', ${4 * HOURS})) AS levels (level, late)
   WHERE done_at IS NULL AND due_at IS NOT NULL`,
  'DROP INDEX handoff_addressees_waiting',
  `CREATE TABLE team_holders (
     circle_id text NOT NULL,
     k bigint NOT NULL,
     person_id text NOT NULL,
     from_at bigint NOT NULL,
     until_at bigint NOT NULL,
     PRIMARY KEY (circle_id, k)
   )`,
];

const DOWN = [
  'DROP TABLE team_holders',
  `CREATE INDEX handoff_addressees_waiting ON handoff_addressees (due_at)
     WHERE phase = 'offered' AND late_since IS NULL`,
  'DROP TABLE handoff_deadlines',
  'ALTER TABLE handoff_tasks DROP COLUMN state',
  'ALTER TABLE handoff_addressees DROP COLUMN opens_at',
  'ALTER TABLE handoffs DROP COLUMN kind',
];

export class CloseTheLoop1764240000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
