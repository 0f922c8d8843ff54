/** Pushes, as a browser's own key opens them, and what happens where no browser is reached. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { CircleId, PersonId, Uuid } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { USUAL_SETTINGS, type TellingChannel } from '@liaison/contract/notification-settings';
import { createECDH, randomBytes } from 'node:crypto';
import { leave } from '../../src/notifications/leaving.js';
import { sealedPush } from '../../src/notifications/push.envelope.js';
import { PushKey } from '../../src/notifications/push.key.js';
import { PushRows } from '../../src/notifications/push.rows.js';
import { IdentityLogs } from '../../src/devices/identity.logs.js';
import { PushSender } from '../../src/notifications/push.sender.js';
import { isInside, isPushAddress } from '../../src/notifications/push.services.js';
import { SettingsRows } from '../../src/notifications/settings.rows.js';
import { ManualClock } from '../../src/platform/clock/manual.clock.js';
import { Log } from '../../src/platform/logger/log.js';
import { PushReceiver, vapidOf } from '../support/push.receiver.js';
import { testConfig } from '../support/test-config.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const bytes = (text: string) => Buffer.from(text, 'base64url');
const nobody = '00000000-0000-4000-8000-000000000000' as Uuid;
const id = () => randomBytes(32).toString('base64url');

test('the example of RFC 8291 is sealed to its very bytes', () => {
  const own = createECDH('prime256v1');
  own.setPrivateKey(bytes('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw'));
  const p256dh = bytes(
    'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  );
  const target = { p256dh, auth: bytes('BTBZMqHH6r4Tts7J_aSIgg') };
  const message = Buffer.from('When I grow up, I want to be a watermelon');
  const chosen = { own, salt: bytes('DGv6ra1nlYgDCS1FRnbzlw') };
  expect(sealedPush(message, target, message.length, chosen).toString('base64url')).toBe(
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS' +
      '6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_' +
      'Qulcy4a-fN',
  );
});

describe('an address', () => {
  const config = (mode: 'embedded' | 'production', ...pushServices: string[]) =>
    testConfig({ url: '' } as TestDatabase, { mode, pushServices });
  const known = config('production', 'fcm.googleapis.com', '*.push.services.mozilla.com');

  test.each([
    'https://fcm.googleapis.com/fcm/send/abc',
    'https://updates.push.services.mozilla.com/wpush/v2/abc',
  ])('of a known service is asked: %s', (address) => {
    expect(isPushAddress(address, known)).toBe(true);
  });

  test.each([
    'http://fcm.googleapis.com/fcm/send/abc',
    'https://fcm.googleapis.com:8443/abc',
    'https://user@fcm.googleapis.com/abc',
    'https://fcm.googleapis.com.evil.example/abc',
    'https://evilpush.services.mozilla.com.example/',
    'https://push.services.mozilla.com/',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
    'nothing',
  ])('of anything else is not: %s', (address) => {
    expect(isPushAddress(address, known)).toBe(false);
  });

  test('of this machine is asked where an operator tries it out, never in production', () => {
    const local = 'http://127.0.0.1:4000';
    expect(isPushAddress(`${local}/one`, config('embedded', local))).toBe(true);
    expect(isPushAddress(`${local}/one`, config('production', local))).toBe(false);
  });

  test.each([
    ['10.1.2.3', 4, true],
    ['172.31.0.1', 4, true],
    ['127.0.0.1', 4, true],
    ['169.254.169.254', 4, true],
    ['142.250.75.234', 4, false],
    ['::1', 6, true],
    ['fd00::1', 6, true],
    ['::ffff:10.0.0.1', 6, true],
    ['2a00:1450:4007::200a', 6, false],
  ])('to which a name leads, %s, is inside a network: %#', (address, family, inside) => {
    expect(isInside(address, family)).toBe(inside);
  });
});

describe('a push', () => {
  let fixture: TestDatabase;
  let service: PushReceiver;
  let rows: PushRows;
  let sender: PushSender;
  let clock: ManualClock;

  beforeAll(async () => {
    fixture = await createTestDatabase();
    service = await PushReceiver.open();
    rows = new PushRows(fixture.database);
  });

  afterAll(async () => {
    await service.close();
    await fixture.close();
  });

  beforeEach(() => {
    service.status = 201;
    clock = new ManualClock(Date.now() + 60_000);
    const config = testConfig(fixture, { pushServices: [service.origin] });
    const key = new PushKey(fixture.database, config, clock);
    const settings = new SettingsRows(fixture.database);
    const { database } = fixture;
    sender = new PushSender(
      config,
      database,
      rows,
      settings,
      key,
      new IdentityLogs(),
      clock,
      Log.create('silent'),
    );
  });

  /** Somebody with a browser and an address, of whom something is due. */
  async function awaited(channels: readonly TellingChannel[] = ['push', 'mail']) {
    const [person, circle] = [id() as PersonId, id() as CircleId];
    const name = person.slice(0, 8);
    await rows.subscribe(person, service.subscription(name), 1);
    await fixture.database.query('INSERT INTO mail_preferences VALUES ($1, $2, $3)', [
      ...[person, 'a@cabinet.test', 'fr'],
    ]);
    const lead = { person, circle, reason: 'handoff-offered', urgency: 'urgent' } as const;
    const settings = { ...USUAL_SETTINGS, channels: [...channels] };
    const leaving = await fixture.database.transaction((transaction) =>
      leave(transaction, [lead, { ...lead, reason: 'mentioned' }], settings, 7),
    );
    return { person, circle, name, leaving, push: leaving.pushes[0] ?? nobody };
  }

  const stateOf = async (push: Uuid) =>
    (
      await fixture.database.query('SELECT sent_at, attempts, refusal FROM pushes WHERE id = $1', [
        push,
      ])
    )[0];

  test('says that something waits, opened by the browser’s own key, and has one size', async () => {
    const { circle, name, push, leaving, person } = await awaited();
    expect(leaving.mails).toEqual([]);
    expect(await sender.send(push)).toEqual([]);
    const message = { v: 1, id: push, reason: 'handoff-offered', circle, others: 1 };
    expect(service.opened(name)).toEqual([{ ...message, language: 'fr' }]);
    const [got] = service.received.filter(({ path }) => path === `/${name}`);
    expect(got?.body).toHaveLength(86 + LIMITS.pushPaddedBytes.value + 17);
    expect(got?.body.includes(circle)).toBe(false);
    expect(got?.headers).toMatchObject({ urgency: 'high', 'content-encoding': 'aes128gcm' });
    expect(vapidOf(got?.headers ?? {})).toMatchObject({
      aud: service.origin,
      sub: 'mailto:operator@localhost',
    });
    expect(JSON.stringify(got?.headers)).not.toContain(person);
    expect(await stateOf(push)).toMatchObject({ sent_at: clock.now(), refusal: null });
  });

  test('asked for twice leaves once; sent again after a crash it has the same id', async () => {
    const { name, push } = await awaited();
    await Promise.all([sender.send(push), sender.send(push)]);
    expect(service.opened(name)).toHaveLength(1);
    await fixture.database.query('UPDATE pushes SET sent_at = NULL WHERE id = $1', [push]);
    await sender.send(push);
    const ids = service.opened(name).map((message) => (message as { id: string }).id);
    expect(ids).toEqual([push, push]);
    const topics = service.received.filter(({ path }) => path === `/${name}`);
    expect(new Set(topics.map(({ headers }) => headers['topic'])).size).toBe(1);
  });

  test('to a browser that is no more goes by mail at once, and the browser is forgotten', async () => {
    const { person, push } = await awaited();
    service.status = 410;
    expect(await sender.send(push)).toHaveLength(1);
    expect(await stateOf(push)).toMatchObject({ sent_at: null, refusal: 'nobody-reached' });
    const left = await fixture.database.query(
      'SELECT 1 FROM push_subscriptions WHERE person_id = $1',
      [person],
    );
    expect(left).toEqual([]);
    expect(await sender.send(push)).toEqual([]);
  });

  test('that no service takes is tried again for a minute, then goes by mail, once', async () => {
    const { push } = await awaited();
    service.status = 503;
    const mails: Uuid[] = [];
    for (let attempt = 0; attempt < LIMITS.pushAttempts.value; attempt++) {
      expect(await sender.due()).toContain(push);
      mails.push(...(await sender.send(push)));
      expect(await sender.due()).not.toContain(push);
      clock.advance(LIMITS.pushPauseMs.value * 2 ** attempt);
    }
    expect(mails).toHaveLength(1);
    expect(await sender.due()).not.toContain(push);
  });

  test('is not asked for by whoever wants mail only, or has no browser', async () => {
    const { leaving } = await awaited(['mail']);
    expect(leaving).toMatchObject({ pushes: [], mails: [expect.any(String)] });
    expect((await awaited([])).leaving).toEqual({ pushes: [], mails: [] });
  });

  test('reaches so many browsers of one person and no more; the oldest goes', async () => {
    const person = id() as PersonId;
    for (let n = 0; n <= LIMITS.pushSubscriptions.value; n++) {
      await rows.subscribe(person, service.subscription(`many-${String(n)}`), n);
    }
    const kept = await fixture.database.query<{ endpoint: string }>(
      'SELECT endpoint FROM push_subscriptions WHERE person_id = $1 ORDER BY at',
      [person],
    );
    expect(kept).toHaveLength(LIMITS.pushSubscriptions.value);
    expect(kept[0]?.endpoint).toBe(`${service.origin}/many-1`);
  });
});
