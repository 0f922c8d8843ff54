/** From a template to a draft and back: nothing typed is lost, nothing of the patient is kept. */
import { expect, test } from '@jest/globals';
import type { MemberId, Uuid } from '@liaison/contract/ids';
import { Template } from '@liaison/contract/template';
import type { HandoffDraft, PartyView } from '@liaison/sdk/face';
import { starters } from './starters.js';
import { assignTasks, begunFrom, BLANK, strip } from './template.reading.js';

const NOW = Date.UTC(2026, 10, 27, 15, 30);
const HOUR = 3_600_000;
const party = (name: string): PartyView => {
  return { member: `t.${name}` as MemberId, type: 'team', name, category: 'practice', town: '' };
};
const unit = party('Cardiologie');
const nurses = party('Cabinet IDEL des Remparts');
const partyOf = (member: MemberId): PartyView =>
  [unit, nurses].find((one) => one.member === member) ?? party('?');

const patient = {
  ...{ birthName: 'DARK', usualName: 'MARTIN', givenNames: 'Élie Paul', sex: 'M' as const },
  ...{ birthDate: '1985-05-29', birthPlace: '75123', phone: '06 12 34 56 78', address: '' },
  ins: { number: '185057512345673', oid: '1.2.250.1.213.1.4.10' as const },
};

const draft: HandoffDraft = {
  ...{ id: 'x' as Uuid, savedAt: NOW, from: unit.member, to: [], urgency: 'same-day', due: NOW },
  outline: { act: 'Sortie', town: 'Laon', window: '', note: '', sender: '', phone: '' },
  letter: {
    patient,
    ...{ attendingPhysician: 'Dr Petit', referrer: '', hospitalDoctor: 'Dr Marchand' },
    ...{ admittedOn: '2026-11-16', dischargedOn: '2026-11-27', destination: 'Domicile' },
    ...{ reason: 'Typed by hand', synthesis: '', treatments: [], treatmentsNote: '' },
    ...{ pendingResults: '', followUp: '', attachments: [] },
  },
  ...{ incompleteReason: null, tasks: [], attachments: [], supersedes: null },
};

async function heart() {
  const [one] = await starters('fr');
  if (one === undefined) throw new Error('There is no starter.');
  return one;
}

test.each(['fr', 'en'] as const)(
  'each pathway has a starter that the contract takes: %s',
  async (language) => {
    const all = await starters(language);
    expect(all.map(({ template }) => template.pathway)).toEqual([
      'heart-failure',
      'copd',
      'hip',
      'frail-elder',
      'day-surgery',
    ]);
    for (const { template } of all) expect(Template.parse(template)).toEqual(template);
    expect(new Set(all.map(({ ref }) => ref.template)).size).toBe(all.length);
  },
);

test('what was typed stays; what is empty begins as the template does, and says which', async () => {
  const { template, ref } = await heart();
  const begun = { ...draft, ...begunFrom(draft, template, ref, NOW) };
  expect(begun.letter.reason).toBe('Typed by hand');
  expect(begun.letter.synthesis).toContain(BLANK);
  expect(begun.letter.template).toEqual(ref);
  expect(begun.tasks).toHaveLength(template.tasks.length);
  expect(begun.tasks.every(({ due }) => due !== null && due > NOW && due % HOUR === 0)).toBe(true);
  const again = { ...begun, ...begunFrom(begun, template, ref, NOW) };
  expect(again.tasks).toHaveLength(template.tasks.length);
});

test('whoever is asked and does such things gets the items that nobody had', async () => {
  const { template, ref } = await heart();
  const begun = { ...draft, ...begunFrom(draft, template, ref, NOW), to: [nurses.member] };
  const tasks = assignTasks(begun, template, partyOf);
  expect(tasks?.map(({ owner }) => owner === nurses.member)).toEqual([true, true, false, false]);
  expect(assignTasks({ ...begun, tasks: tasks ?? [] }, template, partyOf)).toBeNull();
});

test('a template keeps the plan and nothing of the patient, however it was written', async () => {
  const { template, ref } = await heart();
  const followUp =
    'M. Dark (né le 29/05/1985, INS 1 85 05 75 123 456 73) : poids. Appeler 0612345678.';
  const letter = { ...draft.letter, followUp, synthesis: 'Déplétion de M. MARTIN.' };
  const owner = nurses.member;
  const tasks = [{ title: 'Peser elie-paul', detail: 'chez DARK', owner, due: NOW + 48 * HOUR }];
  const naming = {
    ...{ name: 'Nos insuffisants cardiaques', pathway: 'heart-failure' as const },
    ...{ base: template, copiedFrom: ref, now: NOW, partyOf },
  };
  const made = strip({ ...draft, letter, tasks, to: [owner] }, naming);
  const text = JSON.stringify(made.template);
  for (const word of ['dark', 'martin', 'elie', 'paul', '1985', '29/05', '123 456', '0612345'])
    expect(text.toLowerCase()).not.toContain(word);
  expect(made.template.followUp).toContain(`M. ${BLANK}`);
  expect(made.template.tasks).toEqual([
    { title: `Peser ${BLANK}`, detail: `chez ${BLANK}`, trade: 'nurse', afterHours: 48 },
  ]);
  expect(made.template.synthesis).toBe(template.synthesis);
  expect(made.blanked).toBe(6);
  expect(made.kept).toEqual(['act', 'followUp', 'tasks']);
  expect(made.leftOut).toEqual(['identity', 'stay', 'story', 'addressees']);
  expect(Template.parse(made.template)).toEqual(made.template);
});
