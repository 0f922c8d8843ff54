/**
 * Who the patient is: one field that takes a scan, a paste or typing, then the traits themselves.
 */
import type { Patient } from '@liaison/contract/patient';
import { useState } from 'preact/hooks';
import { Choice } from '../../components/choice.js';
import { DayField } from '../../components/day-field.js';
import { Field } from '../../components/field.js';
import { StateMark } from '../../components/state-mark.js';
import { announce } from '../../state/announce.state.js';
import { w } from '../../words/words.js';
import { KnownPatients } from './known-patients.js';
import { type InsState, insState, readDatamatrix, typedIns } from './ins.reading.js';
import { Part } from './part.js';

function InsRemark({ state }: { readonly state: InsState }) {
  const words = w().composer;
  switch (state.state) {
    case 'none':
      return null;
    case 'short':
      return <span>{words.insShort(state.length)}</span>;
    case 'right':
      return <StateMark tone="done" shape="check" word={words.insRight} />;
    case 'wrong':
      return <StateMark tone="late" shape="cross" word={words.insWrong} />;
    case 'mismatch':
      return <StateMark tone="pending" shape="alert" word={words.insMismatch} />;
  }
}

interface PatientPartProps {
  readonly patient: Patient;
  readonly onPatient: (part: Partial<Patient>) => void;
}

export function PatientPart({ patient, onPatient }: PatientPartProps) {
  const words = w().composer;
  const state = insState(patient);
  const onIns = (text: string): void => {
    const scanned = readDatamatrix(text);
    if (scanned === null) {
      // A scanner types its code letter by letter: nothing is read before the code is whole.
      if (!text.startsWith('IS')) onPatient({ ins: typedIns(text) });
      return;
    }
    onPatient(scanned);
    announce(words.scanned);
  };
  return (
    <Part id="part-patient" title={words.patient}>
      <InsField
        value={patient.ins?.number ?? ''}
        wrong={state.state === 'wrong'}
        state={state}
        onText={onIns}
      />
      <div class="pair">
        <Field
          label={words.birthName}
          value={patient.birthName}
          onValue={(birthName) => onPatient({ birthName })}
        />
        <KnownPatients patient={patient} onPatient={onPatient} />
        <Field
          label={words.givenNames}
          value={patient.givenNames}
          onValue={(givenNames) => onPatient({ givenNames })}
        />
      </div>
      <div class="pair">
        <DayField
          label={words.birthDate}
          value={patient.birthDate}
          onValue={(birthDate) => onPatient({ birthDate })}
        />
        <Choice
          legend={words.sex}
          options={[
            ['F', words.sexes.F],
            ['M', words.sexes.M],
          ]}
          value={patient.sex}
          onValue={(sex) => onPatient({ sex })}
        />
      </div>
      <MoreTraits patient={patient} onPatient={onPatient} />
    </Part>
  );
}

interface InsFieldProps {
  readonly value: string;
  readonly wrong: boolean;
  readonly state: InsState;
  readonly onText: (text: string) => void;
}

/** Keeps what is being scanned apart from the number, until it is a number. */
function InsField({ value, wrong, state, onText }: InsFieldProps) {
  const [scan, setScan] = useState('');
  const onValue = (text: string): void => {
    const scanning = text.startsWith('IS') && readDatamatrix(text) === null;
    setScan(scanning ? text : '');
    onText(text);
  };
  return (
    <Field
      label={w().composer.scan}
      value={scan === '' ? value : scan}
      wrong={wrong}
      remark={<InsRemark state={state} />}
      onValue={onValue}
    />
  );
}

function MoreTraits({ patient, onPatient }: PatientPartProps) {
  const words = w().composer;
  return (
    <details class="fold">
      <summary>{words.more}</summary>
      <Field
        label={words.usualName}
        value={patient.usualName}
        onValue={(usualName) => onPatient({ usualName })}
      />
      <Field
        label={words.phone}
        type="tel"
        value={patient.phone}
        onValue={(phone) => onPatient({ phone })}
      />
      <Field
        label={words.address}
        value={patient.address}
        onValue={(address) => onPatient({ address })}
      />
    </details>
  );
}
