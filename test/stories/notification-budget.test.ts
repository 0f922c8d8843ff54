/**
 * People say when they may be disturbed and who stands in for them; colleagues learn one word of
 * it, and nobody else a thing.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { USUAL_POLICY } from '@liaison/contract/notification-policy';
import { USUAL_SETTINGS } from '@liaison/contract/notification-settings';
import { alwaysOnCall } from '../support/always-on-call.js';
import { eventually } from '../support/eventually.js';
import { draftOf } from '../support/handoff-draft.js';
import { PushReceiver } from '../support/push.receiver.js';
import { secondDevice } from '../support/second-device.js';
import { type People, World } from '../support/world.js';

const EVER = { from: 0, to: Number.MAX_SAFE_INTEGER };
const GONE = { ...USUAL_SETTINGS, policy: { ...USUAL_POLICY, away: [EVER] } };

let world: World;
let people: People;
let service: PushReceiver;

beforeAll(async () => {
  service = await PushReceiver.open();
  world = await World.open({ pushServices: [service.origin] });
  people = await world.people();
}, 90_000);

afterAll(async () => {
  await world.close();
  await service.close();
});

const mailsTo = (address: string) => world.mails.mails().filter(({ to }) => to.includes(address));

test('whoever says nothing has the usual hours; what they say is kept', async () => {
  const { gp } = people;
  expect(await gp.liaison.notificationSettings()).toEqual(USUAL_SETTINGS);
  const said = { ...alwaysOnCall(), channels: ['mail' as const] };
  await gp.liaison.setNotificationSettings(said);
  expect(await gp.liaison.notificationSettings()).toEqual(said);
});

test('a sender sees that a colleague is free or busy, unless they keep it to themselves', async () => {
  const { nurse, gp } = people;
  await nurse.liaison.sendHandoff(draftOf(nurse, [gp]));
  expect(await nurse.liaison.availability(gp.person)).toBe('free');
  await gp.liaison.setNotificationSettings(GONE);
  expect(await nurse.liaison.availability(gp.person)).toBe('busy');
  await gp.liaison.setNotificationSettings({ ...GONE, showsBusy: false });
  expect(await nurse.liaison.availability(gp.person)).toBe('unsaid');
  const stranger = nurse.liaison.availability('A'.repeat(43) as typeof gp.person);
  expect(await stranger).toBe('unsaid');
});

test('an absent doctor is not disturbed; whoever stands in is told that something waits', async () => {
  const { nurse, gp, idel } = people;
  for (const { liaison } of [gp, idel]) await liaison.setMail('');
  await gp.liaison.setMail('absent@cabinet.example');
  await idel.liaison.setMail('stand-in@cabinet.example');
  await idel.liaison.setNotificationSettings(alwaysOnCall());
  await gp.liaison.setNotificationSettings({ ...GONE, delegate: idel.person });
  const before = Date.now();
  await nurse.liaison.sendHandoff({ ...draftOf(nurse, [gp]), urgency: 'urgent' });
  await eventually(async () => {
    await Promise.resolve();
    expect(mailsTo('stand-in@cabinet.example')).toHaveLength(1);
  }, 30_000);
  const [mail] = mailsTo('stand-in@cabinet.example');
  expect(mail?.subject).toBe('Liaison : une demande attend une personne que vous remplacez');
  expect(JSON.stringify(mail)).not.toContain(gp.person);
  expect(mailsTo('absent@cabinet.example')).toEqual([]);
  const theirs = await idel.liaison.notifications();
  expect(theirs.filter(({ kind }) => kind === 'stand-in')).toMatchObject([{ circle: null }]);
  console.info(`stand-in: told ${((Date.now() - before) / 1000).toFixed(1)} s after the offer`);

  // Back from leave, and on call: what waited is told at once.
  await gp.liaison.setNotificationSettings(alwaysOnCall());
  await eventually(async () => {
    await Promise.resolve();
    expect(mailsTo('absent@cabinet.example')).toHaveLength(1);
  }, 30_000);
}, 90_000);

test('nobody names a stranger, or themselves, as whoever stands in', async () => {
  const { gp } = people;
  const stranger = 'A'.repeat(43) as typeof gp.person;
  for (const delegate of [stranger, gp.person]) {
    const naming = gp.liaison.setNotificationSettings({ ...USUAL_SETTINGS, delegate });
    await expect(naming).rejects.toMatchObject({ code: 'person_unknown' });
  }
});

test('a browser is woken by a push that says nothing of it; once it is gone, the mail goes', async () => {
  const { nurse, pharmacist } = people;
  await pharmacist.liaison.setMail('pharmacist@officine.example');
  await pharmacist.liaison.setNotificationSettings(alwaysOnCall());
  await pharmacist.liaison.subscribePush(service.subscription('pharmacist'));
  const draft = draftOf(nurse, [pharmacist]);
  const id = await nurse.liaison.sendHandoff({ ...draft, urgency: 'urgent' });
  await eventually(async () => {
    await Promise.resolve();
    expect(service.opened('pharmacist')).toHaveLength(1);
  }, 30_000);
  expect(service.opened('pharmacist')).toMatchObject([{ reason: 'handoff-offered', circle: id }]);
  const said = JSON.stringify(service.opened('pharmacist'));
  const { letter, outline } = draft;
  for (const word of [letter.patient.birthName, letter.reason, outline.act, nurse.person]) {
    expect(said).not.toContain(word);
  }
  expect(mailsTo('pharmacist@officine.example')).toEqual([]);

  service.status = 410;
  await nurse.liaison.sendHandoff({ ...draftOf(nurse, [pharmacist]), urgency: 'urgent' });
  await eventually(async () => {
    await Promise.resolve();
    expect(mailsTo('pharmacist@officine.example')).toHaveLength(1);
  }, 30_000);
}, 90_000);

test('a device that its owner ended is never woken again; the mail goes instead', async () => {
  const { nurse, idel } = people;
  service.status = 201;
  await idel.liaison.setMail('home@cabinet.example');
  await idel.liaison.setNotificationSettings(alwaysOnCall());
  const lost = await secondDevice(world, idel, '899970000057');
  await lost.liaison.subscribePush(service.subscription('lost'));
  const urgent = { ...draftOf(nurse, [idel]), urgency: 'urgent' } as const;
  await nurse.liaison.sendHandoff(urgent);
  await eventually(async () => {
    await Promise.resolve();
    expect(service.opened('lost')).toHaveLength(1);
  }, 30_000);
  await idel.liaison.sync();
  const phone = (await idel.liaison.devices()).find(({ here, revokedAt }) => {
    return !here && revokedAt === null;
  });
  if (phone === undefined) throw new Error('The second device is not listed.');
  await idel.liaison.revokeDevice(phone.device);
  await nurse.liaison.sendHandoff({ ...draftOf(nurse, [idel]), urgency: 'urgent' });
  await eventually(async () => {
    await Promise.resolve();
    expect(mailsTo('home@cabinet.example')).toHaveLength(1);
  }, 30_000);
  expect(service.opened('lost')).toHaveLength(1);
  const again = lost.liaison.subscribePush(service.subscription('again'));
  await expect(again).rejects.toMatchObject({ code: 'push_refused' });
}, 90_000);

test('an address that is no push service is refused', async () => {
  const { pharmacist } = people;
  for (const endpoint of ['http://169.254.169.254/', 'https://127.0.0.1/', 'not an address']) {
    const naming = pharmacist.liaison.subscribePush({ ...service.subscription('x'), endpoint });
    await expect(naming).rejects.toMatchObject({ code: 'push_refused' });
  }
});

test('what the server could not pass on is seen and given back by who looks after it', async () => {
  const { coordinator, nurse, pharmacist } = people;
  const payload = {
    type: 'attention.called',
    reason: 'mentioned',
    circle: null,
    people: [pharmacist.person],
  };
  await world.fixture.database.query(
    `INSERT INTO dead_events (consumer, id, payload, recorded_at, cause)
     VALUES ('notifications', 1, $1, clock_timestamp(), 'TypeError')`,
    [JSON.stringify(payload)],
  );
  for (const asked of [nurse.liaison.deadEvents(), nurse.liaison.replayDeadEvents()]) {
    await expect(asked).rejects.toMatchObject({ code: 'not_allowed' });
  }
  const { count, events } = await coordinator.liaison.deadEvents();
  expect(count).toBe(1);
  const row = { consumer: 'notifications', id: 1, type: 'attention.called', cause: 'TypeError' };
  expect(events).toEqual([{ ...row, setAsideAt: expect.any(Number) }]);
  expect(await coordinator.liaison.replayDeadEvents()).toBe(1);
  expect(await coordinator.liaison.deadEvents()).toEqual({ count: 0, events: [] });
  await eventually(async () => {
    const told = await pharmacist.liaison.notifications();
    expect(told.filter(({ kind, circle }) => kind === 'mentioned' && circle === null)).toHaveLength(
      1,
    );
  });
});
