/**
 * Ending a device: from when on it is no longer trusted, what falls with it, one confirmation. What
 * would fall is worked out by the log's own law before anything is signed.
 */
import type { DeviceRef, RevocationView } from '@liaison/sdk/face.devices';
import { useState } from 'preact/hooks';
import { useAct } from '../state/act.state.js';
import { now } from '../state/clock.state.js';
import { devices } from '../state/lists.state.js';
import { useLive } from '../state/loaded.state.js';
import { exactTime } from '../words/times.js';
import { w } from '../words/words.js';
import { face } from '../worker/liaison.client.js';
import { ActButton } from './act-button.js';
import { Choice } from './choice.js';
import { DayField } from './day-field.js';
import { deviceName } from './device-name.js';
import { Sheet } from './sheet.js';
import { TroubleLine } from './trouble-line.js';
import { Ready } from './waiting.js';

interface RevokeProps {
  readonly one: DeviceRef;
  /** Where a notice led here: the instant of what was not the person's doing. */
  readonly from?: number;
  readonly onClose: () => void;
}

type Trust = 'now' | 'from' | 'day' | 'never';

const THE_BEGINNING = 0;

export function RevokeSheet({ one, from, onClose }: RevokeProps) {
  const [trust, setTrust] = useState<Trust>(from === undefined ? 'now' : 'from');
  const [day, setDay] = useState('');
  const words = w().devices;
  const since = sinceOf(trust, day, from);
  const name = deviceName(one);
  const options: [Trust, string][] = [['now', words.trustedNow]];
  if (from !== undefined) options.push(['from', words.trustedFrom(exactTime(from, now.value))]);
  options.push(['day', words.trustedDay], ['never', words.trustedNever]);
  return (
    <Sheet title={words.revokeTitle(name)} onClose={onClose}>
      <p>{w().me.revokeHint}</p>
      <p class="fingerprint">
        {words.fingerprint} <code>{one.fingerprint}</code>
      </p>
      <div class="revoke-since">
        <Choice<Trust>
          legend={words.sinceWhen}
          options={options}
          value={trust}
          onValue={setTrust}
        />
        {trust === 'day' && <DayField label={words.lastTrusted} value={day} onValue={setDay} />}
      </div>
      {since !== undefined && <Consequences one={one} since={since} onClose={onClose} />}
    </Sheet>
  );
}

/** Undefined: a day is still to be typed. */
function sinceOf(trust: Trust, day: string, from: number | undefined): number | null | undefined {
  if (trust === 'now') return null;
  if (trust === 'never') return THE_BEGINNING;
  if (trust === 'from') return from;
  return day === '' ? undefined : new Date(`${day}T00:00`).getTime();
}

interface ConsequencesProps {
  readonly one: DeviceRef;
  readonly since: number | null;
  readonly onClose: () => void;
}

function Consequences({ one, since, onClose }: ConsequencesProps) {
  const act = useAct();
  const preview = useLive(
    () => face.revocation(one.device, since),
    ({ what }) => what === 'devices',
    String(since),
  );
  const revoke = async (): Promise<void> => {
    if (!(await act.run(() => face.revokeDevice(one.device, since)))) return;
    await devices().refresh();
    onClose();
  };
  return (
    <Ready of={preview}>
      {(view) => (
        <>
          <What view={view} />
          <TroubleLine trouble={act.trouble.value} />
          {view.state === 'may' && (
            <ActButton act={act} look="danger" onAct={() => void revoke()}>
              {w().me.revoke}
            </ActButton>
          )}
        </>
      )}
    </Ready>
  );
}

function What({ view }: { readonly view: RevocationView }) {
  const words = w().devices;
  if (view.state === 'would-end-this-one') return <p role="status">{words.wouldEndThis}</p>;
  const { devices: ended, back, paper } = view;
  return (
    <ul class="bullets" aria-live="polite">
      <li>{words.endsNow}</li>
      {view.falls === 0 && <li>{words.nothingFalls}</li>}
      {ended.map((other) => (
        <li key={other.device}>{words.fallsToo(deviceName(other))}</li>
      ))}
      {back.map((other) => (
        <li key={other.device}>{words.comesBack(deviceName(other))}</li>
      ))}
      {paper === 'former' && <li>{words.paperFormer}</li>}
      {paper === 'none' && <li>{words.paperNone}</li>}
    </ul>
  );
}
