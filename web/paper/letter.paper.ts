/**
 * The discharge letter as a PDF, made on this device from what it has opened: for whoever is not
 * on Liaison, and for a record of one's own. It is written in French whatever the screen speaks,
 * because a French colleague reads it. Nothing of it ever leaves by a request.
 */
import type { DischargeLetter, Rubric } from '@liaison/contract/letter';
import { RUBRICS } from '@liaison/contract/handoff.lists';
import type { HandoffView, TaskView } from '@liaison/sdk/face';
import { insShown } from '../screens/composer/ins.reading.js';
import { FRENCH } from '../words/french.js';
import { Layout, PAGE } from './page.layout.js';
import { type Typefaces, writePdf } from './pdf.writer.js';

/** A handoff whose letter stands open on this device. */
export interface LetterOnPaper {
  readonly view: HandoffView;
  readonly letter: DischargeLetter;
  /** Whom it is written to, where it is for one alone. */
  readonly to: string | null;
  readonly now: number;
}

const words = FRENCH.paper;
const { composer, story, people } = FRENCH;

const DAY = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long' });
const MOMENT = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'short', timeStyle: 'short' });

/** A calendar day is the same wherever it is read. */
function dayOf(iso: string): string {
  const at = Date.parse(`${iso}T12:00:00`);
  return Number.isNaN(at) ? iso : DAY.format(at);
}

function nameOnPaper({ patient }: DischargeLetter): string {
  return [patient.birthName.toUpperCase(), patient.givenNames].join(' ').trim();
}

/** Without the patient's name: file lists and download folders are seen by whoever passes. */
export const letterFileName = (day: string): string => `${words.fileName}-${day}.pdf`;

export function letterPdf(
  paper: LetterOnPaper,
  faces: Typefaces,
): Promise<Uint8Array<ArrayBuffer>> {
  const { letter, now } = paper;
  const layout = new Layout(faces);
  writeHead(layout, paper);
  for (const rubric of RUBRICS) writeRubric(layout, rubric, paper);
  writePlan(layout, paper);
  layout.space(8);
  layout.small(words.madeWith(MOMENT.format(now)));
  const born = dayOf(letter.patient.birthDate);
  const ins = letter.patient.ins?.number ?? words.noIns;
  const foot = (page: number, of: number): string =>
    words.foot(nameOnPaper(letter), born, ins, page, of);
  const title = `${words.title} : ${nameOnPaper(letter)}`;
  const sheet = { title, language: 'fr-FR', ...PAGE, faces, madeAt: new Date(now) };
  return writePdf({ ...sheet, pages: layout.pages(foot) });
}

function writeHead(layout: Layout, { view, letter, to }: LetterOnPaper): void {
  const { patient } = letter;
  layout.title(words.title);
  layout.text(words.from(view.sender.name, view.sentBy.name, MOMENT.format(view.sentAt)));
  const phone = view.outline.state === 'open' ? view.outline.value.phone : '';
  if (phone !== '') layout.text(words.phone(phone));
  if (to !== null) layout.strong(words.to(to));
  layout.heading(composer.patient);
  writePairs(layout, [
    [composer.birthName, patient.birthName],
    [composer.usualName, patient.usualName],
    [composer.givenNames, patient.givenNames],
    [composer.birthDate, dayOf(patient.birthDate)],
    [composer.sex, composer.sexes[patient.sex]],
    [words.birthPlace, patient.birthPlace],
    [story.ins, insShown(patient, { wrong: composer.insWrong, mismatch: composer.insMismatch })],
    [words.insOid, patient.ins?.oid ?? ''],
    [composer.phone, patient.phone],
    [composer.address, patient.address],
  ]);
}

function writePairs(layout: Layout, pairs: readonly (readonly [string, string])[]): void {
  for (const [label, value] of pairs) if (value !== '') layout.pair(label, value);
}

function writeRubric(layout: Layout, rubric: Rubric, paper: LetterOnPaper): void {
  const { view, letter } = paper;
  layout.heading(words.rubrics[rubric]);
  switch (rubric) {
    case 'identification':
      writeStay(layout, letter);
      break;
    case 'reason':
      layout.text(letter.reason);
      break;
    case 'synthesis':
      layout.text(letter.synthesis);
      break;
    case 'treatments':
      writeTreatments(layout, letter);
      break;
    case 'pending-results':
      layout.text(letter.pendingResults);
      break;
    case 'follow-up':
      layout.text(letter.followUp);
      break;
  }
  if (view.missing.includes(rubric)) layout.text(missingWhy(view));
}

/** An empty rubric says so, and why: silence would read as "nothing to say". */
function missingWhy({ incompleteReason }: HandoffView): string {
  const why = incompleteReason === null ? '' : composer.incompleteReasons[incompleteReason];
  return why === '' ? story.emptyRubric : `${story.emptyRubric} (${why})`;
}

function writeStay(layout: Layout, letter: DischargeLetter): void {
  writePairs(layout, [
    [composer.admittedOn, dayOf(letter.admittedOn)],
    [composer.dischargedOn, dayOf(letter.dischargedOn)],
    [composer.hospitalDoctor, letter.hospitalDoctor],
    [composer.attendingPhysician, letter.attendingPhysician],
    [composer.referrer, letter.referrer],
    [words.destination, letter.destination],
  ]);
}

function writeTreatments(layout: Layout, { treatments, treatmentsNote }: DischargeLetter): void {
  if (treatments.length > 0) {
    layout.table(
      [
        { title: composer.medication, part: 0.29 },
        { title: composer.posology, part: 0.24 },
        { title: composer.duration, part: 0.15 },
        { title: words.status, part: 0.13 },
        { title: composer.why, part: 0.19 },
      ],
      treatments.map(({ name, posology, duration, status, why }) => {
        return [name, posology, duration, composer.statuses[status], why];
      }),
    );
  }
  layout.text(treatmentsNote);
}

function writePlan(layout: Layout, { view }: LetterOnPaper): void {
  if (view.tasks.length === 0) return;
  layout.heading(composer.plan);
  layout.table(
    [
      { title: composer.taskTitle, part: 0.45 },
      { title: composer.taskOwner, part: 0.33 },
      { title: composer.taskDue, part: 0.22 },
    ],
    view.tasks.map((task) => [taskWords(task), ownerOf(task), dueOf(task)]),
  );
}

function taskWords({ title, detail }: TaskView): string {
  const named = title.state === 'open' ? title.value : words.unread;
  return detail === '' ? named : `${named}\n${detail}`;
}

function ownerOf({ owner }: TaskView): string {
  const category = owner.category === null ? '' : ` (${people.categories[owner.category]})`;
  return `${owner.name}${category}`;
}

const dueOf = ({ due }: TaskView): string => (due === null ? '' : MOMENT.format(due));
