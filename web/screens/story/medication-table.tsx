/** Discharge treatments: what was started, changed, continued or stopped, and why. */
import type { MedicationLine } from '@liaison/contract/letter';
import { StateMark, type Tone } from '../../components/state-mark.js';
import type { IconName } from '../../components/icon.js';
import { w } from '../../words/words.js';

const LOOKS: Record<MedicationLine['status'], readonly [Tone, IconName]> = {
  started: ['accent', 'plus'],
  changed: ['pending', 'pencil'],
  continued: ['quiet', 'arrow'],
  stopped: ['late', 'cross'],
};

export function MedicationTable({ lines }: { readonly lines: readonly MedicationLine[] }) {
  if (lines.length === 0) return null;
  const words = w().composer.statuses;
  return (
    <ul class="medications clinical">
      {lines.map((line, index) => {
        const [tone, shape] = LOOKS[line.status];
        return (
          <li key={`${index}-${line.name}`}>
            <div class="addressee-head">
              <b>{line.name}</b>
              <StateMark tone={tone} shape={shape} word={words[line.status]} />
            </div>
            <p>{[line.posology, line.duration].filter((text) => text !== '').join(' · ')}</p>
            {line.why !== '' && <p class="why">{line.why}</p>}
          </li>
        );
      })}
    </ul>
  );
}
