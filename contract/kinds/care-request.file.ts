/** What whoever takes unscheduled care (SNP) reads of the patient once they took it. Sealed. */
import { z } from 'zod';
import { LIMITS } from '../limits.js';
import { Patient } from '../patient.js';
import { Attachments, filedEntry, Text } from './filed.entry.js';

const Line = z.string().max(LIMITS.lineLength.value);

export const CareRequestFile = z.strictObject({
  patient: Patient,
  reason: Text.min(1),
  /** Who qualified the request (SAS, a regulating doctor, a practice), and what they found. */
  qualifiedBy: Line.min(1),
  findings: Text,
  /** Where the patient is reached and seen. */
  callBack: Line,
  place: Line,
  attachments: Attachments,
});
export type CareRequestFile = z.infer<typeof CareRequestFile>;

export const CARE_REQUEST_FILE = {
  'care-request.filed': filedEntry(CareRequestFile),
} as const;
