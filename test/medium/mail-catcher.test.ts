/** The mail catcher: takes mails, shows them, keeps few, and refuses them when a test says so. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createTransport } from 'nodemailer';
import { type MailCatcher, startMailCatcher } from '../../tools/mail-catcher/catcher.server.js';

let dir: string;
let catcher: MailCatcher;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'liaison-mail-'));
  catcher = await startMailCatcher({ smtpPort: 0, httpPort: 0, dir });
});
afterEach(async () => {
  await catcher.close();
  await rm(dir, { recursive: true });
});

const send = async (subject: string): Promise<unknown> =>
  createTransport(catcher.smtpUrl).sendMail({
    from: 'liaison@localhost',
    to: 'gp@ville.example',
    subject,
    messageId: '<n1@liaison>',
    text: 'Un élément vous attend : <b>ouvrez</b> Liaison.',
  });

test('a mail is caught, listed as JSON and shown as text', async () => {
  await send('Vous avez une demande é');
  const [mail] = (await (await fetch(`${catcher.url}/mails`)).json()) as { id: string }[];
  expect(mail).toMatchObject({
    to: ['gp@ville.example'],
    subject: 'Vous avez une demande é',
    messageId: '<n1@liaison>',
  });
  const page = await (await fetch(catcher.url)).text();
  expect(page).toContain('Vous avez une demande é');
  expect(page).toContain('&lt;b&gt;ouvrez');
  expect((await fetch(`${catcher.url}/mails/${mail?.id ?? ''}`)).status).toBe(200);
  expect((await fetch(`${catcher.url}/mails/../../etc`)).status).toBe(404);
});

test('mails are there again after a restart, newest first', async () => {
  await send('un');
  await send('deux');
  await catcher.close();
  catcher = await startMailCatcher({ smtpPort: 0, httpPort: 0, dir });
  expect(catcher.mails().map(({ subject }) => subject)).toEqual(['deux', 'un']);
});

test('it refuses as often as it was told to, then takes mail again', async () => {
  catcher.trouble('temporary', 1);
  await expect(send('a')).rejects.toMatchObject({ responseCode: 451 });
  await send('b');
  catcher.trouble('permanent', 1);
  await expect(send('c')).rejects.toMatchObject({ responseCode: 550 });
  catcher.trouble('silent', 1);
  await expect(send('d')).rejects.toMatchObject({ responseCode: 421 });
  await send('e');
  expect(catcher.mails().map(({ subject }) => subject)).toEqual(['e', 'b']);
});

test('a taken port is an error and leaves nothing open', async () => {
  const smtpPort = Number(new URL(catcher.smtpUrl).port);
  await expect(startMailCatcher({ smtpPort, httpPort: 0, dir })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});
