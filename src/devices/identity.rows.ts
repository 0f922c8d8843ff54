/** The rows of identity logs: hand-written SQL, because the append path reads them. */
import type { Hash, PersonId, Uuid } from '@liaison/contract/ids';
import type { Attestation, WireStatement } from '@liaison/contract/identity';
import { type IdentityHead, PersonKeyCopy } from '@liaison/contract/identity';
import { fromBase64Url, toBase64Url } from '@liaison/contract/bytes';
import type { Queryable, Transaction } from '../platform/database/database.js';

export type LogRow = {
  readonly person: PersonId;
  readonly account: Uuid;
  readonly n: number;
  readonly h: Hash;
};

export type StatementRow = {
  readonly person: PersonId;
  readonly n: number;
  readonly h: Hash;
  readonly text: string;
  readonly signature: WireStatement['signature'];
  readonly possession: WireStatement['possession'];
  readonly attestation: Attestation | null;
};

const HEAD = 'person_id AS person, account_id AS account, n, h';

export function readHeads(on: Queryable, people: readonly PersonId[]): Promise<LogRow[]> {
  return on.prepared(`SELECT ${HEAD} FROM identity_logs WHERE person_id = ANY($1)`, [people]);
}

/** The head with its row held: nobody else appends to this log until the transaction ends. */
export async function lockHead(on: Transaction, person: PersonId): Promise<LogRow | null> {
  const sql = `SELECT ${HEAD} FROM identity_logs WHERE person_id = $1 FOR UPDATE`;
  return (await on.prepared<LogRow>(sql, [person]))[0] ?? null;
}

/** False when the account, or the person, has a log already. */
export async function insertLog(on: Transaction, row: LogRow): Promise<boolean> {
  const inserted = await on.query(
    `INSERT INTO identity_logs (person_id, account_id, n, h) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING RETURNING person_id`,
    [row.person, row.account, row.n, row.h],
  );
  return inserted.length === 1;
}

export async function moveHead(on: Transaction, person: PersonId, head: IdentityHead) {
  await on.query('UPDATE identity_logs SET n = $2, h = $3 WHERE person_id = $1', [
    person,
    head.n,
    head.h,
  ]);
}

/** Statements of several people, each from an index on, by person and index. */
export function readStatements(
  on: Queryable,
  wanted: readonly { readonly person: PersonId; readonly from: number }[],
): Promise<StatementRow[]> {
  return on.prepared(
    `SELECT s.person_id AS person, s.n, s.h, s.header AS text, s.signature, s.possession,
            s.attestation
       FROM unnest($1::text[], $2::int4[]) AS wanted (person_id, first)
       JOIN identity_statements s ON s.person_id = wanted.person_id AND s.n >= wanted.first
      ORDER BY s.person_id, s.n`,
    [wanted.map(({ person }) => person), wanted.map(({ from }) => from)],
  );
}

/** What attests a person's statements, by index. */
export function readAttestations(
  on: Queryable,
  person: PersonId,
): Promise<{ readonly n: number; readonly attestation: Attestation }[]> {
  return on.query(
    `SELECT n, attestation FROM identity_statements
      WHERE person_id = $1 AND attestation IS NOT NULL ORDER BY n`,
    [person],
  );
}

export async function insertStatement(on: Transaction, row: StatementRow, at: number) {
  await on.query(
    `INSERT INTO identity_statements
       (person_id, n, h, header, signature, possession, attestation, taken_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      row.person,
      row.n,
      row.h,
      row.text,
      row.signature,
      row.possession,
      row.attestation === null ? null : JSON.stringify(row.attestation),
      at,
    ],
  );
}

export async function insertKeyCopies(
  on: Transaction,
  person: PersonId,
  copies: readonly PersonKeyCopy[],
) {
  await on.query(
    `INSERT INTO person_key_copies (person_id, generation, recipient, copy)
     SELECT $1, * FROM unnest($2::int4[], $3::text[], $4::bytea[])
     ON CONFLICT (person_id, generation, recipient) DO UPDATE SET copy = excluded.copy`,
    [
      person,
      copies.map(({ generation }) => generation),
      copies.map(({ recipient }) => recipient),
      copies.map(({ copy }) => Buffer.from(fromBase64Url(copy))),
    ],
  );
}

/** What a retired paper could have opened is gone, for whoever steals the paper later. */
export async function deleteRecoveryCopies(on: Transaction, person: PersonId) {
  await on.query(`DELETE FROM person_key_copies WHERE person_id = $1 AND recipient = 'recovery'`, [
    person,
  ]);
}

export async function readKeyCopies(on: Queryable, person: PersonId): Promise<PersonKeyCopy[]> {
  const rows = await on.query<{ generation: number; recipient: string; copy: Buffer }>(
    `SELECT generation, recipient, copy FROM person_key_copies
      WHERE person_id = $1 ORDER BY generation, recipient`,
    [person],
  );
  return rows.map((row) => PersonKeyCopy.parse({ ...row, copy: toBase64Url(row.copy) }));
}
