/** An ask as it leaves: counted from now, and whole for whoever takes it. */
import type { AskedFile } from '@liaison/contract/kinds/asked.file';
import type { AskDraft } from '@liaison/sdk/face.care';
import { leavingWaves } from './ask.waves.js';

/** What unscheduled care is about was said in its one line; it is the reason in the file too. */
function wholeFile(file: AskedFile, act: string): AskedFile {
  return 'place' in file && file.reason.trim() === '' ? { ...file, reason: act } : file;
}

export const leavingAsk = (draft: AskDraft, now: number): AskDraft => ({
  ...draft,
  waves: leavingWaves(draft, now),
  file: wholeFile(draft.file, draft.outline.act),
});
