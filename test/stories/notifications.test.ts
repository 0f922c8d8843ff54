/**
 * That something waits reaches people on each of their devices and by mail, says nothing of what,
 * and survives a relay that has a bad day and a worker that dies at its work.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import type { CircleId, MemberId } from '@liaison/contract/ids';
import { Crowd, type Person } from '../support/crowd.js';
import { alwaysOnCall } from '../support/always-on-call.js';
import { discharge as sameDay } from '../support/discharge.js';
import { eventually } from '../support/eventually.js';
import { Processes } from '../support/processes.js';
import { count } from '../support/sent.js';

const GP = '899970000032';
/** Within this time of a deadline both sides are told. */
const PROMISED_MS = 60_000;

let machine: Processes;
let crowd: Crowd;
let nurse: Person;
let gp: Person;
let ward: { team: MemberId };
let practice: { team: MemberId };

beforeAll(async () => {
  machine = await Processes.open();
  crowd = new Crowd(machine.origin);
  const boss = await crowd.invited('boss', await machine.operatorLink('Léonie Fontaine'));
  await boss.liaison.createCommunity('CPTS du Laonnois', '029970071', 'Laon');
  nurse = await crowd.professional('nurse', '899970000016');
  gp = await crowd.professional('gp', GP);
  const unit = { name: 'Cardiologie', finess: '029970014', category: 'hospital-unit' } as const;
  ward = { team: await crowd.settle(boss, nurse, unit) };
  const claim = { name: 'Cabinet du Dr Petit', finess: null, category: 'practice' } as const;
  practice = { team: await crowd.settle(boss, gp, claim) };
  await gp.liaison.setMail('petit@cabinet.example');
  await nurse.liaison.setMail('nadia@hopital.example');
  await nurse.liaison.refresh();
  // Whatever the hour at which this runs: both are on call.
  for (const { liaison } of [nurse, gp]) await liaison.setNotificationSettings(alwaysOnCall());
}, 180_000);

afterAll(async () => {
  await crowd.close();
  await machine.close();
}, 30_000);

/** What may interrupt: the rest waits for a digest, and no test for that. */
const discharge = (...[from, to]: Parameters<typeof sameDay>) => {
  return { ...sameDay(from, to), urgency: 'urgent' as const };
};

const mailsTo = (address: string) => machine.mails.mails().filter(({ to }) => to.includes(address));

const waitingFor = async ({ liaison }: Person, circle: CircleId, kind: string) =>
  (await liaison.notifications()).filter((one) => one.circle === circle && one.kind === kind);

/** Mails that wait for a later attempt leave at the next look instead. */
async function hurryMails(): Promise<void> {
  await machine.ask((database) =>
    database.query('UPDATE mails SET next_at = 0 WHERE sent_at IS NULL'),
  );
}

test('an offer is told once in the application and by a mail that says nothing of it', async () => {
  const wish = discharge(ward, [practice]);
  const id = await nurse.liaison.sendHandoff(wish);
  await eventually(async () => {
    expect(await waitingFor(gp, id, 'handoff-offered')).toHaveLength(1);
    expect(mailsTo('petit@cabinet.example')).toHaveLength(1);
  }, 30_000);
  const [mail] = mailsTo('petit@cabinet.example');
  const said = JSON.stringify(mail);
  const { letter, outline } = wish;
  const words = [letter.patient.birthName, letter.reason, letter.synthesis, outline.act];
  for (const word of [...words, 'Cardiologie', 'Laon', id, gp.person, nurse.person]) {
    expect(said).not.toContain(word);
  }
  expect(mail?.subject).toBe('Liaison : une demande attend votre réponse');
  expect(mail?.text).toContain(machine.origin);
  expect(mail?.messageId).toMatch(/^<[0-9a-f-]{36}@localhost>$/);
  // Whoever acts is not told of their own act.
  expect(await waitingFor(nurse, id, 'handoff-offered')).toEqual([]);
}, 60_000);

