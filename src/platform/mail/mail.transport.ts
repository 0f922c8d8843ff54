/**
 * The way to the mail relay, and what a refusal of it means. It holds no words and no addresses.
 */
import { createTransport, type Transporter } from 'nodemailer';

const SMTP_TIMEOUT_MS = 10_000;

export function mailTransport(smtpUrl: string): Transporter {
  return createTransport(smtpUrl, {
    connectionTimeout: SMTP_TIMEOUT_MS,
    greetingTimeout: SMTP_TIMEOUT_MS,
    socketTimeout: SMTP_TIMEOUT_MS,
  } as object);
}

/**
 * Whether the relay said of this mail that it will never take it: a 5xx to its addressee or its
 * text. What it says of us (who we are, whether we may send) an operator mends: tried again.
 */
export function isRefusedForGood(error: unknown): boolean {
  const { responseCode, command } = error as { responseCode?: unknown; command?: unknown };
  const isOfMail = command === 'RCPT TO' || command === 'DATA';
  return isOfMail && typeof responseCode === 'number' && Math.trunc(responseCode / 100) === 5;
}
