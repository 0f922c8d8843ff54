/** The worker's part: takes calls for attention, sends mails, and looks again by itself. */
import { Uuid } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { LOOK_EVERY_MS, outboxQueue } from '../events/outbox.bell.js';
import { Queues } from '../platform/queue/queues.js';
import { Workers } from '../platform/queue/workers.js';
import { MailSender } from './mail.sender.js';
import { NotificationsConsumer } from './notifications.consumer.js';

const MAIL = 'mail';
const MAIL_SWEEP = 'mail-sweep';
const MAILS_AT_ONCE = 4;

@Injectable()
export class NotificationsJobs implements OnModuleInit {
  constructor(
    private readonly workers: Workers,
    private readonly queues: Queues,
    private readonly consumer: NotificationsConsumer,
    private readonly sender: MailSender,
  ) {}

  async onModuleInit(): Promise<void> {
    const queue = outboxQueue('notifications');
    this.workers.process(queue, z.strictObject({}), () => this.takeAll());
    this.workers.process(
      MAIL,
      z.strictObject({ mail: Uuid }),
      ({ mail }) => this.sender.send(mail),
      {
        concurrency: MAILS_AT_ONCE,
      },
    );
    this.workers.process(MAIL_SWEEP, z.strictObject({}), () => this.wakeDueMails());
    await this.queues.repeat(queue, LOOK_EVERY_MS);
    await this.queues.repeat(MAIL_SWEEP, LOOK_EVERY_MS);
  }

  private async takeAll(): Promise<void> {
    for (let full = true; full; ) {
      const { taken, mails } = await this.consumer.consume();
      for (const mail of mails) await this.queues.add(MAIL, { mail });
      full = taken === LIMITS.outboxBatch.value;
    }
  }

  private async wakeDueMails(): Promise<void> {
    for (const mail of await this.sender.due()) await this.queues.add(MAIL, { mail });
  }
}
