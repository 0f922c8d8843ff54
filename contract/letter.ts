/**
 * The discharge letter (lettre de liaison de sortie, CSP R.1112-1-2): six rubrics, sealed.
 */
import { z } from 'zod';
import { RUBRICS } from './handoff.lists.js';
import { AttachmentRef } from './attachment.js';
import { LIMITS } from './limits.js';
import { Patient } from './patient.js';
import { TemplateRef } from './template-ref.js';

/** The six legal rubrics, in their order. */
export const Rubric = z.enum(RUBRICS);
export type Rubric = z.infer<typeof Rubric>;

const Text = z.string().max(LIMITS.textLength.value);
const Line = z.string().max(LIMITS.lineLength.value);

/** One line of the discharge treatments; a stopped or changed one says why. */
export const MedicationLine = z.strictObject({
  name: Line.min(1),
  posology: Line,
  duration: Line,
  status: z.enum(['started', 'changed', 'continued', 'stopped']),
  why: Line,
});
export type MedicationLine = z.infer<typeof MedicationLine>;

export const DischargeLetter = z.strictObject({
  patient: Patient,
  attendingPhysician: Line,
  referrer: Line,
  hospitalDoctor: Line,
  admittedOn: z.iso.date().or(z.literal('')),
  dischargedOn: z.iso.date().or(z.literal('')),
  destination: Line,
  reason: Text,
  synthesis: Text,
  treatments: z.array(MedicationLine).max(LIMITS.treatmentLines.value),
  /** Said in words when there is no line: "aucun traitement", "inchangé". */
  treatmentsNote: Text,
  pendingResults: Text,
  followUp: Text,
  attachments: z.array(AttachmentRef).max(LIMITS.attachmentsPerEntry.value),
  /** The template that it began from. Since version 2 of the entry. */
  template: TemplateRef.optional(),
});
export type DischargeLetter = z.infer<typeof DischargeLetter>;

const filled = (text: string): boolean => text.trim().length > 0;

const IS_FILLED: Readonly<Record<Rubric, (letter: DischargeLetter) => boolean>> = {
  identification: (letter) =>
    filled(letter.patient.birthName) &&
    filled(letter.hospitalDoctor) &&
    letter.admittedOn !== '' &&
    letter.dischargedOn !== '',
  reason: (letter) => filled(letter.reason),
  synthesis: (letter) => filled(letter.synthesis),
  treatments: (letter) =>
    (letter.treatments.length > 0 || filled(letter.treatmentsNote)) &&
    letter.treatments.every(
      (line) => line.status === 'continued' || line.status === 'started' || filled(line.why),
    ),
  'pending-results': (letter) => filled(letter.pendingResults),
  'follow-up': (letter) => filled(letter.followUp),
};

/**
 * The rubrics that are still empty, in their legal order. An empty list: the letter is complete.
 */
export function missingRubrics(letter: DischargeLetter): Rubric[] {
  return RUBRICS.filter((rubric) => !IS_FILLED[rubric](letter));
}
