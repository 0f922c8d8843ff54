/** A question to somebody who knows more, with what they need to see, and their answer. Sealed. */
import { z } from 'zod';
import { AttachmentRef } from '../attachment.js';
import { entryKind } from '../entry-kind.js';
import { Uuid } from '../ids.js';
import { LIMITS } from '../limits.js';
import { Patient } from '../patient.js';

const Text = z.string().max(LIMITS.textLength.value);

export const QuestionFile = z.strictObject({
  patient: Patient,
  question: Text.min(1),
  context: Text,
  attachments: z.array(AttachmentRef).max(LIMITS.attachmentsPerEntry.value),
});
export type QuestionFile = z.infer<typeof QuestionFile>;

export const Opinion = z.strictObject({
  answer: Text.min(1),
  /** What the expert would do next, where they say so. */
  advice: Text,
  attachments: z.array(AttachmentRef).max(LIMITS.attachmentsPerEntry.value),
});
export type Opinion = z.infer<typeof Opinion>;

export const OPINION_FILE = {
  'question.filed': entryKind({
    version: 1,
    critical: true,
    circles: ['file'],
    countable: false,
    facts: z.strictObject({ attachments: z.array(Uuid).max(LIMITS.attachmentsPerEntry.value) }),
    body: QuestionFile,
  }),
  'opinion.given': entryKind({
    version: 1,
    critical: true,
    circles: ['file'],
    countable: true,
    facts: z.strictObject({ attachments: z.array(Uuid).max(LIMITS.attachmentsPerEntry.value) }),
    body: Opinion,
  }),
} as const;
