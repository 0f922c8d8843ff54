/** What whoever takes unscheduled care (SNP) reads of the patient once they took it. Sealed. */
import { z } from 'zod';
import { AttachmentRef } from '../attachment.js';
import { entryKind } from '../entry-kind.js';
import { Uuid } from '../ids.js';
import { LIMITS } from '../limits.js';
import { Patient } from '../patient.js';

const Line = z.string().max(LIMITS.lineLength.value);
const Text = z.string().max(LIMITS.textLength.value);

export const CareRequestFile = z.strictObject({
  patient: Patient,
  reason: Text.min(1),
  /** Who qualified the request (SAS, a regulating doctor, a practice), and what they found. */
  qualifiedBy: Line.min(1),
  findings: Text,
  /** Where the patient is reached and seen. */
  callBack: Line,
  place: Line,
  attachments: z.array(AttachmentRef).max(LIMITS.attachmentsPerEntry.value),
});
export type CareRequestFile = z.infer<typeof CareRequestFile>;

export const CARE_REQUEST_FILE = {
  'care-request.filed': entryKind({
    version: 1,
    critical: true,
    circles: ['file'],
    countable: false,
    facts: z.strictObject({ attachments: z.array(Uuid).max(LIMITS.attachmentsPerEntry.value) }),
    body: CareRequestFile,
  }),
} as const;
