/** Treatments line by line; a changed or stopped one asks why, as the law does. */
import type { MedicationLine } from '@liaison/contract/letter';
import { Choice } from '../../components/choice.js';
import { Field } from '../../components/field.js';
import { Icon } from '../../components/icon.js';
import { w } from '../../words/words.js';

const EMPTY: MedicationLine = { name: '', posology: '', duration: '', status: 'started', why: '' };

interface Treatments {
  readonly treatments: MedicationLine[];
  readonly treatmentsNote: string;
}

interface EditorProps {
  readonly of: Treatments;
  readonly onChange: (part: Partial<Treatments>) => void;
}

export function MedicationEditor({ of: { treatments, treatmentsNote }, onChange }: EditorProps) {
  const words = w().composer;
  const put = (lines: readonly MedicationLine[]): void => onChange({ treatments: [...lines] });
  return (
    <>
      {treatments.map((line, index) => (
        <LineEditor
          key={index}
          line={line}
          onLine={(changed) => put(treatments.map((one, at) => (at === index ? changed : one)))}
          onRemove={() => put(treatments.filter((_, at) => at !== index))}
        />
      ))}
      <button type="button" class="second" onClick={() => put([...treatments, EMPTY])}>
        <Icon name="plus" />
        {words.addMedication}
      </button>
      {treatments.length === 0 && (
        <Field
          label={words.treatmentsNote}
          value={treatmentsNote}
          onValue={(note) => onChange({ treatmentsNote: note })}
        />
      )}
    </>
  );
}

interface LineProps {
  readonly line: MedicationLine;
  readonly onLine: (line: MedicationLine) => void;
  readonly onRemove: () => void;
}

function LineEditor({ line, onLine, onRemove }: LineProps) {
  const words = w().composer;
  const asksWhy = line.status === 'stopped' || line.status === 'changed';
  return (
    <fieldset class="line">
      <legend class="unseen">{line.name === '' ? words.medication : line.name}</legend>
      <div class="line-head">
        <Field
          label={words.medication}
          value={line.name}
          onValue={(name) => onLine({ ...line, name })}
        />
        <button
          type="button"
          class="plain round"
          aria-label={words.removeMedication(line.name)}
          onClick={onRemove}
        >
          <Icon name="close" />
        </button>
      </div>
      <Choice
        legend={words.status}
        quiet={true}
        options={[
          ['started', words.statuses.started],
          ['changed', words.statuses.changed],
          ['continued', words.statuses.continued],
          ['stopped', words.statuses.stopped],
        ]}
        value={line.status}
        onValue={(status) => onLine({ ...line, status })}
      />
      {line.status !== 'stopped' && (
        <div class="pair">
          <Field
            label={words.posology}
            value={line.posology}
            onValue={(posology) => onLine({ ...line, posology })}
          />
          <Field
            label={words.duration}
            value={line.duration}
            onValue={(duration) => onLine({ ...line, duration })}
          />
        </div>
      )}
      {asksWhy && (
        <Field label={words.why} value={line.why} onValue={(why) => onLine({ ...line, why })} />
      )}
    </fieldset>
  );
}
