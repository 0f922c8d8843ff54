/** An ask being edited: as a discharge's draft, with what is read once it is taken by its kind. */
import type { Patient } from '@liaison/contract/patient';
import type { AskDraft } from '@liaison/sdk/face.care';
import { type DraftEditing, editDraft } from '../composer/draft.editing.js';

export interface AskEditing extends DraftEditing<AskDraft> {
  /** Only what the file of that kind holds. */
  readonly changeFile: (part: object) => void;
  readonly changePatient: (part: Partial<Patient>) => void;
}

export function editAsk(first: AskDraft, save: (draft: AskDraft) => Promise<void>): AskEditing {
  const editing = editDraft(first, save);
  const changeFile = (part: object): void =>
    editing.change({ file: { ...editing.draft.value.file, ...part } });
  const changePatient = (part: Partial<Patient>): void =>
    changeFile({ patient: { ...editing.draft.value.file.patient, ...part } });
  return { ...editing, changeFile, changePatient };
}
