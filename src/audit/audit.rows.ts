/** The audit log's tables: append and read in order; nothing here can change a record. */
import { Injectable } from '@nestjs/common';
import { Database, type Queryable, type Transaction } from '../platform/database/database.js';
import type { Edge } from '../transparency/merkle-tree.js';
import { appendLeaves, lockEdge, readEdge } from '../transparency/tree.rows.js';

export interface AuditRow {
  readonly seq: number;
  readonly record: string;
  readonly salt: Uint8Array;
  readonly leaf: Uint8Array;
  readonly signature: Uint8Array;
}

export interface CheckpointRow {
  readonly size: number;
  readonly root: Uint8Array;
  readonly note: string;
}

const APPEND = `
  INSERT INTO audit_records (seq, record, salt, leaf, signature)
  SELECT * FROM unnest($1::bigint[], $2::text[], $3::bytea[], $4::bytea[], $5::bytea[])`;

@Injectable()
export class AuditRows {
  constructor(private readonly database: Database) {}

  /** The tree's edge, held until the transaction ends: appenders take turns. */
  lockEdge(transaction: Transaction): Promise<Edge> {
    return lockEdge(transaction, 'records');
  }

  edge(): Promise<Edge> {
    return readEdge(this.database, 'records');
  }

  /** Appends records after a locked edge, and gives the edge after them. */
  async append(transaction: Transaction, before: Edge, rows: readonly AuditRow[]): Promise<Edge> {
    await transaction.prepared(APPEND, [
      rows.map((row) => row.seq),
      rows.map((row) => row.record),
      rows.map((row) => Buffer.from(row.salt)),
      rows.map((row) => Buffer.from(row.leaf)),
      rows.map((row) => Buffer.from(row.signature)),
    ]);
    const leaves = rows.map((row) => row.leaf);
    return appendLeaves(transaction, 'records', before, leaves);
  }

  async addCheckpoint(transaction: Transaction, row: CheckpointRow, at: number): Promise<void> {
    await transaction.query(
      'INSERT INTO audit_checkpoints (size, root, note, at) VALUES ($1, $2, $3, $4)',
      [row.size, Buffer.from(row.root), row.note, at],
    );
  }

  /** All that is read inside is of one instant, however much the log grows meanwhile. */
  async atOneInstant<T>(work: (on: Queryable) => Promise<T>): Promise<T> {
    return this.database.transaction(work, { isolation: 'repeatable read', readOnly: true });
  }

  /** Up to `limit` records from `seq` on. */
  async page(on: Queryable, seq: number, limit: number): Promise<AuditRow[]> {
    return on.query<AuditRow & Record<string, unknown>>(
      'SELECT seq, record, salt, leaf, signature FROM audit_records WHERE seq >= $1 ORDER BY seq LIMIT $2',
      [seq, limit],
    );
  }

  async checkpoints(on: Queryable): Promise<CheckpointRow[]> {
    return on.query<CheckpointRow & Record<string, unknown>>(
      'SELECT size, root, note FROM audit_checkpoints ORDER BY size',
    );
  }

  async lastNote(): Promise<string | undefined> {
    return lastNote(this.database);
  }
}

async function lastNote(queryable: Queryable): Promise<string | undefined> {
  const rows = await queryable.query<{ note: string }>(
    'SELECT note FROM audit_checkpoints ORDER BY size DESC LIMIT 1',
  );
  return rows[0]?.note;
}
