/** A device's id as people compare it: five groups of five digits, without letters to mistake. */
import { fromBase64Url } from '@liaison/contract/bytes';
import type { DeviceId } from '@liaison/contract/ids';
import { safetyDigits } from '@liaison/contract/signing';

const GROUPS = 5;

export function fingerprintOf(device: DeviceId): string {
  return safetyDigits(fromBase64Url(device)).slice(0, GROUPS).join(' ');
}
