/**
 * Reads the whole audit log again and says where it first fails: a record that was altered, removed
 * or added after the fact, or a tree that no longer leads to a checkpoint that was signed.
 */
import { treeOrigin } from '@liaison/contract/transparency';
import { Injectable } from '@nestjs/common';
import { Config } from '../platform/config/config.js';
import type { Queryable } from '../platform/database/database.js';
import { verifyStrict } from '../platform/signatures/ed25519.js';
import { openNote } from '../transparency/checkpoint.js';
import { LogKey } from '../transparency/log-key.js';
import {
  appendLeaf,
  type Edge,
  EMPTY_EDGE,
  leafHash,
  rootOf,
} from '../transparency/merkle-tree.js';
import { recordBytes } from './audit.record.js';
import { type AuditRow, AuditRows, type CheckpointRow } from './audit.rows.js';

export type AuditVerdict =
  | { readonly ok: true; readonly records: number; readonly checkpoints: number }
  | { readonly ok: false; readonly seq: number; readonly why: string };

const PAGE = 1_000;

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.from(a).equals(b);

@Injectable()
export class AuditVerifier {
  constructor(
    private readonly rows: AuditRows,
    private readonly key: LogKey,
    private readonly config: Config,
  ) {}

  /** A log that grows meanwhile is judged as it stood when the reading began. */
  async verify(): Promise<AuditVerdict> {
    return this.rows.atOneInstant((on) => this.read(on));
  }

  private async read(on: Queryable): Promise<AuditVerdict> {
    const checkpoints = await this.rows.checkpoints(on);
    const awaited = new Map(checkpoints.map((checkpoint) => [checkpoint.size, checkpoint]));
    let edge: Edge = EMPTY_EDGE;
    for (let page = await this.rows.page(on, 0, PAGE); page.length > 0; ) {
      for (const row of page) {
        const fault = this.faultOf(row, edge.size);
        if (fault !== undefined) return { ok: false, seq: edge.size, why: fault };
        edge = appendLeaf(edge, row.leaf);
        const broken = this.checkpointFault(awaited.get(edge.size), edge);
        if (broken !== undefined) return { ok: false, seq: edge.size - 1, why: broken };
      }
      page = await this.rows.page(on, edge.size, PAGE);
    }
    return this.endOf(edge, checkpoints);
  }

  private faultOf(row: AuditRow, expected: number): string | undefined {
    if (row.seq !== expected) return `record ${expected} is missing`;
    const bytes = recordBytes(row.salt, row.record);
    if (!same(leafHash(bytes), row.leaf)) return 'its text is not the one that was hashed';
    const signed = verifyStrict(this.key.publicKey, bytes, row.signature);
    return signed ? undefined : 'its signature is not ours';
  }

  private checkpointFault(checkpoint: CheckpointRow | undefined, edge: Edge): string | undefined {
    if (checkpoint === undefined) return undefined;
    const opened = openNote(checkpoint.note, this.key.publicKey, (bytes, signature) =>
      verifyStrict(this.key.publicKey, bytes, signature),
    );
    const expected = treeOrigin(this.config.publicOrigin, 'records');
    if (opened?.origin !== expected || opened.size !== edge.size) {
      return 'the checkpoint after it is not signed by us';
    }
    return same(opened.root, rootOf(edge)) ? undefined : 'the tree does not lead to its checkpoint';
  }

  private endOf(edge: Edge, checkpoints: readonly CheckpointRow[]): AuditVerdict {
    const last = checkpoints.at(-1)?.size ?? 0;
    if (last > edge.size) {
      return { ok: false, seq: edge.size, why: `records ${edge.size} to ${last - 1} are missing` };
    }
    if (last < edge.size) return { ok: false, seq: last, why: 'no checkpoint covers it' };
    return { ok: true, records: edge.size, checkpoints: checkpoints.length };
  }
}
