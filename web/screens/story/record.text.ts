/**
 * A handoff as plain text for somebody's own software: patient, letter or what is asked, plan, and
 * who took what with whole dates, since it is read years later. What is sealed to us says so.
 */
import type { AskedFile } from '@liaison/contract/kinds/asked.file';
import { RUBRICS } from '@liaison/contract/handoff.lists';
import type { DischargeLetter, MedicationLine, Rubric } from '@liaison/contract/letter';
import type { AddresseeView, HandoffView, OpinionView, TaskView } from '@liaison/sdk/face';
import { partyName } from '../../components/party-name.js';
import { patientOf } from '../../state/handoff.reading.js';
import { calendarDate, wholeDate } from '../../words/times.js';
import { w } from '../../words/words.js';
import { untakenSentence } from './asked.reading.js';
import { sealedSentence } from './sealed.js';

/** One part: its title, then its lines. Empty lines are left out, and so are parts without any. */
type Part = readonly [title: string, lines: readonly string[]];

export function recordText(view: HandoffView, now: number): string {
  const parts = [headOf(view), patientPart(view), ...bodyOf(view), planPart(view), whoPart(view)];
  const texts = parts.flatMap(([title, lines]) => {
    const said = lines.map((line) => line.trim()).filter((line) => line !== '');
    return said.length === 0 ? [] : [[title.toLocaleUpperCase(), ...said].join('\n')];
  });
  return [...texts, w().record.copiedAt(wholeDate(now))].join('\n\n');
}

function headOf(view: HandoffView): Part {
  const { record, board, story } = w();
  const words = view.outline.state === 'open' ? view.outline.value : null;
  return [
    board.kinds[view.kind],
    [
      record.sentBy(view.sentBy.name, partyName(view.sender), wholeDate(view.sentAt)),
      words?.act ?? '',
      [words?.town ?? '', words?.window ?? ''].filter((text) => text !== '').join(' · '),
      words?.note ?? '',
      view.phase === 'sent' ? '' : story.phases[view.phase],
    ],
  ];
}

function patientPart(view: HandoffView): Part {
  const { record, story } = w();
  const patient = patientOf(view);
  if (patient === null) return [record.patient, []];
  const { birthName, usualName, givenNames, sex, birthDate, ins } = patient;
  const called = usualName === '' || usualName === birthName ? '' : ` (${usualName})`;
  return [
    record.patient,
    [
      `${story.sexes[sex]} ${birthName}${called} ${givenNames}`,
      record.born(calendarDate(birthDate)),
      ins === null ? '' : `${story.ins} ${ins.number}`,
      [patient.phone, patient.address].filter((text) => text !== '').join(' · '),
    ],
  ];
}

function bodyOf(view: HandoffView): Part[] {
  const { letter, asked } = view;
  if (view.kind !== 'discharge') {
    if (asked.state !== 'open') return [['', [untakenSentence(view) ?? sealedSentence(asked)]]];
    return [...askedParts(asked.value), [w().ask.opinion, view.opinions.flatMap(opinionLines)]];
  }
  if (letter.state !== 'open') return [[w().story.letter, [sealedSentence(letter)]]];
  return RUBRICS.map((rubric) => [
    w().composer.rubrics[rubric],
    RUBRIC_LINES[rubric](letter.value),
  ]);
}

const medicationLine = ({ name, status, posology, duration, why }: MedicationLine): string => {
  const how = [posology, duration, why].filter((text) => text !== '').join(' · ');
  return `- ${name} (${w().composer.statuses[status]})${how === '' ? '' : ` : ${how}`}`;
};

const labelled = (label: string, value: string): string =>
  value === '' ? '' : `${label} : ${value}`;

const RUBRIC_LINES: Readonly<Record<Rubric, (letter: DischargeLetter) => readonly string[]>> = {
  identification: (letter) => {
    const words = w().composer;
    return [
      labelled(words.admittedOn, calendarDate(letter.admittedOn)),
      labelled(words.dischargedOn, calendarDate(letter.dischargedOn)),
      labelled(words.hospitalDoctor, letter.hospitalDoctor),
      labelled(words.attendingPhysician, letter.attendingPhysician),
      labelled(words.referrer, letter.referrer),
      labelled(words.destination, letter.destination),
    ];
  },
  reason: ({ reason }) => [reason],
  synthesis: ({ synthesis }) => [synthesis],
  treatments: ({ treatments, treatmentsNote }) => [
    ...treatments.map(medicationLine),
    treatmentsNote,
  ],
  'pending-results': ({ pendingResults }) => [pendingResults],
  'follow-up': ({ followUp }) => [followUp],
};

type AskedField = keyof ReturnType<typeof w>['record']['fields'];

/** Every field of what is asked that has a label: patient and files stand elsewhere. */
function askedParts(file: AskedFile): Part[] {
  const { fields } = w().record;
  const values = file as unknown as Readonly<Record<AskedField, unknown>>;
  const names = (Object.keys(fields) as AskedField[]).filter((name) => name in file);
  return names.map((name) => [fields[name], linesOf(values[name])]);
}

function linesOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return (value as MedicationLine[]).map(medicationLine);
  const { known, which } = value as { known: 'none' | 'unknown' | 'some'; which?: string };
  return [known === 'some' ? (which ?? '') : w().record.allergies[known]];
}

/** What an expert answered belongs into a record as much as what was asked. */
function opinionLines({ by, at, opinion }: OpinionView): readonly string[] {
  const said =
    opinion.state === 'open'
      ? [opinion.value.answer, opinion.value.advice]
      : [sealedSentence(opinion)];
  return [`${by.name}, ${wholeDate(at)} :`, ...said];
}

function planPart(view: HandoffView): Part {
  return [w().record.plan, view.tasks.map(taskLine)];
}

function taskLine(task: TaskView): string {
  const { record } = w();
  const title = task.title.state === 'open' ? task.title.value : sealedSentence(task.title);
  const due = task.due === null ? '' : `, ${record.due(wholeDate(task.due))}`;
  const doer = task.doneBy?.name ?? partyName(task.owner);
  const end =
    task.doneAt === null
      ? record.taskPhases[task.phase]
      : record.doneBy(doer, wholeDate(task.doneAt));
  const detail = task.detail === '' ? '' : ` (${task.detail})`;
  return `- ${title}${detail} : ${partyName(task.owner)}${due}, ${end}`;
}

function whoPart(view: HandoffView): Part {
  return [w().record.who, view.addressees.map(addresseeLine)];
}

function addresseeLine(one: AddresseeView): string {
  const { record, story } = w();
  const name = partyName(one.party);
  if (one.answeredAt === null) {
    return `- ${name} : ${record.nobody}, ${record.waiting(wholeDate(one.due))}`;
  }
  const who = one.answeredBy?.name ?? name;
  const reasons: Readonly<Record<string, string>> = {
    ...story.declineReasons,
    left: w().duty.left,
  };
  const reason = one.reason === null ? '' : ` (${reasons[one.reason] ?? one.reason})`;
  const note = one.note === null ? '' : ` « ${one.note} »`;
  const when = wholeDate(one.answeredAt);
  return `- ${name} : ${record.answered(story.states[one.phase], who, when)}${reason}${note}`;
}
