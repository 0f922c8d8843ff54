/** What waits for the caller, and where notices are mailed. */
import { Problem } from '@liaison/contract/errors';
import { isMailAddress, NOTIFICATION_ROUTES as ROUTES } from '@liaison/contract/notification';
import { Controller } from '@nestjs/common';
import { personOf } from '../identity/caller.js';
import { Clock } from '../platform/clock/clock.js';
import { type Call, Serves } from '../platform/http/serves.decorator.js';
import { NotificationRows } from './notification.rows.js';

@Controller()
export class NotificationsController {
  constructor(
    private readonly rows: NotificationRows,
    private readonly clock: Clock,
  ) {}

  @Serves(ROUTES.notifications)
  async list({ request }: Call<typeof ROUTES.notifications>) {
    return { notifications: await this.rows.list(personOf(request)) };
  }

  @Serves(ROUTES.readNotifications)
  async read({ body, request }: Call<typeof ROUTES.readNotifications>) {
    const now = this.clock.now();
    return { read: await this.rows.markRead(personOf(request), body.ids, body.circle, now) };
  }

  @Serves(ROUTES.mailPreference)
  mailPreference({ request }: Call<typeof ROUTES.mailPreference>) {
    return this.rows.preference(personOf(request));
  }

  @Serves(ROUTES.setMailPreference)
  async setMailPreference({ body, request }: Call<typeof ROUTES.setMailPreference>) {
    if (!isMailAddress(body.address)) throw new Problem('address_invalid');
    await this.rows.setPreference(personOf(request), body);
    return body;
  }
}
