/**
 * Sends one waiting mail by SMTP. The row is the truth: a lost queue job is found again by the
 * sweep, a job run twice finds the row sent, and the Message-ID never changes, so that even a mail
 * sent twice (a crash after the relay took it) is one mail for the reader's program.
 */
import type { PersonId, Uuid } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { type AttentionReason } from '@liaison/contract/notification';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Transporter } from 'nodemailer';
import { Clock } from '../platform/clock/clock.js';
import { Config } from '../platform/config/config.js';
import { Database, type Transaction } from '../platform/database/database.js';
import { Log } from '../platform/logger/log.js';
import { isRefusedForGood, mailTransport } from '../platform/mail/mail.transport.js';
import { notice } from './notices.js';

interface Waiting {
  readonly id: Uuid;
  readonly person_id: PersonId;
  readonly reason: AttentionReason;
  readonly address: string;
  readonly language: 'fr' | 'en';
  readonly attempts: number;
  readonly others: number;
}

const FIRST_PAUSE_MS = 30_000;

const CLAIM = `
  SELECT m.id, m.person_id, m.reason, m.attempts, m.others, p.address, p.language
  FROM mails m JOIN mail_preferences p USING (person_id)
  WHERE m.id = $1 AND m.sent_at IS NULL AND m.refusal IS NULL
  FOR UPDATE OF m SKIP LOCKED`;

const DUE = `
  SELECT id FROM mails WHERE sent_at IS NULL AND refusal IS NULL AND next_at <= $1
  ORDER BY next_at LIMIT $2`;

type Refusal = 'no-address' | 'refused-for-good';

@Injectable()
export class MailSender implements OnModuleDestroy {
  private readonly transport: Transporter;

  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    this.transport = mailTransport(config.smtpUrl);
  }

  onModuleDestroy(): void {
    this.transport.close();
  }

  /** Mails whose next attempt is due: what the sweep wakes. */
  async due(): Promise<Uuid[]> {
    const parameters = [this.clock.now(), LIMITS.sweepBatch.value];
    const rows = await this.database.query<{ id: Uuid }>(DUE, parameters);
    return rows.map((row) => row.id);
  }

  /** One attempt. A relay that refuses or is away leaves the mail for a later attempt. */
  async send(id: Uuid): Promise<void> {
    await this.database.transaction(async (transaction) => {
      const [mail] = await transaction.query<Waiting & Record<string, unknown>>(CLAIM, [id]);
      if (mail === undefined) return;
      if (mail.address === '') return this.refuse(transaction, mail, 'no-address');
      try {
        await this.transport.sendMail(this.letter(mail));
        await transaction.query('UPDATE mails SET sent_at = $2 WHERE id = $1', [
          id,
          this.clock.now(),
        ]);
      } catch (error) {
        const forGood = isRefusedForGood(error);
        this.log.warn('A mail was not taken by the relay.', { mail: id, forGood, error });
        if (forGood) await this.refuse(transaction, mail, 'refused-for-good');
        else await this.postpone(transaction, mail);
      }
    });
  }

  private letter(mail: Waiting) {
    const { publicOrigin, mailFrom } = this.config;
    const { subject, sentence } = notice(mail, publicOrigin);
    const messageId = `<${mail.id}@${new URL(publicOrigin).hostname}>`;
    return { from: mailFrom, to: mail.address, subject, text: sentence, messageId };
  }

  /** The address was taken back, or is none: left due, it would keep others from leaving. */
  private async refuse(transaction: Transaction, mail: Waiting, why: Refusal): Promise<void> {
    await transaction.query('UPDATE mails SET refusal = $2 WHERE id = $1', [mail.id, why]);
  }

  private async postpone(transaction: Transaction, mail: Waiting): Promise<void> {
    const attempts = mail.attempts + 1;
    const givenUp = attempts >= LIMITS.mailAttempts.value;
    const next = this.clock.now() + FIRST_PAUSE_MS * 3 ** (attempts - 1);
    await transaction.query(
      'UPDATE mails SET attempts = $2, next_at = $3, refusal = $4 WHERE id = $1',
      [mail.id, attempts, next, givenUp ? 'attempts-exhausted' : null],
    );
  }
}
