/**
 * A draft being edited: each keystroke changes what is on screen at once and is saved on the
 * device. Savings take turns, and only the newest state is written when several wait.
 */
import type { DischargeLetter } from '@liaison/contract/letter';
import type { Patient } from '@liaison/contract/patient';
import type { HandoffDraft } from '@liaison/sdk/face';
import { type ReadonlySignal, signal } from '@preact/signals';
import { asTrouble, type Trouble } from '../../worker/trouble.js';

export interface DraftEditing<Draft> {
  readonly draft: ReadonlySignal<Draft>;
  readonly trouble: ReadonlySignal<Trouble | null>;
  readonly change: (part: Partial<Draft>) => void;
  /** Resolves once what is on screen is on the device. */
  readonly settled: () => Promise<void>;
}

export interface Editing extends DraftEditing<HandoffDraft> {
  readonly changeLetter: (part: Partial<DischargeLetter>) => void;
  readonly changePatient: (part: Partial<Patient>) => void;
}

export function editDraft<Draft extends { readonly savedAt: number }>(
  first: Draft,
  save: (draft: Draft) => Promise<void>,
): DraftEditing<Draft> {
  const draft = signal(first);
  const trouble = signal<Trouble | null>(null);
  let saving: Promise<void> | null = null;
  // Counts changes: what was saved last is compared with what was asked last.
  let asked = 0;
  const saveAll = async (): Promise<void> => {
    let at: number;
    do {
      at = asked;
      try {
        await save(draft.value);
        trouble.value = null;
      } catch (cause) {
        trouble.value = asTrouble(cause);
      }
    } while (at !== asked);
    saving = null;
  };
  const change = (part: Partial<Draft>): void => {
    draft.value = { ...draft.value, ...part, savedAt: Date.now() };
    asked += 1;
    saving ??= saveAll();
  };
  const settled = async (): Promise<void> => {
    await saving;
  };
  return { draft, trouble, change, settled };
}

export function edit(first: HandoffDraft, save: (draft: HandoffDraft) => Promise<void>): Editing {
  const editing = editDraft(first, save);
  const changeLetter = (part: Partial<DischargeLetter>): void =>
    editing.change({ letter: { ...editing.draft.value.letter, ...part } });
  const changePatient = (part: Partial<Patient>): void =>
    changeLetter({ patient: { ...editing.draft.value.letter.patient, ...part } });
  return { ...editing, changeLetter, changePatient };
}
