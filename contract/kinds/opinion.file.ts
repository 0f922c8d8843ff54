/** A question to somebody who knows more, with what they need to see, and their answer. Sealed. */
import { z } from 'zod';
import { Patient } from '../patient.js';
import { Attachments, filedEntry, Text } from './filed.entry.js';

export const QuestionFile = z.strictObject({
  patient: Patient,
  question: Text.min(1),
  context: Text,
  attachments: Attachments,
});
export type QuestionFile = z.infer<typeof QuestionFile>;

export const Opinion = z.strictObject({
  answer: Text.min(1),
  /** What the expert would do next, where they say so. */
  advice: Text,
  attachments: Attachments,
});
export type Opinion = z.infer<typeof Opinion>;

export const OPINION_FILE = {
  'question.filed': filedEntry(QuestionFile),
  'opinion.given': filedEntry(Opinion, true),
} as const;
