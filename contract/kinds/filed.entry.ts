/**
 * What is written into a file and may bring attachments: whatever is said is sealed, and only which
 * files belong to it stands in the open.
 */
import { z } from 'zod';
import { AttachmentRef } from '../attachment.js';
import { entryKind } from '../entry-kind.js';
import { Uuid } from '../ids.js';
import { LIMITS } from '../limits.js';

const AttachmentIds = z.array(Uuid).max(LIMITS.attachmentsPerEntry.value);

export const Text = z.string().max(LIMITS.textLength.value);
export const Attachments = z.array(AttachmentRef).max(LIMITS.attachmentsPerEntry.value);

/** `countable`: it counts as unread for the others. */
export const filedEntry = <Body extends z.ZodType>(body: Body, countable = false) =>
  entryKind({
    version: 1,
    critical: true,
    circles: ['file'],
    countable,
    facts: z.strictObject({ attachments: AttachmentIds }),
    body,
  });
