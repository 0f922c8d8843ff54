/**
 * The worker's part: takes calls for attention, tells what is due and sends mails. It looks by
 * itself every few seconds, whatever the queues' store has lost meanwhile.
 */
import { Uuid } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { EventRounds } from '../events/event.rounds.js';
import { Looks } from '../platform/queue/looks.js';
import { Queues } from '../platform/queue/queues.js';
import { Workers } from '../platform/queue/workers.js';
import { MailSender } from './mail.sender.js';
import { NotificationRows } from './notification.rows.js';
import { NotificationsConsumer } from './notifications.consumer.js';
import type { Leaving } from './leaving.js';
import { PushSender } from './push.sender.js';
import { Teller } from './teller.js';

const MAIL = 'mail';
const SENDING_SWEEP = 'mail-sweep';
const MAILS_AT_ONCE = 4;
const PUSH = 'push';
const PUSHES_AT_ONCE = 8;
const SWEEP_EVERY_MS = 10_000;
const OLD_SWEEP = 'notifications-sweep';
/** Nothing waits for this: once an hour is often enough. */
const OLD_SWEEP_EVERY_MS = 3_600_000;

@Injectable()
export class NotificationsJobs implements OnModuleInit {
  constructor(
    private readonly rounds: EventRounds,
    private readonly workers: Workers,
    private readonly queues: Queues,
    private readonly looks: Looks,
    private readonly consumer: NotificationsConsumer,
    private readonly sender: MailSender,
    private readonly rows: NotificationRows,
    private readonly teller: Teller,
    private readonly pushes: PushSender,
  ) {}

  onModuleInit(): void {
    this.rounds.attend('notifications', () => this.takeBatch());
    this.workers.process(
      MAIL,
      z.strictObject({ mail: Uuid }),
      ({ mail }) => this.sender.send(mail),
      {
        concurrency: MAILS_AT_ONCE,
      },
    );
    this.workers.process(
      PUSH,
      z.strictObject({ push: Uuid }),
      async ({ push }) => this.send({ mails: await this.pushes.send(push), pushes: [] }),
      { concurrency: PUSHES_AT_ONCE },
    );
    this.workers.process(OLD_SWEEP, z.strictObject({}), async () => {
      while ((await this.rows.forgetOld()) > 0);
      while ((await this.pushes.forgetOld()) > 0);
    });
    this.queues.repeat(OLD_SWEEP, OLD_SWEEP_EVERY_MS);
    this.looks.every(SENDING_SWEEP, SWEEP_EVERY_MS, () => this.sendDue());
  }

  private async takeBatch(): Promise<boolean> {
    const taken = await this.consumer.consume();
    const { due, ...leaving } = await this.teller.tell();
    await this.send(leaving);
    return taken === LIMITS.outboxBatch.value || due >= LIMITS.sweepBatch.value;
  }

  /** Rows whose job was lost, or whose next attempt has come. */
  private async sendDue(): Promise<void> {
    await this.send({ mails: await this.sender.due(), pushes: await this.pushes.due() });
  }

  private async send({ mails, pushes }: Leaving): Promise<void> {
    for (const push of pushes) await this.queues.add(PUSH, { push });
    for (const mail of mails) await this.queues.add(MAIL, { mail });
  }
}
