/** The SMTP side: takes every mail for everybody, unless it was told to have a bad day. */
import type { Readable } from 'node:stream';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import type { CaughtMails } from './caught.mail.js';

/** Notifications are a few KB; a mail with a letter attached stays below. */
const MAIL_BYTES = 20 * 1024 * 1024;

/** `temporary`: 451, try again; `permanent`: 550, never; `silent`: hangs up without an answer. */
export type Trouble = 'temporary' | 'permanent' | 'silent';

export interface TroubleBook {
  /** How often the next mails meet this trouble; it wears off. */
  next: { readonly kind: Trouble; left: number } | undefined;
}

function refusal(kind: 'temporary' | 'permanent'): Error {
  const responseCode = kind === 'temporary' ? 451 : 550;
  const said = kind === 'temporary' ? '4.3.0 Try again later' : '5.1.1 No such mailbox';
  return Object.assign(new Error(said), { responseCode });
}

function takeTrouble(book: TroubleBook): Trouble | undefined {
  if (book.next === undefined || book.next.left <= 0) return undefined;
  book.next.left -= 1;
  return book.next.kind;
}

async function read(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function envelopeOf(session: SMTPServerSession) {
  const { mailFrom, rcptTo } = session.envelope;
  const from = mailFrom === false ? '' : mailFrom.address;
  return { from, to: rcptTo.map(({ address }) => address) };
}

export function createIntake(mails: CaughtMails, book: TroubleBook): SMTPServer {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    size: MAIL_BYTES,
    onAuth: (auth, _session, done) => done(null, { user: auth.username ?? 'anyone' }),
    onData: (stream, session, done) => {
      const take = async (): Promise<void> => {
        const raw = await read(stream);
        if (stream.sizeExceeded) throw Object.assign(new Error('Too large'), { responseCode: 552 });
        const trouble = takeTrouble(book);
        if (trouble === 'silent') throw Object.assign(new Error('Closing'), { responseCode: 421 });
        if (trouble !== undefined) throw refusal(trouble);
        await mails.add(raw, envelopeOf(session));
      };
      take().then(
        () => done(),
        (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
      );
    },
  });
  // A client that hangs up in the middle is its own business; the catcher stays.
  server.on('error', (error) => console.error(`mail-catcher: ${error.message}`));
  return server;
}
