/**
 * The number that two people compare: read aloud, or by one's camera from the other's screen. Only
 * what this device computed itself is ever marked as compared.
 */
import type { PersonCardView } from '@liaison/sdk/face.trust';
import { useState } from 'preact/hooks';
import { useAct } from '../state/act.state.js';
import { now } from '../state/clock.state.js';
import { exactTime } from '../words/times.js';
import { w } from '../words/words.js';
import { face } from '../worker/liaison.client.js';
import { ActButton } from './act-button.js';
import { Icon } from './icon.js';
import { QrCode } from './qr-code.js';
import { canScan, Scanner } from './scanner.js';
import { TroubleLine } from './trouble-line.js';

export function SafetyNumber({ view }: { readonly view: PersonCardView }) {
  const words = w().identity;
  const { safety, comparedBefore } = view;
  if (safety === null) return null;
  return (
    <section class="safety">
      <h3>{words.number}</h3>
      <p class="safety-number tabular">
        {safety.groups.map((group, i) => (
          <span key={i}>{group}</span>
        ))}
      </p>
      <p class="hint">{words.numberHint}</p>
      {comparedBefore !== null && (
        <p class="trouble">{words.comparedBefore(exactTime(comparedBefore, now.value))}</p>
      )}
      <details class="compare" onToggle={showAll}>
        <summary>{words.compareByCode}</summary>
        <QrCode text={safety.qr} label={words.compareQr(view.person.name)} />
        <p class="hint">{words.compareQrHint}</p>
      </details>
      {safety.comparedAt === null ? (
        <Compare view={view} />
      ) : (
        <p>
          <Icon name="checks" /> {words.comparedAt(exactTime(safety.comparedAt, now.value))}
        </p>
      )}
    </section>
  );
}

/** The code opens below what was on the screen: it is shown whole. */
function showAll({ currentTarget }: Event): void {
  if (currentTarget instanceof HTMLElement) currentTarget.scrollIntoView({ block: 'end' });
}

function Compare({ view }: { readonly view: PersonCardView }) {
  const act = useAct();
  const [scanning, setScanning] = useState(false);
  const [differs, setDiffers] = useState(false);
  const words = w().identity;
  const { person } = view.person;
  const read = async (text: string): Promise<void> => {
    setScanning(false);
    setDiffers(!(await face.numberScanned(person, text)));
  };
  return (
    <>
      {differs && (
        <p class="trouble" role="alert">
          {words.compareDiffers}
        </p>
      )}
      {scanning && <Scanner onText={(text) => void act.run(() => read(text))} />}
      <TroubleLine trouble={act.trouble.value} />
      <div class="acts">
        {canScan() && !scanning && (
          <button type="button" class="second" onClick={() => setScanning(true)}>
            {words.compareScan}
          </button>
        )}
        <ActButton
          act={act}
          look="second"
          icon="check"
          onAct={() => void act.run(() => face.numberCompared(person))}
        >
          {words.markCompared}
        </ActButton>
      </div>
    </>
  );
}
