/** At which times of day what can wait is told together. */
import { LIMITS } from '@liaison/contract/limits';
import { useState } from 'preact/hooks';
import { MinuteField } from '../../components/minute-field.js';
import { writtenMinute } from '../../state/minutes.js';
import { w } from '../../words/words.js';

const NOON = 12 * 60;

interface DigestsPartProps {
  readonly digests: readonly number[];
  readonly onDigests: (digests: number[]) => void;
}

export function DigestsPart({ digests, onDigests }: DigestsPartProps) {
  const words = w().notifications;
  const [next, setNext] = useState(NOON);
  const add = (): void => onDigests([...new Set([...digests, next])].sort((a, b) => a - b));
  return (
    <section>
      <h2>{words.digests}</h2>
      <p class="hint">{words.digestsHint}</p>
      <ul class="chips">
        {digests.map((minute) => (
          <li key={minute}>
            <button
              type="button"
              class="chip"
              aria-label={words.removeDigest(writtenMinute(minute))}
              onClick={() => onDigests(digests.filter((one) => one !== minute))}
            >
              {writtenMinute(minute)} <span aria-hidden="true">×</span>
            </button>
          </li>
        ))}
      </ul>
      {digests.length < LIMITS.digestsPerDay.value && (
        <div class="times">
          <MinuteField label={words.digestAt} value={next} onValue={setNext} />
          <button type="button" class="second" onClick={add}>
            {words.addDigest}
          </button>
        </div>
      )}
    </section>
  );
}
