/** Which sealed file belongs to which circle, and which of its chunks have arrived. */
import type { CircleId, PersonId, Uuid } from '@liaison/contract/ids';
import { Injectable } from '@nestjs/common';
import { Database, type Queryable, type Transaction } from '../platform/database/database.js';

export type AttachmentRow = {
  readonly attachment: Uuid;
  readonly circle: CircleId;
  readonly person: PersonId;
  readonly chunks: number;
  readonly sealedBytes: number;
  readonly completedAt: number | null;
};

const COLUMNS = `attachment_id AS attachment, circle_id AS circle, person_id AS person, chunks,
  sealed_bytes AS "sealedBytes", completed_at AS "completedAt"`;

@Injectable()
export class AttachmentRows {
  constructor(private readonly database: Database) {}

  async find(attachment: Uuid, on: Queryable = this.database): Promise<AttachmentRow | null> {
    const sql = `SELECT ${COLUMNS} FROM attachments WHERE attachment_id = $1 AND erased_at IS NULL`;
    return (await on.prepared<AttachmentRow>(sql, [attachment]))[0] ?? null;
  }

  async lock(on: Transaction, attachment: Uuid): Promise<AttachmentRow | null> {
    const sql = `
      SELECT ${COLUMNS} FROM attachments
       WHERE attachment_id = $1 AND erased_at IS NULL FOR UPDATE`;
    return (await on.query<AttachmentRow>(sql, [attachment]))[0] ?? null;
  }

  /** Announces a file; the same again is fine, whoever else's id it is shows in the row. */
  async open(on: Transaction, row: Omit<AttachmentRow, 'completedAt'>, at: number): Promise<void> {
    await on.query(
      `INSERT INTO attachments
         (attachment_id, circle_id, person_id, chunks, sealed_bytes, opened_at)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
      [row.attachment, row.circle, row.person, row.chunks, row.sealedBytes, at],
    );
  }

  /**
   * A circle that never came to be, because its creation was refused and signed again, lets its
   * files go to the one that takes its place: bytes that have arrived are not sent twice.
   */
  async follow(
    on: Transaction,
    attachment: Uuid,
    person: PersonId,
    circle: CircleId,
  ): Promise<void> {
    await on.query(
      `UPDATE attachments a SET circle_id = $3
        WHERE attachment_id = $1 AND person_id = $2 AND circle_id <> $3
          AND NOT EXISTS (SELECT 1 FROM circles c WHERE c.circle_id = a.circle_id)`,
      [attachment, person, circle],
    );
  }

  /** Sealed bytes that a person has announced and not completed. */
  async awaitedBytes(on: Transaction, person: PersonId): Promise<number> {
    const [row] = await on.query<{ bytes: number }>(
      `SELECT coalesce(sum(sealed_bytes), 0)::int8 AS bytes FROM attachments
        WHERE person_id = $1 AND completed_at IS NULL`,
      [person],
    );
    return row?.bytes ?? 0;
  }

  async arrived(attachment: Uuid, on: Queryable = this.database) {
    return on.query<{ chunk: number; bytes: number }>(
      'SELECT chunk, bytes FROM attachment_chunks WHERE attachment_id = $1 ORDER BY chunk',
      [attachment],
    );
  }

  async arrive(on: Transaction, attachment: Uuid, chunk: number, bytes: number): Promise<void> {
    await on.query(
      `INSERT INTO attachment_chunks (attachment_id, chunk, bytes) VALUES ($1, $2, $3)
       ON CONFLICT DO NOTHING`,
      [attachment, chunk, bytes],
    );
  }

  async complete(on: Transaction, attachment: Uuid, at: number): Promise<void> {
    await on.query('UPDATE attachments SET completed_at = $2 WHERE attachment_id = $1', [
      attachment,
      at,
    ]);
  }

  /** An entry names these: how many of them are whole and belong to that circle. */
  async name(
    on: Transaction,
    circle: CircleId,
    attachments: readonly Uuid[],
    at: number,
  ): Promise<number> {
    const rows = await on.query(
      `UPDATE attachments SET named_at = coalesce(named_at, $3)
        WHERE attachment_id = ANY($1) AND circle_id = $2 AND completed_at IS NOT NULL
          AND erased_at IS NULL
       RETURNING attachment_id`,
      [attachments, circle, at],
    );
    return rows.length;
  }

  /** From now on they are nobody's to read. */
  async erase(on: Transaction, circle: CircleId, attachments: readonly Uuid[], at: number) {
    await on.query(
      `UPDATE attachments SET erased_at = $3
        WHERE attachment_id = ANY($1) AND circle_id = $2 AND erased_at IS NULL`,
      [attachments, circle, at],
    );
  }

  /** Those whose bytes are still to be destroyed. */
  async erased(limit: number): Promise<Uuid[]> {
    const rows = await this.database.query<{ attachment: Uuid }>(
      `SELECT attachment_id AS attachment FROM attachments
        WHERE erased_at IS NOT NULL LIMIT $1`,
      [limit],
    );
    return rows.map(({ attachment }) => attachment);
  }

  async forget(attachment: Uuid): Promise<void> {
    await this.database.query('DELETE FROM attachments WHERE attachment_id = $1', [attachment]);
  }

  /**
   * Forgets up to `limit` files that were announced before one instant and never completed, or were
   * completed before another and are named by no entry.
   */
  async forgetAbandoned(announced: number, completed: number, limit: number): Promise<Uuid[]> {
    const rows = await this.database.query<{ attachment: Uuid }>(
      `DELETE FROM attachments WHERE attachment_id IN (
         SELECT attachment_id FROM attachments
          WHERE (completed_at IS NULL AND opened_at < $1)
             OR (named_at IS NULL AND completed_at < $2)
          LIMIT $3 FOR UPDATE SKIP LOCKED)
       RETURNING attachment_id AS attachment`,
      [announced, completed, limit],
    );
    return rows.map(({ attachment }) => attachment);
  }
}
