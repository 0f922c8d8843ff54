/** What is asked for a patient where no other kind fits: see the templates. Sealed. */
import { z } from 'zod';
import { AttachmentRef } from '../attachment.js';
import { entryKind } from '../entry-kind.js';
import { Uuid } from '../ids.js';
import { LIMITS } from '../limits.js';
import { Patient } from '../patient.js';

const Text = z.string().max(LIMITS.textLength.value);

export const RequestFile = z.strictObject({
  patient: Patient,
  need: Text.min(1),
  context: Text,
  /** The patient's or family's own words on where, when and by whom. */
  wishes: Text,
  attachments: z.array(AttachmentRef).max(LIMITS.attachmentsPerEntry.value),
});
export type RequestFile = z.infer<typeof RequestFile>;

export const REQUEST_FILE = {
  'request.filed': entryKind({
    version: 1,
    critical: true,
    circles: ['file'],
    countable: false,
    facts: z.strictObject({ attachments: z.array(Uuid).max(LIMITS.attachmentsPerEntry.value) }),
    body: RequestFile,
  }),
} as const;
