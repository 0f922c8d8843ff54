/**
 * From a template to a draft, and back. Using one fills only what is still empty; saving one keeps
 * only what is the team's: whatever is the patient's stays behind, and each kind of it is named.
 */
import type { MemberId } from '@liaison/contract/ids';
import type { Patient } from '@liaison/contract/patient';
import type { Pathway, Template, TemplateTask, Trade } from '@liaison/contract/template';
import type { TemplateRef } from '@liaison/contract/template-ref';
import type { HandoffDraft, NewTask, PartyView } from '@liaison/sdk/face';
import { tradeOf } from '../../state/stand-in.reading.js';

/** What the sender fills in by hand; a letter with one does not leave. */
export const BLANK = '[…]';

const HOUR_MS = 3_600_000;

const PROSE = ['reason', 'synthesis', 'treatmentsNote', 'pendingResults', 'followUp'] as const;

type PartyOf = (member: MemberId) => PartyView;

/** Fills what is empty, adds the items that are not there yet, and notes where it began. */
export function begunFrom(
  draft: HandoffDraft,
  template: Template,
  ref: TemplateRef,
  now: number,
): Partial<HandoffDraft> {
  const { letter, outline, tasks, from } = draft;
  const filled = PROSE.filter((field) => letter[field].trim() === '').map(
    (field) => [field, template[field]] as const,
  );
  const there = new Set(tasks.map(({ title }) => title));
  const added = template.tasks
    .filter(({ title }) => !there.has(title))
    .map(({ title, detail, afterHours }): NewTask => {
      const due = afterHours === null ? null : wholeHour(now + afterHours * HOUR_MS);
      return { title, detail, owner: from, due };
    });
  return {
    letter: { ...letter, ...Object.fromEntries(filled), template: ref },
    outline: template.act === '' ? outline : { ...outline, act: template.act },
    urgency: template.urgency,
    tasks: [...tasks, ...added],
  };
}

const wholeHour = (at: number): number => Math.ceil(at / HOUR_MS) * HOUR_MS;

/** Items that nobody was named for go to whoever is asked and does such things. */
export function assignTasks(
  { tasks, to, from }: HandoffDraft,
  template: Template,
  partyOf: PartyOf,
): readonly NewTask[] | null {
  const trades = new Map(template.tasks.map(({ title, trade }) => [title, trade]));
  const ownerOf = (task: NewTask): MemberId => {
    const trade = trades.get(task.title);
    if (task.owner !== from || trade === undefined || trade === 'unit') return task.owner;
    return to.find((member) => tradeOf(partyOf(member)) === trade) ?? from;
  };
  const assigned = tasks.map((task) => ({ ...task, owner: ownerOf(task) }));
  return assigned.some(({ owner }, at) => owner !== tasks[at]?.owner) ? assigned : null;
}

export type Kept = 'act' | 'followUp' | 'tasks';
export type LeftOut =
  | 'identity'
  | 'stay'
  | 'story'
  | 'treatments'
  | 'results'
  | 'files'
  | 'addressees';

export interface Stripped {
  readonly template: Template;
  readonly kept: readonly Kept[];
  readonly leftOut: readonly LeftOut[];
  /** How often the patient's own name, number or date stood in what is kept, and was blanked. */
  readonly blanked: number;
}

interface Naming {
  readonly name: string;
  readonly pathway: Pathway;
  /** What the draft began from: its own words stand where the patient's are left out. */
  readonly base: Template | null;
  readonly copiedFrom: TemplateRef | null;
  readonly now: number;
  readonly partyOf: PartyOf;
}

