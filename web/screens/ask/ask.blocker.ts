/** What still keeps an ask from leaving: the first thing only, as for a discharge. */
import type { AskedFile } from '@liaison/contract/kinds/asked.file';
import type { AskDraft } from '@liaison/sdk/face.care';
import { w } from '../../words/words.js';
import { type Blocker, patientBlocker } from '../composer/draft.blocker.js';
import { askedBy, turnsOf } from './ask.waves.js';

const isEmpty = (text: string): boolean => text.trim() === '';

function fileBlocker(file: AskedFile): Blocker | null {
  const words = w().ask.missing;
  const missing = (word: string): Blocker => ({ word, target: 'part-file' });
  if ('allergies' in file) {
    if (isEmpty(file.reason)) return missing(words.reason);
    const { allergies, treatments } = file;
    if (treatments.some(({ name }) => isEmpty(name))) return missing(words.medication);
    return allergies.known === 'some' && isEmpty(allergies.which) ? missing(words.allergies) : null;
  }
  if ('question' in file) return isEmpty(file.question) ? missing(words.question) : null;
  if ('need' in file) return isEmpty(file.need) ? missing(words.need) : null;
  return isEmpty(file.qualifiedBy) ? missing(words.qualifiedBy) : null;
}

function orderBlocker(draft: AskDraft, now: number): Blocker | null {
  const words = w().composer.missing;
  if (askedBy(draft).length === 0) return { word: words.to, target: 'part-to' };
  const { until } = turnsOf(draft);
  return until !== null && until <= now ? { word: words.due, target: 'part-due' } : null;
}

function lineBlocker({ outline }: AskDraft): Blocker | null {
  return isEmpty(outline.act) ? { word: w().composer.missing.ask, target: 'part-ask' } : null;
}

export const askBlocker = (draft: AskDraft, now: number): Blocker | null =>
  lineBlocker(draft) ??
  patientBlocker(draft.file.patient) ??
  fileBlocker(draft.file) ??
  orderBlocker(draft, now);
