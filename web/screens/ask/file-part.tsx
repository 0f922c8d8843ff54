/** What whoever takes it reads once they have it: the fields of each kind. Sealed to them alone. */
import type { CareRequestFile } from '@liaison/contract/kinds/care-request.file';
import type { QuestionFile } from '@liaison/contract/kinds/opinion.file';
import type { RequestFile } from '@liaison/contract/kinds/request.file';
import { Field } from '../../components/field.js';
import { w } from '../../words/words.js';
import { Part } from '../composer/part.js';
import { AdmissionFields, type FieldsProps } from './admission-fields.js';
import type { AskEditing } from './ask.editing.js';

const LINES = 3;

export function FilePart({ editing }: { readonly editing: AskEditing }) {
  const { file, kind } = editing.draft.value;
  const words = w().ask;
  const onFile = editing.changeFile;
  return (
    <Part id="part-file" title={words.fileTitles[kind]} hint={words.fileHint}>
      {'allergies' in file && <AdmissionFields file={file} onFile={onFile} />}
      {'place' in file && <CareFields file={file} onFile={onFile} />}
      {'question' in file && <QuestionFields file={file} onFile={onFile} />}
      {'need' in file && <RequestFields file={file} onFile={onFile} />}
    </Part>
  );
}

function CareFields({ file, onFile }: FieldsProps<CareRequestFile>) {
  const words = w().ask;
  return (
    <>
      <Field
        label={words.findings}
        lines={LINES}
        value={file.findings}
        onValue={(findings) => onFile({ findings })}
      />
      <Field label={words.place} value={file.place} onValue={(place) => onFile({ place })} />
      <div class="pair">
        <Field
          label={words.callBack}
          type="tel"
          optional={true}
          value={file.callBack}
          onValue={(callBack) => onFile({ callBack })}
        />
        <Field
          label={words.qualifiedBy}
          value={file.qualifiedBy}
          onValue={(qualifiedBy) => onFile({ qualifiedBy })}
        />
      </div>
    </>
  );
}

function QuestionFields({ file, onFile }: FieldsProps<QuestionFile>) {
  const words = w().ask;
  return (
    <>
      <Field
        label={words.question}
        lines={LINES}
        value={file.question}
        onValue={(question) => onFile({ question })}
      />
      <Field
        label={words.context}
        lines={LINES}
        optional={true}
        value={file.context}
        onValue={(context) => onFile({ context })}
      />
    </>
  );
}

function RequestFields({ file, onFile }: FieldsProps<RequestFile>) {
  const words = w().ask;
  return (
    <>
      <Field
        label={words.need}
        lines={LINES}
        value={file.need}
        onValue={(need) => onFile({ need })}
      />
      <Field
        label={words.context}
        lines={LINES}
        optional={true}
        value={file.context}
        onValue={(context) => onFile({ context })}
      />
      <Field
        label={words.wishes}
        optional={true}
        value={file.wishes}
        onValue={(wishes) => onFile({ wishes })}
      />
    </>
  );
}