test('a relay that refuses is asked again, with the same Message-ID', async () => {
  const before = mailsTo('petit@cabinet.example').length;
  machine.mails.trouble('temporary', 1);
  await nurse.liaison.sendHandoff(discharge(ward, [practice]));
  const failed = async () => machine.ask((database) => count(database, 'mails WHERE attempts > 0'));
  await eventually(async () => {
    expect(await failed()).toBe(1);
  }, 30_000);
  expect(mailsTo('petit@cabinet.example')).toHaveLength(before);
  const ids = () =>
    machine.ask((database) =>
      database.query<{ id: string }>('SELECT id FROM mails WHERE sent_at IS NULL'),
    );
  const [waiting] = await ids();
  machine.mails.trouble('silent', 1);
  await hurryMails();
  await eventually(async () => {
    const twice = await machine.ask((database) => count(database, 'mails WHERE attempts = 2'));
    expect(twice).toBe(1);
  }, 30_000);
  await hurryMails();
  await eventually(async () => {
    await Promise.resolve();
    expect(mailsTo('petit@cabinet.example')).toHaveLength(before + 1);
  }, 30_000);
  expect(mailsTo('petit@cabinet.example')[0]?.messageId).toBe(`<${waiting?.id}@localhost>`);
}, 120_000);

test('a worker killed at its work sends each mail once and doubles no notification', async () => {
  const sent: CircleId[] = [];
  for (const waitMs of [0, 60, 200]) {
    const before = mailsTo('petit@cabinet.example').length;
    sent.push(await nurse.liaison.sendHandoff(discharge(ward, [practice])));
    await pause(waitMs);
    await machine.kill('worker');
    await machine.start('worker');
    await eventually(async () => {
      await Promise.resolve();
      expect(mailsTo('petit@cabinet.example').length).toBeGreaterThan(before);
    }, 60_000);
  }
  await eventually(async () => {
    const left = await machine.ask((database) => count(database, 'mails WHERE sent_at IS NULL'));
    expect(left).toBe(0);
  }, 30_000);
  for (const id of sent) expect(await waitingFor(gp, id, 'handoff-offered')).toHaveLength(1);
  const mails = mailsTo('petit@cabinet.example');
  const rows = await machine.ask((database) =>
    count(database, "mails WHERE reason = 'handoff-offered'"),
  );
  const distinct = new Set(mails.map(({ messageId }) => messageId));
  expect(distinct.size).toBe(rows);
  console.info(
    `notifications: ${rows} mails to send, ${mails.length} taken by the relay, ` +
      `${distinct.size} by Message-ID, across 3 kills of the worker`,
  );
}, 180_000);

test('a refusal reaches the sender; what is read on one device is read on the other', async () => {
  const id = await nurse.liaison.sendHandoff(discharge(ward, [practice]));
  await gp.liaison.sync();
  await gp.liaison.decline(id, practice.team, 'no-capacity', 'Complet');
  await eventually(async () => {
    expect(await waitingFor(nurse, id, 'handoff-declined')).toHaveLength(1);
    expect(mailsTo('nadia@hopital.example').map(({ subject }) => subject)).toContain(
      'Liaison : une demande a été déclinée et attend votre décision',
    );
  }, 30_000);
  const tablet = await crowd.further(gp, GP);
  const [one] = await waitingFor(gp, id, 'handoff-offered');
  if (one === undefined) throw new Error('Nothing waits.');
  expect(one.readAt).toBeNull();
  await gp.liaison.notificationsRead([one.id]);
  const [seen] = await waitingFor(tablet, id, 'handoff-offered');
  expect(seen?.readAt).not.toBeNull();
}, 90_000);

test('what nobody answers in time is told to both sides within the promised minute', async () => {
  const due = Date.now() + 3000;
  const id = await nurse.liaison.sendHandoff({ ...discharge(ward, [practice]), due });
  await eventually(async () => {
    expect(await waitingFor(nurse, id, 'handoff-late')).toHaveLength(1);
    expect(await waitingFor(gp, id, 'handoff-late')).toHaveLength(1);
  }, PROMISED_MS);
  const lateMs = Date.now() - due;
  console.info(`overdue: both sides were told ${(lateMs / 1000).toFixed(1)} s after the deadline`);
  expect(lateMs).toBeLessThan(PROMISED_MS);
  // The clients say so themselves, without being told.
  for (const { liaison } of [nurse, gp]) {
    expect((await liaison.handoff(id))?.addressees[0]?.overdue).toBe(true);
  }
  await pause(6000);
  expect(await waitingFor(gp, id, 'handoff-late')).toHaveLength(1);
}, 120_000);
