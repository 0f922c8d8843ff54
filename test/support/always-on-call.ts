/** Somebody whom what is urgent reaches at any hour: no story depends on when it is told. */
import { USUAL_POLICY } from '@liaison/contract/notification-policy';
import { type NotificationSettings, USUAL_SETTINGS } from '@liaison/contract/notification-settings';

export function alwaysOnCall(): NotificationSettings {
  const duty = { from: 0, to: Number.MAX_SAFE_INTEGER };
  return { ...USUAL_SETTINGS, policy: { ...USUAL_POLICY, onCall: [duty] } };
}
