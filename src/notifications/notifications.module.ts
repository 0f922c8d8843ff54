/** Tells people that something waits: in the application and, for those who ask, by mail. */
import { Module } from '@nestjs/common';
import { CirclesModule } from '../circles/circles.module.js';
import { DevicesModule } from '../devices/devices.module.js';
import { DeadEventsController } from './dead-events.controller.js';
import { MailSender } from './mail.sender.js';
import { NotificationRows } from './notification.rows.js';
import { NotificationsConsumer } from './notifications.consumer.js';
import { NotificationsController } from './notifications.controller.js';
import { NotificationsJobs } from './notifications.jobs.js';
import { PushController } from './push.controller.js';
import { PushKey } from './push.key.js';
import { PushRows } from './push.rows.js';
import { PushSender } from './push.sender.js';
import { SettingsController } from './settings.controller.js';
import { SettingsRows } from './settings.rows.js';
import { Teller } from './teller.js';

@Module({
  imports: [CirclesModule, DevicesModule],
  controllers: [NotificationsController, SettingsController, PushController, DeadEventsController],
  providers: [
    NotificationRows,
    SettingsRows,
    NotificationsConsumer,
    Teller,
    NotificationsJobs,
    MailSender,
    PushKey,
    PushRows,
    PushSender,
  ],
})
export class NotificationsModule {}
