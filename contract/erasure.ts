/**
 * Erasing what should not have been written, an identity in the wrong place above all. The server
 * and every device destroy the bodies that an erasure names; their headers stay, so the chain, the
 * facts and the signatures still verify, and the erasure itself is the tombstone: who, when, why.
 */
import { z } from 'zod';
import { entryKind } from './entry-kind.js';
import { ERASE_REASONS } from './handoff.lists.js';
import { Head } from './item.js';
import { LIMITS } from './limits.js';

export const EraseReason = z.enum(ERASE_REASONS);
export type EraseReason = z.infer<typeof EraseReason>;

export const ERASURE_KINDS = {
  /** Critical: a client that does not know it would go on showing what was taken back. */
  'bodies.erased': entryKind({
    version: 1,
    critical: true,
    circles: ['file', 'handoff', 'channel', 'community'],
    countable: true,
    facts: z.strictObject({
      /** Places of this circle, each with the chain's hash there, which binds the header. */
      of: z.array(Head).min(1).max(LIMITS.erasedPerEntry.value),
      reason: EraseReason,
    }),
    body: z.strictObject({ note: z.string().max(LIMITS.textLength.value) }),
  }),
} as const;
