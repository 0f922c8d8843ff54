/** A device as one sentence names it: its name, else the beginning of what tells it apart. */
import type { DeviceRef } from '@liaison/sdk/face.devices';
import { w } from '../words/words.js';

export function deviceName({ name, fingerprint }: DeviceRef): string {
  return name ?? `${w().devices.unnamed} (${fingerprint.split(' ')[0] ?? ''})`;
}
