/** Tells people that something waits: in the application and, for those who ask, by mail. */
import { Module } from '@nestjs/common';
import { MailSender } from './mail.sender.js';
import { NotificationRows } from './notification.rows.js';
import { NotificationsConsumer } from './notifications.consumer.js';
import { NotificationsController } from './notifications.controller.js';
import { NotificationsJobs } from './notifications.jobs.js';

@Module({
  controllers: [NotificationsController],
  providers: [NotificationRows, NotificationsConsumer, NotificationsJobs, MailSender],
})
export class NotificationsModule {}
