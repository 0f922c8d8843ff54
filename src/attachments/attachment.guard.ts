/**
 * An entry that refers to sealed files is appended only when all of them are wholly here, in that
 * very circle: nobody reads of a letter whose pages are still on their way.
 */
import { Problem } from '@liaison/contract/errors';
import { Uuid } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { AppendedItem, AppendGuard } from '../circles/entry-rule.js';
import type { Transaction } from '../platform/database/database.js';
import { AttachmentRows } from './attachment.rows.js';

const Facts = z.object({ attachments: z.array(Uuid).max(LIMITS.attachmentsPerEntry.value) });

@Injectable()
export class AttachmentCompleteness implements AppendGuard {
  constructor(private readonly rows: AttachmentRows) {}

  async check(on: Transaction, items: readonly AppendedItem[]): Promise<void> {
    for (const { circle, facts, at } of items) {
      const named = Facts.safeParse(facts).data?.attachments ?? [];
      if (named.length === 0) continue;
      const distinct = [...new Set(named)];
      const whole = await this.rows.name(on, circle, distinct, at);
      if (whole !== distinct.length) throw new Problem('attachment_incomplete');
    }
  }
}
