/** What a hospital reads of somebody whom the town sends: reason, treatments, allergies. Sealed. */
import { z } from 'zod';
import { MedicationLine } from '../letter.js';
import { LIMITS } from '../limits.js';
import { Patient } from '../patient.js';
import { Attachments, filedEntry, Text } from './filed.entry.js';

const Line = z.string().max(LIMITS.lineLength.value);

/** "None known" and "not known" are not the same, and neither is an empty field. */
export const Allergies = z.discriminatedUnion('known', [
  z.strictObject({ known: z.enum(['none', 'unknown']) }),
  z.strictObject({ known: z.literal('some'), which: Text.min(1) }),
]);

export const AdmissionFile = z.strictObject({
  patient: Patient,
  attendingPhysician: Line,
  reason: Text.min(1),
  history: Text,
  treatments: z.array(MedicationLine).max(LIMITS.treatmentLines.value),
  /** Said in words when there is no line. */
  treatmentsNote: Text,
  allergies: Allergies,
  /** Whom to call: family, trusted person. */
  contacts: Text,
  attachments: Attachments,
});
export type AdmissionFile = z.infer<typeof AdmissionFile>;

export const ADMISSION_FILE = {
  'admission.filed': filedEntry(AdmissionFile),
} as const;
