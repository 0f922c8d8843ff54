/** What waits, as the server notes it: reasons and circles, never content. */
import type { Uuid } from '@liaison/contract/ids';
import { NOTIFICATION_ROUTES } from '@liaison/contract/notification';
import type { MailView, NotificationView } from './face.js';
import type { Ground } from './ground.js';

export class Notifications {
  constructor(private readonly ground: Ground) {}

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
}
