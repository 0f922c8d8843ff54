/**
 * One of the person's devices: its name and how to change it, how it came, when it was used, and
 * what tells it from any other.
 */
import type { DeviceView } from '@liaison/sdk/face.devices';
import { useState } from 'preact/hooks';
import { deviceName } from '../../components/device-name.js';
import { Icon } from '../../components/icon.js';
import { StateMark } from '../../components/state-mark.js';
import { now } from '../../state/clock.state.js';
import { exactTime } from '../../words/times.js';
import { w } from '../../words/words.js';
import { RenameDevice } from './rename-device.js';

interface RowProps {
  readonly one: DeviceView;
  readonly onRevoke: () => void;
}

export function DeviceRow({ one, onRevoke }: RowProps) {
  const [renaming, setRenaming] = useState(false);
  const words = w();
  const name = deviceName(one);
  return (
    <li class="row">
      <span class="row-head">
        {renaming ? (
          <RenameDevice one={one} onDone={() => setRenaming(false)} />
        ) : (
          <span class="device-name">
            <b>{name}</b>
            <button
              type="button"
              class="plain round"
              aria-label={words.devices.rename(name)}
              onClick={() => setRenaming(true)}
            >
              <Icon name="pencil" />
            </button>
          </span>
        )}
        <Marks one={one} />
      </span>
      <span class="row-line">{arrivalOf(one)}</span>
      <span class="row-line">{useOf(one)}</span>
      <span class="row-line fingerprint">
        {words.devices.fingerprint} <code>{one.fingerprint}</code>
      </span>
      {one.revokedAt === null && !one.here && (
        <button type="button" class="danger" onClick={onRevoke}>
          {words.me.revoke}
        </button>
      )}
    </li>
  );
}

function Marks({ one: { here, revokedAt } }: { readonly one: DeviceView }) {
  const words = w().me;
  if (here) return <StateMark tone="accent" shape="device" word={words.here} />;
  if (revokedAt === null) return null;
  const when = exactTime(revokedAt, now.value);
  return <StateMark tone="late" shape="cross" word={words.revokedAt(when)} />;
}

function arrivalOf({ arrival, addedAt }: DeviceView): string {
  const words = w().devices;
  const when = exactTime(addedAt, now.value);
  return arrival.how === 'linked'
    ? words.linked(when, deviceName(arrival.by))
    : words[arrival.how](when);
}

function useOf({ usedAt }: DeviceView): string {
  const words = w().devices;
  return usedAt === null ? words.usedNever : words.used(exactTime(usedAt, now.value));
}
