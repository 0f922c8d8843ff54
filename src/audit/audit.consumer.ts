/**
 * Appends what happened to the audit log, in order, in the transaction that takes the events. Each
 * record is signed at creation; each batch ends with a signed checkpoint of the whole tree.
 */
import { randomBytes } from 'node:crypto';
import { LIMITS } from '@liaison/contract/limits';
import { treeOrigin } from '@liaison/contract/transparency';
import { Injectable } from '@nestjs/common';
import { EventIntake } from '../events/event.intake.js';
import type { RecordedEvent } from '../events/event.rows.js';
import { Clock } from '../platform/clock/clock.js';
import { Config } from '../platform/config/config.js';
import type { Transaction } from '../platform/database/database.js';
import { signedNote } from '../transparency/checkpoint.js';
import { LogKey } from '../transparency/log-key.js';
import { type Edge, leafHash, rootOf } from '../transparency/merkle-tree.js';
import { recordBytes, recordText, SALT_BYTES } from './audit.record.js';
import { type AuditRow, AuditRows } from './audit.rows.js';

@Injectable()
export class AuditConsumer {
  constructor(
    private readonly intake: EventIntake,
    private readonly rows: AuditRows,
    private readonly key: LogKey,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** One batch. Returns how many events it took. */
  async consume(): Promise<number> {
    return this.intake.take('audit', LIMITS.auditBatch.value, async (transaction, claim) => {
      // The lock comes first, so that batches are numbered in the order in which they commit.
      const before = await this.rows.lockEdge(transaction);
      const events = await claim();
      if (events.length > 0) await this.appendAll(transaction, before, events);
    });
  }

  private async appendAll(
    transaction: Transaction,
    before: Edge,
    events: readonly RecordedEvent[],
  ): Promise<void> {
    const rows = events.map((event, index) => this.signed(before.size + index, event));
    const edge = await this.rows.append(transaction, before, rows);
    const root = rootOf(edge);
    const checkpoint = {
      origin: treeOrigin(this.config.publicOrigin, 'records'),
      size: edge.size,
      root,
    };
    const note = signedNote(checkpoint, this.key.publicKey, (bytes) => this.key.sign(bytes));
    const row = { size: edge.size, root, note };
    await this.rows.addCheckpoint(transaction, row, this.clock.now());
  }

  private signed(seq: number, event: RecordedEvent): AuditRow {
    const record = recordText(seq, event);
    const salt = randomBytes(SALT_BYTES);
    const bytes = recordBytes(salt, record);
    return { seq, record, salt, leaf: leafHash(bytes), signature: this.key.sign(bytes) };
  }
}
