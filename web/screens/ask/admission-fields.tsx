/** Why somebody is sent to the hospital, what they take, and what they must never be given. */
import type { AdmissionFile, Allergies } from '@liaison/contract/kinds/admission.file';
import type { z } from 'zod';
import { Choice } from '../../components/choice.js';
import { Field } from '../../components/field.js';
import { w } from '../../words/words.js';
import { MedicationEditor } from '../composer/medication-editor.js';

const LINES = 3;

type Known = z.infer<typeof Allergies>['known'];

/** What the fields of any kind are given. */
export interface FieldsProps<File> {
  readonly file: File;
  readonly onFile: (part: Partial<File>) => void;
}

export function AdmissionFields({ file, onFile }: FieldsProps<AdmissionFile>) {
  const words = w();
  return (
    <>
      <Field
        label={words.ask.reason}
        lines={LINES}
        value={file.reason}
        onValue={(reason) => onFile({ reason })}
      />
      <AllergyFields file={file} onFile={onFile} />
      <h3>{words.ask.treatments}</h3>
      <MedicationEditor of={file} onChange={onFile} />
      <Field
        label={words.ask.history}
        lines={LINES}
        optional={true}
        value={file.history}
        onValue={(history) => onFile({ history })}
      />
      <div class="pair">
        <Field
          label={words.composer.attendingPhysician}
          optional={true}
          value={file.attendingPhysician}
          onValue={(attendingPhysician) => onFile({ attendingPhysician })}
        />
        <Field
          label={words.ask.contacts}
          optional={true}
          value={file.contacts}
          onValue={(contacts) => onFile({ contacts })}
        />
      </div>
    </>
  );
}

/** "None" is an answer that somebody gives; until then nobody knows. */
function AllergyFields({ file: { allergies }, onFile }: FieldsProps<AdmissionFile>) {
  const words = w().ask;
  const choose = (known: Known): void =>
    onFile({ allergies: known === 'some' ? { known, which: '' } : { known } });
  return (
    <>
      <Choice<Known>
        legend={words.allergies}
        options={[
          ['unknown', words.allergyStates.unknown],
          ['none', words.allergyStates.none],
          ['some', words.allergyStates.some],
        ]}
        value={allergies.known}
        onValue={choose}
      />
      {allergies.known === 'some' && (
        <Field
          label={words.whichAllergies}
          value={allergies.which}
          onValue={(which) => onFile({ allergies: { known: 'some', which } })}
        />
      )}
    </>
  );
}
