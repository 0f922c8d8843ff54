/** What waits, as the server notes it: reasons and circles, never content. */
import { DEAD_EVENT_ROUTES, type DeadEvent } from '@liaison/contract/dead-events';
import type { PersonId, Uuid } from '@liaison/contract/ids';
import { NOTIFICATION_ROUTES } from '@liaison/contract/notification';
import {
  type Availability,
  NOTIFICATION_SETTINGS_ROUTES as SETTINGS_ROUTES,
  type NotificationSettings,
} from '@liaison/contract/notification-settings';
import { type NewPushSubscription, PUSH_ROUTES } from '@liaison/contract/push';
import type { MailView, NotificationView } from './face.js';
import type { Ground } from './ground.js';
import type { Vault } from './vault.js';

export class Notifications {
  constructor(
    private readonly ground: Ground,
    private readonly vault: Vault,
  ) {}

  async all(): Promise<NotificationView[]> {
    const { notifications } = await this.ground.api.call(NOTIFICATION_ROUTES.notifications, {});
    return notifications.map(({ id, reason, circle, at, readAt }) => {
      return { id, kind: reason, circle, at, readAt };
    });
  }

  async read(ids: readonly Uuid[]): Promise<void> {
    const body = { ids: [...ids] };
    await this.ground.api.call(NOTIFICATION_ROUTES.readNotifications, { body });
    this.ground.changes.tell({ what: 'notifications' });
  }

  mail(): Promise<MailView> {
    return this.ground.api.call(NOTIFICATION_ROUTES.mailPreference, {});
  }

  async setMail(address: string, language: MailView['language']): Promise<void> {
    const body = { address, language };
    await this.ground.api.call(NOTIFICATION_ROUTES.setMailPreference, { body });
  }

  settings(): Promise<NotificationSettings> {
    return this.ground.api.call(SETTINGS_ROUTES.notificationSettings, {});
  }

  async setSettings(settings: NotificationSettings): Promise<void> {
    await this.ground.api.call(SETTINGS_ROUTES.setNotificationSettings, { body: settings });
    this.ground.changes.tell({ what: 'notifications' });
  }

  async availability(person: PersonId): Promise<Availability> {
    const reply = await this.ground.api.call(SETTINGS_ROUTES.availability, { params: { person } });
    return reply.availability;
  }

  async pushKey(): Promise<string> {
    return (await this.ground.api.call(PUSH_ROUTES.pushKey, {})).key;
  }

  async subscribePush(subscription: NewPushSubscription): Promise<void> {
    const body = { ...subscription, device: this.vault.device().keys.device };
    await this.ground.api.call(PUSH_ROUTES.subscribePush, { body });
  }

  deadEvents(): Promise<{ readonly count: number; readonly events: readonly DeadEvent[] }> {
    return this.ground.api.call(DEAD_EVENT_ROUTES.deadEvents, {});
  }

  async replayDeadEvents(): Promise<number> {
    return (await this.ground.api.call(DEAD_EVENT_ROUTES.replayDeadEvents, { body: {} })).replayed;
  }

  async unsubscribePush(endpoint: string): Promise<void> {
    await this.ground.api.call(PUSH_ROUTES.unsubscribePush, { body: { endpoint } });
  }
}
