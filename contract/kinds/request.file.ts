/** What is asked for a patient where no other kind fits: see the templates. Sealed. */
import { z } from 'zod';
import { Patient } from '../patient.js';
import { Attachments, filedEntry, Text } from './filed.entry.js';

export const RequestFile = z.strictObject({
  patient: Patient,
  need: Text.min(1),
  context: Text,
  /** The patient's or family's own words on where, when and by whom. */
  wishes: Text,
  attachments: Attachments,
});
export type RequestFile = z.infer<typeof RequestFile>;

export const REQUEST_FILE = {
  'request.filed': filedEntry(RequestFile),
} as const;
