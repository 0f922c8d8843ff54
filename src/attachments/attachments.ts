/**
 * Sealed files of circles: announced, sent chunk by chunk, resumable, read again by members. The
 * server knows a file's circle and size; its name, type and key are in sealed bodies.
 */
import type { AttachmentStatus } from '@liaison/contract/attachment';
import { Problem } from '@liaison/contract/errors';
import type { CircleId, PersonId, Uuid } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { Injectable } from '@nestjs/common';
import { CircleMembers } from '../circles/circle.members.js';
import { Outbox } from '../events/outbox.js';
import { Clock } from '../platform/clock/clock.js';
import { Database, type Transaction } from '../platform/database/database.js';
import { type AttachmentRow, AttachmentRows } from './attachment.rows.js';
import { ChunkFiles } from './chunk.files.js';

/** A sealed chunk is a little longer than what it holds: a tag, and room for another suite's. */
const SEAL_BYTES = 64;
const SEALED_CHUNK_BYTES = LIMITS.attachmentChunkBytes.value + SEAL_BYTES;

export interface Announced {
  readonly attachment: Uuid;
  readonly circle: CircleId;
  readonly chunks: number;
  readonly sealedBytes: number;
}

@Injectable()
export class Attachments {
  constructor(
    private readonly database: Database,
    private readonly rows: AttachmentRows,
    private readonly files: ChunkFiles,
    private readonly members: CircleMembers,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Announces a file. A circle that is about to be created has no members yet: its creator's files
   * wait under its id, and only an item in that circle can ever refer to them.
   */
  async open(person: PersonId, announced: Announced): Promise<AttachmentStatus> {
    await this.mustWrite(person, announced.circle);
    const row = await this.database.transaction(async (on) => {
      const before = await this.rows.find(announced.attachment, on);
      if (before === null) await this.mustFit(on, person, announced);
      await this.rows.open(on, { ...announced, person }, this.clock.now());
      await this.rows.follow(on, announced.attachment, person, announced.circle);
      return this.rows.lock(on, announced.attachment);
    });
    if (row?.person !== person || !isSame(row, announced)) {
      throw new Problem('attachment_unknown');
    }
    return this.status(row);
  }

  /** Takes one chunk of the caller's own file. What has arrived stays as it is. */
  async put(person: PersonId, attachment: Uuid, chunk: number, bytes: Uint8Array) {
    const row = await this.rows.find(attachment);
    if (row?.person !== person || chunk >= row.chunks) throw new Problem('attachment_unknown');
    if (bytes.length === 0) throw new Problem('request_invalid', 'an empty chunk');
    if (bytes.length > SEALED_CHUNK_BYTES) throw new Problem('request_too_large');
    const arrived = await this.rows.arrived(attachment);
    if (arrived.some((one) => one.chunk === chunk)) return this.status(row);
    const total = arrived.reduce((sum, one) => sum + one.bytes, bytes.length);
    if (total > row.sealedBytes) throw new Problem('request_too_large');
    await this.files.write(attachment, chunk, bytes);
    await this.database.transaction((on) => this.arrive(on, row, chunk, bytes.length));
    return this.status(row);
  }

  async chunk(person: PersonId, attachment: Uuid, chunk: number): Promise<Uint8Array> {
    const row = await this.mustSee(person, attachment);
    if (chunk >= row.chunks) throw new Problem('attachment_unknown');
    if (row.completedAt === null) throw new Problem('attachment_incomplete');
    const bytes = await this.files.read(attachment, chunk);
    if (bytes === null) throw new Problem('attachment_unknown');
    await this.outbox.recordNow(this.database, {
      type: 'items.served',
      person,
      what: 'attachment',
      circle: row.circle,
      from: chunk,
      to: chunk,
    });
    return bytes;
  }

  /**
   * Removes files that nobody finished sending, and those that no entry came to name (its act was
   * refused or given up); to be called now and then by a worker.
   */
  async sweep(): Promise<number> {
    const now = this.clock.now();
    const announced = now - LIMITS.attachmentAwaitedMs.value;
    const completed = now - LIMITS.attachmentUnnamedMs.value;
    const forgotten = await this.rows.forgetAbandoned(
      announced,
      completed,
      LIMITS.sweepBatch.value,
    );
    for (const attachment of forgotten) await this.files.remove(attachment);
    return forgotten.length;
  }

  /** Takes erased files off the disk; their rows last, so that a crash leaves no bytes behind. */
  async removeErased(): Promise<number> {
    const erased = await this.rows.erased(LIMITS.sweepBatch.value);
    for (const attachment of erased) {
      await this.files.remove(attachment);
      await this.rows.forget(attachment);
    }
    return erased.length;
  }

  private async arrive(on: Transaction, row: AttachmentRow, chunk: number, bytes: number) {
    const held = await this.rows.lock(on, row.attachment);
    if (held === null) throw new Problem('attachment_unknown');
    await this.rows.arrive(on, row.attachment, chunk, bytes);
    const arrived = await this.rows.arrived(row.attachment, on);
    const total = arrived.reduce((sum, one) => sum + one.bytes, 0);
    if (total > row.sealedBytes) throw new Problem('request_too_large');
    const whole = arrived.length === row.chunks && held.completedAt === null;
    if (whole) await this.rows.complete(on, row.attachment, this.clock.now());
  }

  private async mustFit(on: Transaction, person: PersonId, announced: Announced): Promise<void> {
    const most = announced.chunks * SEALED_CHUNK_BYTES;
    if (announced.sealedBytes > most) throw new Problem('request_invalid', 'too few chunks');
    const awaited = await this.rows.awaitedBytes(on, person);
    if (awaited + announced.sealedBytes > LIMITS.attachmentsAwaitedBytes.value) {
      throw new Problem('request_too_large', 'too much is still awaited');
    }
  }

  private async mustWrite(person: PersonId, circle: CircleId): Promise<void> {
    if (await this.members.canRead(person, circle)) return;
    if (await this.members.exists(circle)) throw new Problem('circle_unknown');
  }

  /** Its members, and its sender while it is under way. */
  private async mustSee(person: PersonId, attachment: Uuid): Promise<AttachmentRow> {
    const row = await this.rows.find(attachment);
    const own = row?.person === person && row.completedAt === null;
    if (row && (own || (await this.members.canRead(person, row.circle)))) return row;
    throw new Problem('attachment_unknown');
  }

  private async status({ attachment, circle, chunks }: AttachmentRow): Promise<AttachmentStatus> {
    const arrived = new Set((await this.rows.arrived(attachment)).map(({ chunk }) => chunk));
    const missing = Array.from({ length: chunks }, (_, i) => i).filter((i) => !arrived.has(i));
    return { attachment, circle, chunks, missing };
  }
}

const isSame = (row: AttachmentRow, announced: Announced): boolean =>
  row.circle === announced.circle &&
  row.chunks === announced.chunks &&
  row.sealedBytes === announced.sealedBytes;
