/** The letter's six legal rubrics. The chips show at a glance which are full, and lead to each. */
import { RUBRICS } from '@liaison/contract/handoff.lists';
import { missingRubrics, type Rubric } from '@liaison/contract/letter';
import type { ComponentChildren } from 'preact';
import { Field } from '../../components/field.js';
import { Icon } from '../../components/icon.js';
import { w } from '../../words/words.js';
import { rubricTarget } from './draft.blocker.js';
import type { Editing } from './draft.editing.js';
import { leadTo } from './lead.js';
import { MedicationEditor } from './medication-editor.js';
import { Part } from './part.js';
import { StayFields } from './stay-fields.js';

function RubricChips({ missing }: { readonly missing: readonly Rubric[] }) {
  const words = w().composer;
  return (
    <ul class="rubric-chips" aria-label={words.chipsLabel}>
      {RUBRICS.map((rubric) => {
        const full = !missing.includes(rubric);
        return (
          <li key={rubric}>
            <button
              type="button"
              class={full ? 'chip full' : 'chip'}
              onClick={() => leadTo(rubricTarget(rubric))}
            >
              <Icon name={full ? 'check' : 'ring'} />
              {words.rubrics[rubric]}
              <span class="unseen">, {full ? words.full : words.empty}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

interface RubricProps {
  readonly rubric: Rubric;
  readonly children: ComponentChildren;
}

function RubricBox({ rubric, children }: RubricProps) {
  const words = w().composer;
  return (
    <section class="rubric-box" aria-labelledby={rubricTarget(rubric)}>
      <h3 id={rubricTarget(rubric)} tabIndex={-1}>
        {words.rubrics[rubric]}
      </h3>
      {children}
    </section>
  );
}

type Prose = 'reason' | 'synthesis' | 'pendingResults' | 'followUp';

const PROSE_LINES = 3;

export function LetterPart({ editing }: { readonly editing: Editing }) {
  const words = w().composer;
  const { letter } = editing.draft.value;
  const prose = (rubric: Rubric, key: Prose) => (
    <RubricBox rubric={rubric}>
      <Field
        label={words.rubricHints[rubric]}
        lines={PROSE_LINES}
        value={letter[key]}
        onValue={(value) => editing.changeLetter({ [key]: value })}
      />
    </RubricBox>
  );
  return (
    <Part id="part-letter" title={words.letter}>
      <RubricChips missing={missingRubrics(letter)} />
      <RubricBox rubric="identification">
        <StayFields editing={editing} />
      </RubricBox>
      {prose('reason', 'reason')}
      {prose('synthesis', 'synthesis')}
      <RubricBox rubric="treatments">
        <MedicationEditor of={letter} onChange={editing.changeLetter} />
      </RubricBox>
      {prose('pending-results', 'pendingResults')}
      {prose('follow-up', 'followUp')}
    </Part>
  );
}
