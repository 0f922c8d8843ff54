/** A draft is saved at each keystroke, one saving at a time, and the newest state always last. */
import { describe, expect, test } from '@jest/globals';
import type { HandoffDraft } from '@liaison/sdk/face';
import { edit } from './draft.editing.js';

const DRAFT = { letter: { patient: { birthName: '' }, reason: '' }, savedAt: 0 } as HandoffDraft;

describe('editing a draft', () => {
  test('saves what was typed last, without one saving a letter', async () => {
    const saved: string[] = [];
    const editing = edit(DRAFT, async (draft) => {
      await Promise.resolve();
      saved.push(draft.letter.patient.birthName);
    });
    for (const birthName of ['R', 'RO', 'ROU']) editing.changePatient({ birthName });
    expect(editing.draft.value.letter.patient.birthName).toBe('ROU');
    await editing.settled();
    expect(saved.at(-1)).toBe('ROU');
    expect(saved.length).toBeLessThan(3);
  });

  test('keeps what is on screen when saving fails, and says so', async () => {
    const editing = edit(DRAFT, () => Promise.reject(new Error('disk full')));
    editing.changeLetter({ reason: 'chute' });
    await editing.settled();
    expect(editing.draft.value.letter.reason).toBe('chute');
    expect(editing.trouble.value?.code).toBe('internal_error');
    editing.changeLetter({ reason: 'chute à domicile' });
    await editing.settled();
    expect(editing.draft.value.letter.reason).toBe('chute à domicile');
  });
});
