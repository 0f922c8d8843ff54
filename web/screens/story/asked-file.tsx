/**
 * What was asked, as whoever took it reads it: of whom, why, and everything that goes with it. To
 * the others the page says where it is, not that something is missing.
 */
import type { AdmissionFile } from '@liaison/contract/kinds/admission.file';
import type { AskedFile as AskedWords } from '@liaison/contract/kinds/asked.file';
import type { HandoffView } from '@liaison/sdk/face';
import { Icon } from '../../components/icon.js';
import { StateMark } from '../../components/state-mark.js';
import { w } from '../../words/words.js';
import { FileList } from '../talk/file-list.js';
import { untakenSentence } from './asked.reading.js';
import { MedicationTable } from './medication-table.js';
import { IdentityLines } from './patient-lines.js';
import { Sealed } from './sealed.js';
import { SealedImages } from './sealed-images.js';

export function AskedFile({ view }: { readonly view: HandoffView }) {
  const untaken = untakenSentence(view);
  return (
    <section class="letter" aria-labelledby="asked">
      <h2 id="asked">{w().ask.fileOf}</h2>
      {untaken === null ? (
        <Sealed of={view.asked}>{(file) => <FileBody view={view} file={file} />}</Sealed>
      ) : (
        <p class="sealed">
          <Icon name="lock" />
          {untaken}
        </p>
      )}
    </section>
  );
}

interface BodyProps {
  readonly view: HandoffView;
  readonly file: AskedWords;
}

function FileBody({ view, file }: BodyProps) {
  return (
    <>
      <IdentityLines patient={file.patient} />
      {proseOf(file)
        .filter(([, text]) => text.trim() !== '')
        .map(([title, text]) => (
          <section key={title} class="rubric">
            <h3>{title}</h3>
            <p class="clinical opinion-text">{text}</p>
          </section>
        ))}
      {'allergies' in file && <AdmissionParts file={file} />}
      <SealedImages circle={view.id} files={file.attachments} />
      <FileList circle={view.id} files={file.attachments} />
    </>
  );
}

type Prose = readonly (readonly [title: string, text: string])[];

function proseOf(file: AskedWords): Prose {
  const { ask, composer } = w();
  if ('question' in file)
    return [
      [ask.askedQuestion, file.question],
      [ask.context, file.context],
    ];
  if ('need' in file) {
    return [
      [ask.need, file.need],
      [ask.context, file.context],
      [ask.wishes, file.wishes],
    ];
  }
  if ('place' in file) {
    return [
      [composer.rubrics.reason, file.reason],
      [ask.findings, file.findings],
      [ask.place, file.place],
      [ask.callBack, file.callBack],
      [ask.qualifiedBy, file.qualifiedBy],
    ];
  }
  return [
    [ask.reason, file.reason],
    [ask.history, file.history],
    [composer.attendingPhysician, file.attendingPhysician],
    [ask.contacts, file.contacts],
  ];
}

/** An allergy stands out in word and colour: it is what must not be overlooked. */
function AdmissionParts({ file }: { readonly file: AdmissionFile }) {
  const words = w().ask;
  const { allergies, treatments, treatmentsNote } = file;
  return (
    <>
      <section class="rubric">
        <h3>{words.allergies}</h3>
        <p>
          <StateMark
            tone={ALLERGY_LOOKS[allergies.known][0]}
            shape={ALLERGY_LOOKS[allergies.known][1]}
            word={words.allergyStates[allergies.known]}
          />
        </p>
        {allergies.known === 'some' && <p class="clinical opinion-text">{allergies.which}</p>}
      </section>
      <section class="rubric">
        <h3>{words.treatments}</h3>
        <MedicationTable lines={treatments} />
        {treatmentsNote !== '' && <p class="clinical">{treatmentsNote}</p>}
        {treatments.length === 0 && treatmentsNote === '' && (
          <p class="missing">{w().story.emptyRubric}</p>
        )}
      </section>
    </>
  );
}

const ALLERGY_LOOKS = {
  some: ['late', 'alert'],
  none: ['done', 'check'],
  unknown: ['pending', 'ring'],
} as const;
