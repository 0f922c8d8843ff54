/**
 * Why: a circle is one sequence of signed items under one head. The head's row is the lock that
 * gives sequence numbers; items, heads, counters and sealed copies are partitioned by circle so
 * that none of them is one hot index. Members and effective members are projections of statements.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const PARTITIONS = 8;
const PARTITIONED = ['circle_heads', 'items', 'circle_devices', 'epoch_copies'];

const TABLES = [
  `CREATE TABLE circles (
    circle_id text COLLATE "C" PRIMARY KEY,
    kind text NOT NULL,
    community text COLLATE "C",
    linked text COLLATE "C",
    creator text COLLATE "C" NOT NULL,
    created_at int8 NOT NULL
  )`,
  // The only row that an append updates: kept small, with room for updates in place.
  `CREATE TABLE circle_heads (
    circle_id text COLLATE "C" PRIMARY KEY,
    k int8 NOT NULL,
    h text COLLATE "C" NOT NULL,
    members_k int8 NOT NULL,
    members_h text COLLATE "C" NOT NULL,
    epoch int4 NOT NULL,
    ordinal int8 NOT NULL
  ) PARTITION BY HASH (circle_id)`,
  `CREATE TABLE items (
    circle_id text COLLATE "C" NOT NULL,
    k int8 NOT NULL,
    entry_id uuid NOT NULL,
    kind text COLLATE "C" NOT NULL,
    statement boolean NOT NULL,
    item_hash text COLLATE "C" NOT NULL,
    h text COLLATE "C" NOT NULL,
    -- Countable entries up to and with this one: unread is a difference of two of these.
    ordinal int8 NOT NULL,
    taken_at int8 NOT NULL,
    header text NOT NULL,
    signature text COLLATE "C" NOT NULL,
    body bytea,
    PRIMARY KEY (circle_id, k),
    UNIQUE (circle_id, entry_id)
  ) PARTITION BY HASH (circle_id)`,
  // Sealed bytes do not compress: PostgreSQL need not try.
  'ALTER TABLE items ALTER COLUMN body SET STORAGE EXTERNAL',
  `CREATE TABLE circle_devices (
    circle_id text COLLATE "C" NOT NULL,
    device_id text COLLATE "C" NOT NULL,
    incarnation int8 NOT NULL,
    counter int8 NOT NULL,
    PRIMARY KEY (circle_id, device_id)
  ) PARTITION BY HASH (circle_id)`,
  `CREATE TABLE epoch_copies (
    circle_id text COLLATE "C" NOT NULL,
    k int8 NOT NULL,
    member text COLLATE "C" NOT NULL,
    epoch int4 NOT NULL,
    leaf_index int4 NOT NULL,
    leaf text COLLATE "C" NOT NULL,
    copy bytea NOT NULL,
    PRIMARY KEY (circle_id, k, member)
  ) PARTITION BY HASH (circle_id)`,
  'ALTER TABLE epoch_copies ALTER COLUMN copy SET STORAGE EXTERNAL',
  `CREATE TABLE circle_team_floors (
    circle_id text COLLATE "C" NOT NULL,
    team_id text COLLATE "C" NOT NULL,
    k int8 NOT NULL,
    PRIMARY KEY (circle_id, team_id)
  )`,
  // Who has left stays here: a former member is told so, a stranger is told nothing.
  `CREATE TABLE circle_members (
    circle_id text COLLATE "C" NOT NULL,
    member text COLLATE "C" NOT NULL,
    role text COLLATE "C" NOT NULL,
    until_at int8,
    present boolean NOT NULL,
    PRIMARY KEY (circle_id, member)
  )`,
  'CREATE INDEX circle_members_by_member ON circle_members (member, circle_id)',
  `CREATE TABLE effective_members (
    circle_id text COLLATE "C" NOT NULL,
    person_id text COLLATE "C" NOT NULL,
    via text COLLATE "C" NOT NULL,
    until_at int8,
    PRIMARY KEY (circle_id, person_id, via)
  )`,
  'CREATE INDEX effective_members_by_person ON effective_members (person_id, circle_id)',
];

const DROPPED = [
  'effective_members',
  'circle_members',
  'circle_team_floors',
  'epoch_copies',
  'circle_devices',
  'items',
  'circle_heads',
  'circles',
];

function partitionsOf(table: string): string[] {
  const fill =
    table === 'circle_heads' || table === 'circle_devices' ? ' WITH (fillfactor = 60)' : '';
  return Array.from(
    { length: PARTITIONS },
    (_, part) =>
      `CREATE TABLE ${table}_${part} PARTITION OF ${table}
       FOR VALUES WITH (MODULUS ${PARTITIONS}, REMAINDER ${part})${fill}`,
  );
}

export class CreateCircles1763700200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [...TABLES, ...PARTITIONED.flatMap(partitionsOf)]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of DROPPED) await runner.query(`DROP TABLE ${table}`);
  }
}
