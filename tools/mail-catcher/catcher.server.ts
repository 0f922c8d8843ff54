/**
 * A mail server that delivers to nobody: what the product sends during development and tests is
 * caught, shown on a page and given as JSON. It listens on this machine only.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CaughtMail, CaughtMails } from './caught.mail.js';
import { mailPage } from './mail.page.js';
import { createIntake, type Trouble, type TroubleBook } from './smtp.intake.js';

export interface MailCatcherOptions {
  /** 0 takes a free one. */
  readonly smtpPort: number;
  readonly httpPort: number;
  readonly dir: string;
  readonly host?: string;
}

export interface MailCatcher {
  readonly url: string;
  readonly smtpUrl: string;
  mails(): CaughtMail[];
  /** The next `times` mails meet this trouble; 0 ends it. */
  trouble(kind: Trouble, times: number): void;
  close(): Promise<void>;
}

const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
};

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { ...HEADERS, 'content-type': `${type}; charset=utf-8` });
  response.end(body);
}

function answer(mails: CaughtMails, request: IncomingMessage, response: ServerResponse): void {
  const { pathname } = new URL(request.url ?? '/', 'http://catcher.invalid');
  if (request.method !== 'GET') send(response, 405, 'text/plain', 'GET only');
  else if (pathname === '/') send(response, 200, 'text/html', mailPage(mails.list()));
  else if (pathname === '/mails') {
    send(response, 200, 'application/json', JSON.stringify(mails.list()));
  } else {
    const mail = /^\/mails\/([\w-]+)$/.exec(pathname)?.[1];
    const found = mail === undefined ? undefined : mails.find(mail);
    if (found) send(response, 200, 'application/json', JSON.stringify(found));
    else send(response, 404, 'text/plain', 'Not found');
  }
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return (server.address() as AddressInfo).port;
}

async function closeHttp(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}

/** `SMTPServer` wraps a net.Server, whose events and address are what is needed here. */
async function listenSmtp(intake: ReturnType<typeof createIntake>, port: number, host: string) {
  await new Promise<void>((resolve, reject) => {
    intake.server.once('error', reject);
    intake.listen(port, host, resolve);
  });
  return (intake.server.address() as AddressInfo).port;
}

export async function startMailCatcher(options: MailCatcherOptions): Promise<MailCatcher> {
  const host = options.host ?? '127.0.0.1';
  const mails = await CaughtMails.open(options.dir);
  const book: TroubleBook = { next: undefined };
  const http = createServer((request, response) => answer(mails, request, response));
  const httpPort = await listen(http, options.httpPort, host);
  const intake = createIntake(mails, book);
  const smtpPort = await listenSmtp(intake, options.smtpPort, host).catch(
    async (error: unknown) => {
      // A taken SMTP port must not leave the page's port open and the process alive.
      await closeHttp(http);
      throw error;
    },
  );
  return {
    url: `http://${host}:${httpPort}`,
    smtpUrl: `smtp://${host}:${smtpPort}`,
    mails: () => mails.list(),
    trouble: (kind, left) => void (book.next = { kind, left }),
    close: async () => {
      await new Promise<void>((resolve) => intake.close(resolve));
      await closeHttp(http);
    },
  };
}
