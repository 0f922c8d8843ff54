/** The discharge letter in its six rubrics and legal order. An empty one is shown as empty. */
import type { DischargeLetter, Rubric } from '@liaison/contract/letter';
import type { HandoffView } from '@liaison/sdk/face';
import type { ComponentChildren } from 'preact';
import { StateMark } from '../../components/state-mark.js';
import { w } from '../../words/words.js';
import { FileList } from '../talk/file-list.js';
import { MedicationTable } from './medication-table.js';
import { PatientLines } from './patient-lines.js';
import { Sealed } from './sealed.js';

interface RubricProps {
  readonly rubric: Rubric;
  readonly empty: boolean;
  readonly children: ComponentChildren;
}

function RubricPart({ rubric, empty, children }: RubricProps) {
  return (
    <section class="rubric">
      <h3>{w().composer.rubrics[rubric]}</h3>
      {children}
      {empty && <p class="missing">{w().story.emptyRubric}</p>}
    </section>
  );
}

const Prose = ({ text }: { readonly text: string }) =>
  text.trim() === '' ? null : <p class="clinical">{text}</p>;

export function Letter({ view }: { readonly view: HandoffView }) {
  const words = w();
  const empty = (rubric: Rubric): boolean => view.missing.includes(rubric);
  const why =
    view.incompleteReason === null ? '' : words.composer.incompleteReasons[view.incompleteReason];
  const count = view.missing.length;
  return (
    <section class="letter" aria-labelledby="letter">
      <h2 id="letter">{words.story.letter}</h2>
      <p>
        <StateMark
          tone={count === 0 ? 'done' : 'pending'}
          shape={count === 0 ? 'check' : 'alert'}
          word={count === 0 ? words.story.letterComplete : words.story.letterIncomplete(count, why)}
        />
      </p>
      <Sealed of={view.letter}>
        {(letter) => <LetterBody letter={letter} view={view} empty={empty} />}
      </Sealed>
    </section>
  );
}

interface LetterBodyProps {
  readonly letter: DischargeLetter;
  readonly view: HandoffView;
  readonly empty: (rubric: Rubric) => boolean;
}

function LetterBody({ letter, view, empty }: LetterBodyProps) {
  return (
    <>
      <RubricPart rubric="identification" empty={empty('identification')}>
        <PatientLines letter={letter} />
      </RubricPart>
      <RubricPart rubric="reason" empty={empty('reason')}>
        <Prose text={letter.reason} />
      </RubricPart>
      <RubricPart rubric="synthesis" empty={empty('synthesis')}>
        <Prose text={letter.synthesis} />
      </RubricPart>
      <RubricPart rubric="treatments" empty={empty('treatments')}>
        <MedicationTable lines={letter.treatments} />
        <Prose text={letter.treatmentsNote} />
      </RubricPart>
      <RubricPart rubric="pending-results" empty={empty('pending-results')}>
        <Prose text={letter.pendingResults} />
      </RubricPart>
      <RubricPart rubric="follow-up" empty={empty('follow-up')}>
        <Prose text={letter.followUp} />
      </RubricPart>
      {letter.template !== undefined && (
        <p class="hint no-print">
          {w().templates.begun(letter.template.name, letter.template.version)}
        </p>
      )}
      <FileList circle={view.id} files={letter.attachments} />
    </>
  );
}
