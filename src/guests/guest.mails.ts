/**
 * Sends the one mail of each guest. The row is the truth: what a queue loses is found by the next
 * sweep, and a mail sent twice (a crash after the relay took it) has the same Message-ID.
 */
import type { Uuid } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Transporter } from 'nodemailer';
import { z } from 'zod';
import { Clock } from '../platform/clock/clock.js';
import { Config } from '../platform/config/config.js';
import { Database } from '../platform/database/database.js';
import { Log } from '../platform/logger/log.js';
import { isRefusedForGood, mailTransport } from '../platform/mail/mail.transport.js';
import { Queues } from '../platform/queue/queues.js';
import { Workers } from '../platform/queue/workers.js';
import { type GuestMail, GuestRows } from './guest.rows.js';
import { guestLetter } from './guest.words.js';

const SWEEP = 'guest-mails';
/** Somebody waits at the telephone for it to arrive. */
const SWEEP_EVERY_MS = 5_000;
const FIRST_PAUSE_MS = 30_000;

@Injectable()
export class GuestMails implements OnModuleInit, OnModuleDestroy {
  private readonly transport: Transporter;

  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly rows: GuestRows,
    private readonly workers: Workers,
    private readonly queues: Queues,
  ) {
    this.transport = mailTransport(config.smtpUrl);
  }

  onModuleInit(): void {
    this.workers.process(SWEEP, z.strictObject({}), () => this.sendDue());
    this.queues.repeat(SWEEP, SWEEP_EVERY_MS);
  }

  onModuleDestroy(): void {
    this.transport.close();
  }

  async sendDue(): Promise<void> {
    for (const guest of await this.rows.due(this.clock.now())) await this.send(guest);
  }

  private async send(guest: Uuid): Promise<void> {
    await this.database.transaction(async (transaction) => {
      const mail = await this.rows.claim(transaction, guest, this.clock.now());
      if (mail === undefined) return;
      try {
        await this.transport.sendMail(this.letter(mail));
        await this.rows.end(transaction, guest, this.clock.now(), null);
      } catch (error) {
        const attempts = mail.attempts + 1;
        const isOver = isRefusedForGood(error) || attempts >= LIMITS.mailAttempts.value;
        this.log.warn('A guest’s mail was not taken by the relay.', { guest, isOver, error });
        const next = this.clock.now() + FIRST_PAUSE_MS * 3 ** mail.attempts;
        if (isOver) await this.rows.end(transaction, guest, null, 'refused');
        else await this.rows.postpone(transaction, guest, attempts, next);
      }
    });
  }

  private letter(mail: GuestMail) {
    const { publicOrigin, mailFrom } = this.config;
    const { subject, text } = guestLetter(mail, publicOrigin);
    const messageId = `<${mail.guest}@${new URL(publicOrigin).hostname}>`;
    return { from: mailFrom, to: mail.address, subject, text, messageId };
  }
}
