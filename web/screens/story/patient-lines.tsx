/** Who the patient is, who looked after them and when: the first legal rubric, as short lines. */
import type { DischargeLetter } from '@liaison/contract/letter';
import type { Patient } from '@liaison/contract/patient';
import { now } from '../../state/clock.state.js';
import { ageAt, calendarDate } from '../../words/times.js';
import { w } from '../../words/words.js';
import { insShown } from '../composer/ins.reading.js';

export type Line = readonly [string, string];

type Stay = Pick<DischargeLetter, 'admittedOn' | 'dischargedOn'>;

/** A letter that left incomplete may lack either date: what is there is said, and no more. */
function stayOf({ admittedOn, dischargedOn }: Stay): string {
  const { composer, story } = w();
  const from = calendarDate(admittedOn);
  const to = calendarDate(dischargedOn);
  if (from !== '' && to !== '') return story.stay(from, to);
  if (from !== '') return `${composer.admittedOn} : ${from}`;
  return to === '' ? '' : `${composer.dischargedOn} : ${to}`;
}

function patientLines(patient: Patient): readonly Line[] {
  const { composer, story } = w();
  const age = ageAt(patient.birthDate, now.value);
  const born = calendarDate(patient.birthDate) + (age === null ? '' : ` (${story.years(age)})`);
  return [
    [composer.birthName, patient.birthName],
    [composer.usualName, patient.usualName],
    [composer.givenNames, patient.givenNames],
    [composer.birthDate, born],
    [composer.sex, composer.sexes[patient.sex]],
    [story.ins, insShown(patient, { wrong: composer.insWrong, mismatch: composer.insMismatch })],
    [composer.phone, patient.phone],
    [composer.address, patient.address],
  ];
}

function stayLines(letter: DischargeLetter): readonly Line[] {
  const { composer } = w();
  return [
    [composer.rubrics.identification, stayOf(letter)],
    [composer.hospitalDoctor, letter.hospitalDoctor],
    [composer.attendingPhysician, letter.attendingPhysician],
    [composer.referrer, letter.referrer],
    [composer.destination, letter.destination],
  ];
}

/** Short lines of a label and what it says; what is empty says nothing. */
export function Lines({ of: lines }: { readonly of: readonly Line[] }) {
  return (
    <dl class="lines clinical">
      {lines
        .filter(([, value]) => value !== '')
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

export const PatientLines = ({ letter }: { readonly letter: DischargeLetter }) => (
  <Lines of={[...patientLines(letter.patient), ...stayLines(letter)]} />
);

/** The patient alone, where there was no stay. */
export const IdentityLines = ({ patient }: { readonly patient: Patient }) => (
  <Lines of={patientLines(patient)} />
);
