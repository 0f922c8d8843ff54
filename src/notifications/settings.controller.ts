/**
 * How the caller wants to be told, and the one word that a colleague may learn of it. Nobody's
 * hours, leave or duty are ever given to somebody else.
 */
import { Problem } from '@liaison/contract/errors';
import type { PersonId } from '@liaison/contract/ids';
import { isReachable } from '@liaison/contract/notification-rules';
import {
  type Availability,
  type NotificationSettings,
  NOTIFICATION_SETTINGS_ROUTES as ROUTES,
} from '@liaison/contract/notification-settings';
import { Controller } from '@nestjs/common';
import { CircleMembers } from '../circles/circle.members.js';
import { personOf } from '../identity/caller.js';
import { Clock } from '../platform/clock/clock.js';
import { Database } from '../platform/database/database.js';
import { type Call, Serves } from '../platform/http/serves.decorator.js';
import { NotificationRows } from './notification.rows.js';
import { SettingsRows } from './settings.rows.js';
import { plannedAt } from './telling.plan.js';

@Controller()
export class SettingsController {
  constructor(
    private readonly database: Database,
    private readonly members: CircleMembers,
    private readonly settings: SettingsRows,
    private readonly rows: NotificationRows,
    private readonly clock: Clock,
  ) {}

  @Serves(ROUTES.notificationSettings)
  async read({ request }: Call<typeof ROUTES.notificationSettings>) {
    const person = personOf(request);
    return (await this.settings.of([person]))(person);
  }

  @Serves(ROUTES.setNotificationSettings)
  async set({ body, request }: Call<typeof ROUTES.setNotificationSettings>) {
    const person = personOf(request);
    await this.mustKnow(person, body);
    const at = this.clock.now();
    await this.database.transaction(async (transaction) => {
      await this.settings.set(transaction, person, body, at);
      await this.rows.planAgain(transaction, person, ({ reason, urgency }) =>
        plannedAt(body.policy, { reason, urgency, at }),
      );
    });
    return body;
  }

  @Serves(ROUTES.availability)
  async availability({ params, request }: Call<typeof ROUTES.availability>) {
    const { person } = params;
    const { policy, showsBusy } = (await this.settings.of([person]))(person);
    // To a stranger the answer is that of somebody who keeps it back: it tells nothing of either.
    const mayKnow = showsBusy && (await this.members.meet(personOf(request), person));
    if (!mayKnow) return { availability: 'unsaid' as Availability };
    const isFree = isReachable(policy, this.clock.now());
    return { availability: (isFree ? 'free' : 'busy') as Availability };
  }

  /** Else anybody could have strangers called. */
  private async mustKnow(person: PersonId, { delegate }: NotificationSettings): Promise<void> {
    if (delegate === null) return;
    const knows = delegate !== person && (await this.members.meet(person, delegate));
    if (!knows) throw new Problem('person_unknown');
  }
}
