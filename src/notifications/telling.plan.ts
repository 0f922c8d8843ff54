/**
 * When a notification is told: the contract's rules, asked for one person. Nothing here knows the
 * time by itself, so that whoever replays a day finds what the server did.
 */
import type { Urgency } from '@liaison/contract/handoff';
import { LIMITS } from '@liaison/contract/limits';
import type { AttentionReason } from '@liaison/contract/notification';
import type { NotificationPolicy } from '@liaison/contract/notification-policy';
import { tellingAt } from '@liaison/contract/notification-rules';

/** What is told whatever the hour: whoever took a device over counts on the owner's night. */
const WARNINGS: readonly AttentionReason[] = ['device-changed'];

interface Call {
  readonly reason: AttentionReason;
  readonly urgency: Urgency;
  readonly at: number;
}

/** Null where nothing says when they are back: it waits in the application. */
export function plannedAt(policy: NotificationPolicy, { reason, urgency, at }: Call) {
  return WARNINGS.includes(reason) ? at : tellingAt(policy, urgency, at);
}

/**
 * When something that was due is told. On time: now. After the service was away: now as well, if
 * that is an hour at which they may be disturbed, and else when it next is.
 */
export function tellingOf(
  policy: NotificationPolicy,
  { reason, tellAt }: { readonly reason: AttentionReason; readonly tellAt: number },
  now: number,
): number | null {
  const onTime = now - tellAt <= LIMITS.tellingLateMs.value;
  return onTime || WARNINGS.includes(reason) ? now : tellingAt(policy, 'urgent', now);
}
