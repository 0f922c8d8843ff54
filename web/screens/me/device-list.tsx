/** The person's devices. Revoking one asks once, and says what it will no longer read. */
import type { DeviceView } from '@liaison/sdk/face.devices';
import { useState } from 'preact/hooks';
import { ActButton } from '../../components/act-button.js';
import { Icon } from '../../components/icon.js';
import { Sheet } from '../../components/sheet.js';
import { StateMark } from '../../components/state-mark.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { Ready } from '../../components/waiting.js';
import { useAct } from '../../state/act.state.js';
import { now } from '../../state/clock.state.js';
import { devices } from '../../state/lists.state.js';
import { paths } from '../../state/place.state.js';
import { exactTime } from '../../words/times.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';

export function DeviceList() {
  const [revoking, setRevoking] = useState<DeviceView | null>(null);
  const words = w().me;
  return (
    <section>
      <h2>{words.devices}</h2>
      <Ready of={devices()}>
        {(all) => (
          <ul class="plain-list">
            {all.map((one) => (
              <DeviceRow key={one.device} one={one} onRevoke={() => setRevoking(one)} />
            ))}
          </ul>
        )}
      </Ready>
      <a class="second" href={paths.link}>
        <Icon name="plus" />
        {w().link.title}
      </a>
      {revoking !== null && <RevokeSheet one={revoking} onClose={() => setRevoking(null)} />}
    </section>
  );
}

function DeviceRow({ one, onRevoke }: { readonly one: DeviceView; readonly onRevoke: () => void }) {
  const words = w().me;
  const { revokedAt } = one;
  return (
    <li class="row">
      <span class="row-head">
        <b>{words.device}</b>
        {one.here && <StateMark tone="accent" shape="device" word={words.here} />}
        {revokedAt !== null && (
          <StateMark
            tone="late"
            shape="cross"
            word={words.revokedAt(exactTime(revokedAt, now.value))}
          />
        )}
      </span>
      <span class="row-line">{words.addedAt(exactTime(one.addedAt, now.value))}</span>
      <span class="row-line">
        {words.fingerprint} <code>{one.fingerprint}</code>
      </span>
      {revokedAt === null && !one.here && (
        <button type="button" class="danger" onClick={onRevoke}>
          {words.revoke}
        </button>
      )}
    </li>
  );
}

function RevokeSheet({ one, onClose }: { readonly one: DeviceView; readonly onClose: () => void }) {
  const act = useAct();
  const words = w().me;
  const revoke = async (): Promise<void> => {
    if (!(await act.run(() => face.revokeDevice(one.device)))) return;
    await devices().refresh();
    onClose();
  };
  return (
    <Sheet title={words.revokeTitle} onClose={onClose}>
      <p>{words.revokeHint}</p>
      <p>
        {words.fingerprint} <code>{one.fingerprint}</code>
      </p>
      <TroubleLine trouble={act.trouble.value} />
      <ActButton act={act} look="danger" onAct={() => void revoke()}>
        {words.revoke}
      </ActButton>
    </Sheet>
  );
}
