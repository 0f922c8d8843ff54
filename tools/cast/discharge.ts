/**
 * What a discharge of the sample is made of, and how its sender's device composes it. The letters
 * themselves are in `*.discharge.ts`. Patients are fictional, identity numbers are of the national
 * test range, dates are counted from the day of the play.
 */
import type { Urgency } from '@liaison/contract/handoff';
import type { Outline } from '@liaison/contract/outline';
import { type MemberId, Uuid } from '@liaison/contract/ids';
import type { DischargeLetter, MedicationLine } from '@liaison/contract/letter';
import type { HandoffDraft } from '@liaison/sdk/face';
import { pdfOf } from './prescription.pdf.js';

export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;

export const CARDIOLOGY = 'Cardiologie · CH de Laon';
export const GP = 'Cabinet du Dr Petit';
export const SECOND_GP = 'Cabinet médical de l’Ardon';
export const NURSES = 'Cabinet IDEL des Remparts';
export const OTHER_NURSES = 'Cabinet IDEL de la Vallée';
export const PHARMACY = 'Pharmacie du Beffroi';

export const WARD = { sender: 'Cardiologie, CH de Laon', phone: '03 53 01 01 00' };

export interface Discharge {
  /** Whom a client recognises it by, among what it has already sent. */
  readonly patient: string;
  readonly urgency: Urgency;
  readonly due: number;
  /** Names of the teams asked. */
  readonly to: readonly string[];
  readonly outline: Outline;
  readonly letter: DischargeLetter;
  readonly tasks: readonly PlannedTask[];
  readonly prescription: Uint8Array;
}

interface PlannedTask {
  readonly title: string;
  readonly detail: string;
  /** Name of the team that does it. */
  readonly owner: string;
  readonly due: number | null;
}

type Line = readonly [
  name: string,
  posology: string,
  duration: string,
  status: MedicationLine['status'],
  why?: string,
];

export const isoDay = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

export const treatmentsOf = (lines: readonly Line[]): MedicationLine[] =>
  lines.map(([name, posology, duration, status, why = '']) => {
    return { name, posology, duration, status, why };
  });

export function prescriptionOf(letter: DischargeLetter): Uint8Array {
  const { patient, treatments, hospitalDoctor } = letter;
  const given = treatments.filter(({ status }) => status !== 'stopped');
  return pdfOf([
    'Ordonnance de sortie (fictive)',
    'Centre hospitalier de Laon, service de cardiologie',
    `Patient : ${patient.givenNames} ${patient.birthName}, né(e) le ${patient.birthDate}`,
    `Le ${letter.dischargedOn}`,
    '',
    ...given.map(({ name, posology, duration }) => `- ${name} : ${posology}, ${duration}`),
    '',
    hospitalDoctor,
  ]);
}

/** As the composer would hold it, complete. `id` stays the same however often it is sent. */
export function draftOf(
  discharge: Discharge,
  id: string,
  savedAt: number,
  teamOf: (name: string) => MemberId,
): HandoffDraft {
  const { patient, to, tasks, prescription, urgency, due, outline, letter } = discharge;
  const name = `ordonnance-${patient.toLowerCase()}.pdf`;
  return {
    id: Uuid.parse(id),
    savedAt,
    from: teamOf(CARDIOLOGY),
    to: to.map(teamOf),
    urgency,
    due,
    outline,
    letter,
    incompleteReason: null,
    tasks: tasks.map((task) => ({ ...task, owner: teamOf(task.owner) })),
    attachments: [{ name, mediaType: 'application/pdf', bytes: prescription }],
    supersedes: null,
  };
}
