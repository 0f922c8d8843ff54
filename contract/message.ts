/** Messages: what people say to one another, in channels and at the foot of a handoff. */
import { z } from 'zod';
import { AttachmentRef } from './attachment.js';
import { entryKind } from './entry-kind.js';
import { EntryId, PersonId, Uuid } from './ids.js';
import { LIMITS } from './limits.js';

export const MESSAGE_KINDS = {
  'channel.named': entryKind({
    version: 1,
    facts: z.strictObject({}),
    body: z.strictObject({
      title: z.string().min(1).max(LIMITS.lineLength.value),
      purpose: z.string().max(LIMITS.textLength.value),
    }),
    critical: false,
    circles: ['channel', 'community'],
    countable: false,
  }),
  'message.posted': entryKind({
    version: 1,
    facts: z.strictObject({
      /** People who are called by name: they are notified. */
      mentions: z.array(PersonId).max(50),
      replyTo: EntryId.nullable(),
      attachments: z.array(Uuid).max(LIMITS.attachmentsPerEntry.value),
    }),
    body: z.strictObject({
      text: z.string().max(LIMITS.textLength.value),
      attachments: z.array(AttachmentRef).max(LIMITS.attachmentsPerEntry.value),
    }),
    critical: false,
    circles: ['channel', 'file', 'community'],
    countable: true,
  }),
} as const;
