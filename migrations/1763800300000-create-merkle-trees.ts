/**
 * Why: clients follow the tree of all identity statements, and check that the audit's tree only
 * grows. Both keep their complete subtrees, from which proofs are read; statements and records that
 * were there before are listed in the order in which they were taken.
 */
import { createHash } from 'node:crypto';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = [
  `CREATE TABLE merkle_trees (
     tree text COLLATE "C" PRIMARY KEY,
     size int8 NOT NULL,
     edge bytea[] NOT NULL
   )`,
  `CREATE TABLE merkle_nodes (
     tree text COLLATE "C" NOT NULL REFERENCES merkle_trees,
     level int2 NOT NULL,
     at int8 NOT NULL,
     hash bytea NOT NULL,
     PRIMARY KEY (tree, level, at)
   )`,
  `CREATE TABLE identity_leaves (
     seq int8 PRIMARY KEY,
     person_id text COLLATE "C" NOT NULL,
     n int4 NOT NULL,
     h text COLLATE "C" NOT NULL,
     UNIQUE (person_id, n)
   )`,
];

const GUARDS = ['merkle_nodes', 'identity_leaves'].map(
  (table) => `CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
     FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()`,
);

const PAGE = 1000;
const sha256 = (...parts: readonly Uint8Array[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

/** One tree while its leaves are read again. */
class Tree {
  size = 0;
  readonly edge: Buffer[] = [];

  constructor(
    private readonly runner: QueryRunner,
    private readonly name: string,
  ) {}

  async add(leaves: readonly Buffer[]): Promise<void> {
    const made: [number, number, Buffer][] = [];
    for (const leaf of leaves) {
      let [level, at, hash] = [0, this.size, leaf];
      made.push([level, at, hash]);
      while (at % 2 === 1) {
        hash = sha256(new Uint8Array([1]), this.edge.pop() ?? Buffer.alloc(0), hash);
        [level, at] = [level + 1, (at - 1) / 2];
        made.push([level, at, hash]);
      }
      this.edge.push(hash);
      this.size += 1;
    }
    await this.runner.query(
      'INSERT INTO merkle_nodes SELECT $1, * FROM unnest($2::int2[], $3::int8[], $4::bytea[])',
      [
        this.name,
        made.map(([level]) => level),
        made.map(([, at]) => at),
        made.map((row) => row[2]),
      ],
    );
  }

  async end(): Promise<void> {
    await this.runner.query('UPDATE merkle_trees SET size = $2, edge = $3 WHERE tree = $1', [
      this.name,
      this.size,
      this.edge,
    ]);
  }
}

/** As the protocol frames a leaf: domain, person, index, statement hash, each after its length. */
function identityLeaf(person: string, n: number, h: string): Buffer {
  const index = Buffer.alloc(8);
  index.writeBigUInt64BE(BigInt(n));
  const parts = [
    Buffer.from('liaison/1/identity-leaf'),
    Buffer.from(person, 'base64url'),
    index,
    Buffer.from(h, 'base64url'),
  ];
  const framed = parts.flatMap((part) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    return [length, part];
  });
  return sha256(new Uint8Array([0]), ...framed);
}

async function listIdentities(runner: QueryRunner): Promise<void> {
  await runner.query(`INSERT INTO identity_leaves (seq, person_id, n, h)
    SELECT row_number() OVER (ORDER BY taken_at, person_id, n) - 1, person_id, n, h
      FROM identity_statements`);
  const tree = new Tree(runner, 'identities');
  const sql = 'SELECT person_id, n, h FROM identity_leaves WHERE seq >= $1 ORDER BY seq LIMIT $2';
  for (;;) {
    const rows = (await runner.query(sql, [tree.size, PAGE])) as {
      person_id: string;
      n: number;
      h: string;
    }[];
    if (rows.length === 0) return tree.end();
    await tree.add(rows.map((row) => identityLeaf(row.person_id, row.n, row.h)));
  }
}

async function listRecords(runner: QueryRunner): Promise<void> {
  const tree = new Tree(runner, 'records');
  const sql = 'SELECT leaf FROM audit_records WHERE seq >= $1 ORDER BY seq LIMIT $2';
  for (;;) {
    const rows = (await runner.query(sql, [tree.size, PAGE])) as { leaf: Buffer }[];
    if (rows.length === 0) return tree.end();
    await tree.add(rows.map(({ leaf }) => leaf));
  }
}

export class CreateMerkleTrees1763800300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of TABLES) await runner.query(sql);
    await runner.query(
      `INSERT INTO merkle_trees VALUES ('identities', 0, '{}'), ('records', 0, '{}')`,
    );
    await listIdentities(runner);
    await listRecords(runner);
    for (const sql of GUARDS) await runner.query(sql);
    await runner.query('DROP TABLE audit_tree');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE audit_tree (
      single boolean PRIMARY KEY DEFAULT true CHECK (single),
      size bigint NOT NULL,
      edge bytea[] NOT NULL)`);
    await runner.query(`INSERT INTO audit_tree (size, edge)
      SELECT size, edge FROM merkle_trees WHERE tree = 'records'`);
    await runner.query('DROP TABLE identity_leaves, merkle_nodes, merkle_trees');
  }
}