/** A template made of a draft: nothing that belongs to its patient goes along. */
export function strip(draft: HandoffDraft, naming: Naming): Stripped {
  const { name, pathway, base, copiedFrom, now, partyOf } = naming;
  const { letter, outline, tasks, urgency } = draft;
  const blank = blanker(letter.patient);
  const tasksKept = tasks.map((task): TemplateTask => {
    const trade = task.owner === draft.from ? tradeBefore(task, base) : tradeBy(task, partyOf);
    const title = blank.text(task.title) || BLANK;
    return { title, detail: blank.text(task.detail), trade, afterHours: hoursUntil(task, now) };
  });
  const template: Template = {
    ...{ name: blank.text(name), pathway, urgency, act: blank.text(outline.act), copiedFrom },
    reason: base?.reason ?? '',
    synthesis: base?.synthesis ?? '',
    treatmentsNote: base?.treatmentsNote ?? '',
    pendingResults: base?.pendingResults ?? '',
    followUp: blank.text(letter.followUp),
    tasks: tasksKept,
  };
  const kept: Kept[] = [
    ...(template.act === '' ? [] : (['act'] as const)),
    ...(template.followUp === '' ? [] : (['followUp'] as const)),
    ...(template.tasks.length === 0 ? [] : (['tasks'] as const)),
  ];
  return { template, kept, leftOut: leftOutOf(draft), blanked: blank.count() };
}

const tradeBy = ({ owner }: NewTask, partyOf: PartyOf): Trade =>
  (tradeOf(partyOf(owner)) as Trade | null) ?? 'unit';

const tradeBefore = ({ title }: NewTask, base: Template | null): Trade =>
  base?.tasks.find((task) => task.title === title)?.trade ?? 'unit';

const hoursUntil = ({ due }: NewTask, now: number): number | null =>
  due === null ? null : Math.max(1, Math.round((due - now) / HOUR_MS));

function leftOutOf({ letter, attachments, to }: HandoffDraft): LeftOut[] {
  const said: readonly (readonly [LeftOut, boolean])[] = [
    ['identity', letter.patient.birthName !== '' || letter.patient.ins !== null],
    ['stay', letter.admittedOn !== '' || letter.hospitalDoctor !== ''],
    ['story', letter.reason !== '' || letter.synthesis !== ''],
    ['treatments', letter.treatments.length > 0 || letter.treatmentsNote !== ''],
    ['results', letter.pendingResults !== ''],
    ['files', attachments.length > 0],
    ['addressees', to.length > 0],
  ];
  return said.filter(([, isThere]) => isThere).map(([name]) => name);
}

const SHORTEST = 3;

/** Puts a blank where the patient's own name, number, date, telephone or address was written. */
function blanker(patient: Patient): { text(text: string): string; count(): number } {
  const [year = '', month = '', day = ''] = patient.birthDate.split('-');
  const own = [
    ...[patient.birthName, patient.usualName, patient.givenNames],
    ...patient.givenNames.split(/\s+/),
    ...[patient.ins?.number ?? '', patient.phone, patient.address, patient.birthDate],
    year === '' ? '' : `${day}/${month}/${year}`,
  ];
  const words = [...new Set(own.map((one) => one.trim()))].filter((one) => one.length >= SHORTEST);
  // The longest first, so that a whole name goes before its parts.
  const forms = words.sort((a, b) => b.length - a.length).map(formOf);
  let count = 0;
  return {
    text: (text) => {
      const blanked = forms.reduce((left, form) => {
        return left.replace(form, () => {
          count += 1;
          return BLANK;
        });
      }, text.trim().normalize('NFD'));
      return blanked.normalize('NFC');
    },
    count: () => count,
  };
}

const NUMBER = /^\+?[\dAB\s./]+$/;
const MARKS = /\p{M}/gu;

/** A whole word or number, however it is spaced, accented, and whether its letters are large. */
function formOf(word: string): RegExp {
  const plain = word.normalize('NFD').replace(MARKS, '');
  const parts = NUMBER.test(word)
    ? Array.from(plain.replace(/[\s./]/g, ''))
    : plain.split(/[\s.'’-]+/);
  const letters = parts.map((part) => Array.from(part, (one) => `${escaped(one)}\\p{M}*`).join(''));
  const whole = letters.join("[\\s./'’-]*");
  return new RegExp(`(?<![\\p{L}\\p{N}])${whole}(?![\\p{L}\\p{N}])`, 'giu');
}

const escaped = (letter: string): string => letter.replace(/[.*+?^${}()|[\]\\/]/u, '\\$&');
