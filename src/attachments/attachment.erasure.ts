/**
 * The sealed files of an erased entry: nobody is served them from that moment on, and the worker
 * takes them off the disk, at once or, where that call was lost, with its next sweep.
 */
import { type CircleId, Uuid } from '@liaison/contract/ids';
import type { ItemHeader } from '@liaison/contract/item';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { ErasureFollower } from '../circles/erasure.rule.js';
import { Clock } from '../platform/clock/clock.js';
import type { Transaction } from '../platform/database/database.js';
import { Log } from '../platform/logger/log.js';
import { Queues } from '../platform/queue/queues.js';
import { AttachmentRows } from './attachment.rows.js';

export const SWEEP = 'attachments-sweep';

const Facts = z.object({ attachments: z.array(Uuid) });

@Injectable()
export class AttachmentErasure implements ErasureFollower {
  constructor(
    private readonly rows: AttachmentRows,
    private readonly queues: Queues,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  async erased(on: Transaction, circle: CircleId, headers: readonly ItemHeader[]): Promise<void> {
    const named = headers.flatMap(({ facts }) => Facts.safeParse(facts).data?.attachments ?? []);
    if (named.length === 0) return;
    await this.rows.erase(on, circle, named, this.clock.now());
    on.afterCommit(() => {
      this.queues.add(SWEEP, {}).catch((error: unknown) => {
        this.log.warn('Erased files wait for the next sweep.', { error });
      });
    });
  }
}
