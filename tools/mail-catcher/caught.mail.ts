/**
 * The mails that the catcher holds: the newest in memory, each as a file below the data folder so
 * that a restart shows them again. Older ones go, file and all: a catcher is no archive.
 */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';

/** A morning of notifications of a whole sample community. */
export const KEPT_MAILS = 500;

export interface CaughtMail {
  /** Sorts by arrival. */
  readonly id: string;
  readonly receivedAt: number;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly messageId: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

async function parse(raw: Buffer, id: string, receivedAt: number, envelope: Envelope) {
  const mail = await simpleParser(raw);
  const headers = mail.headerLines.map(({ key, line }): [string, string] => [
    key,
    line.slice(line.indexOf(':') + 1).trim(),
  ]);
  return {
    id,
    receivedAt,
    ...envelope,
    subject: mail.subject ?? '',
    messageId: mail.messageId ?? '',
    text: mail.text ?? '',
    headers: Object.fromEntries(headers),
  };
}

/** Whom the mail was handed over for, which its headers may not say. */
export interface Envelope {
  readonly from: string;
  readonly to: readonly string[];
}

export class CaughtMails {
  #mails: CaughtMail[] = [];
  #counter = 0;

  private constructor(private readonly folder: string) {}

  static async open(dir: string): Promise<CaughtMails> {
    const folder = join(dir, 'mail-catcher');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const mails = new CaughtMails(folder);
    await mails.#load();
    return mails;
  }

  async #load(): Promise<void> {
    const names = (await readdir(this.folder)).filter((name) => name.endsWith('.json')).sort();
    for (const name of names) {
      this.#mails.push(JSON.parse(await readFile(join(this.folder, name), 'utf8')) as CaughtMail);
    }
    await this.#forgetOldest();
  }

  async add(raw: Buffer, envelope: Envelope): Promise<CaughtMail> {
    const receivedAt = Date.now();
    this.#counter += 1;
    const order = String(this.#counter).padStart(6, '0');
    const mail = await parse(raw, `${receivedAt}-${order}`, receivedAt, envelope);
    const file = join(this.folder, `${mail.id}.json`);
    // Written aside and renamed: a crash in between leaves no half a mail.
    await writeFile(`${file}.new`, JSON.stringify(mail), { mode: 0o600 });
    await rename(`${file}.new`, file);
    this.#mails.push(mail);
    await this.#forgetOldest();
    return mail;
  }

  async #forgetOldest(): Promise<void> {
    while (this.#mails.length > KEPT_MAILS) {
      const oldest = this.#mails.shift();
      if (oldest) await rm(join(this.folder, `${oldest.id}.json`), { force: true });
    }
  }

  /** The newest first. */
  list(): CaughtMail[] {
    return this.#mails.toReversed();
  }

  find(id: string): CaughtMail | undefined {
    return this.#mails.find((mail) => mail.id === id);
  }
}
