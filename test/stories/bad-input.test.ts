/**
 * What valid sessions may not send: each gives its own code with a sentence in French and English,
 * repeats nothing of what was sent, and leaves no trace in the tables.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { ERRORS, type ErrorCode } from '@liaison/contract/errors';
import type { CircleId } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { REQUEST_MARK } from '@liaison/contract/session';
import { io, type Socket } from 'socket.io-client';
import parser from 'socket.io-msgpack-parser';
import { eventually } from '../support/eventually.js';
import { altered, type Answer, Forger } from '../support/forger.js';
import { discharge } from '../support/discharge.js';
import { type People, type Player, World } from '../support/world.js';

/** What must not grow by a refusal; sessions, the audit of refusals and its queue may. */
const TABLES = [
  'items',
  'circles',
  'circle_members',
  'epoch_copies',
  'identity_statements',
  'lanes',
  'attachments',
  'handoffs',
  'handoff_addressees',
  'notifications',
  'mails',
  'mail_preferences',
] as const;

let world: World;
let people: People;
let nurse: Forger;
let gp: Forger;
let stranger: Forger;
let channel: CircleId;
let handoff: CircleId;
let before: Record<string, number>;

async function rowCounts(): Promise<Record<string, number>> {
  const all = TABLES.map((table) => `(SELECT count(*) FROM ${table})::int AS ${table}`);
  const [row] = await world.fixture.database.query<Record<string, number>>(
    `SELECT ${all.join(', ')}, (SELECT sum(k)::int FROM circle_heads) AS heads`,
  );
  return row ?? {};
}

/** Receipts of lanes are collected for a moment before they are stated. */
const quiet = (): Promise<void> => pause(3 * LIMITS.laneDelayMs.value);

const forger = ({ liaison, http, team }: Player): Forger => new Forger(liaison, http, team);

beforeAll(async () => {
  world = await World.open();
  people = await world.people();
  [nurse, gp] = [forger(people.nurse), forger(people.gp)];
  stranger = forger(people.pharmacist);
  const { team } = people.nurse;
  channel = await people.nurse.liaison.createChannel('Sorties', [team, people.gp.team]);
  handoff = await people.nurse.liaison.sendHandoff(discharge(people.nurse, [people.gp]));
  await people.nurse.liaison.post(channel, 'Bonjour', []);
  await eventually(async () => {
    const [message] = await people.gp.liaison.messages(channel);
    expect(message?.text.state).toBe('open');
    expect((await people.gp.liaison.handoff(handoff))?.letter.state).toBe('open');
    expect((await people.gp.liaison.notifications()).length).toBeGreaterThan(0);
  }, 30_000);
  await quiet();
}, 180_000);

afterAll(async () => {
  await world.close();
}, 30_000);

beforeEach(async () => {
  before = await rowCounts();
});

afterEach(async () => {
  expect(await rowCounts()).toEqual(before);
});

function refused(answer: Answer, code: ErrorCode, detail?: RegExp): void {
  expect({ code: answer.body.code, status: answer.status }).toEqual({
    code,
    status: ERRORS[code].status,
  });
  expect(answer.body.title).toBe(ERRORS[code].en);
  expect(ERRORS[code].fr.length).toBeGreaterThan(20);
  expect(ERRORS[code].fr).not.toBe(ERRORS[code].en);
  expect(answer.text).not.toContain('Zélie');
  if (detail !== undefined) expect(answer.text).toMatch(detail);
}

describe('requests', () => {
  test('a field that the route does not know', async () => {
    const body = { items: [], surprise: 'Zélie' };
    refused(await nurse.call('POST', '/api/submissions', body), 'request_invalid', /body.surprise/);
    const item = { ...(await nurse.message(channel)), surprise: 1 };
    refused(await nurse.submit(item), 'request_invalid', /body.items.0.surprise/);
    refused(await nurse.call('GET', '/api/circles?surprise=1'), 'request_invalid');
  });

  test('a value of another type', async () => {
    refused(await nurse.call('POST', '/api/submissions', { items: 'Zélie' }), 'request_invalid');
    refused(await nurse.call('POST', '/api/submissions', '{"items":'), 'request_invalid');
    refused(await nurse.call('GET', `/api/circles/${channel}/items?after=x`), 'request_invalid');
    refused(await nurse.call('GET', '/api/circles/not-an-id/items?after=0'), 'request_invalid');
  });

  test('characters that no table keeps, and numbers that no column holds', async () => {
    const card = { name: 'Zélie\u0000', finess: null, category: 'practice', town: 'Laon' };
    refused(await nurse.call('PUT', `/api/teams/${channel}/card`, card), 'request_invalid', /name/);
    const invitation = { text: '{}', signature: 'A'.repeat(86), name: 'Zélie\u0000' };
    refused(await nurse.call('POST', '/api/invitations', invitation), 'request_invalid', /name/);
    const login = { nonce: 'a'.repeat(64), returnTo: '/\u0000' };
    refused(await nurse.call('POST', '/api/auth/login', login), 'request_invalid', /returnTo/);
    const beyond = Number.MAX_SAFE_INTEGER;
    const copies = `/api/circles/${channel}/copies?fromEpoch=${beyond}`;
    refused(await nurse.call('GET', copies), 'request_invalid', /fromEpoch/);
    const asked = [{ person: people.gp.person, from: beyond }];
    const query = await nurse.call('POST', '/api/identities/query', { people: asked });
    refused(query, 'request_invalid', /from/);
  });

  test('one person asked for many times at once', async () => {
    const one = { person: people.gp.person, from: 0 };
    const many = Array.from({ length: LIMITS.identityQuery.value }, () => one);
    const answer = await nurse.call('POST', '/api/identities/query', { people: many });
    refused(answer, 'request_invalid', /people/);
    expect(answer.text.length).toBeLessThan(10_000);
  });

  test('a body that is too large, whole or sealed', async () => {
    const huge = JSON.stringify({ items: [], filler: 'x'.repeat(LIMITS.requestBytes.value) });
    refused(await nurse.call('POST', '/api/submissions', huge), 'request_too_large');
    const item = await nurse.message(channel);
    const body = Buffer.alloc(LIMITS.bodyBytes.value + 30).toString('base64url');
    const answer = await nurse.submit({ ...item, body: body as typeof item.body });
    refused(answer, 'request_too_large');
  });

  test('a mail address that is none', async () => {
    for (const address of ['Zélie', 'a@', '@b.fr', 'a b@c.fr']) {
      const answer = await nurse.call('PUT', '/api/notifications/mail', {
        address,
        language: 'fr',
      });
      refused(answer, 'address_invalid');
    }
  });

  test('no session, a session that was never one, and one that has ended', async () => {
    const path = `/api/circles/${channel}/items?after=-1`;
    refused(await nurse.call('GET', path, undefined, { cookie: '' }), 'not_signed_in');
    const cookies = people.idel.http.cookies?.() ?? '';
    const [name] = cookies.split('=');
    const made = { cookie: `${name}=${'A'.repeat(43)}` };
    refused(await nurse.call('GET', path, undefined, made), 'session_expired');
    const idel = forger(people.idel);
    const { database } = world.fixture;
    const mine =
      "account_id = (SELECT account_id FROM accounts WHERE national_id = '899970000057')";
    await database.query(`UPDATE sessions SET ends_at = 1 WHERE ${mine}`);
    refused(await idel.call('GET', '/api/circles'), 'session_expired');
    refused(await idel.submit(await nurse.message(channel)), 'session_expired');
  });
});

describe('items', () => {
  test('an altered signature, an altered text, an altered body', async () => {
    const item = await nurse.message(channel);
    refused(await nurse.submit(altered(item)), 'signature_invalid');
    const text = item.text.replace('"critical":false', '"critical":true');
    refused(await nurse.submit({ ...item, text }), 'signature_invalid');
    const body = Buffer.from(item.body ?? '', 'base64url');
    body[40] = (body[40] ?? 0) ^ 1;
    const bent = body.toString('base64url') as typeof item.body;
    refused(await nurse.submit({ ...item, body: bent }), 'body_mismatch');
    refused(await nurse.submit({ ...item, body: null }), 'body_mismatch');
  });

  test('a header that is not canonical, with unknown fields or other facts', async () => {
    const item = await nurse.message(channel);
    refused(await nurse.submit({ ...item, text: ` ${item.text}` }), 'item_invalid');
    refused(await nurse.submit(nurse.bent(item, () => ({ surprise: 1 }))), 'item_invalid');
    const text = nurse.bent(item, () => ({ facts: { mentions: 'Zélie' } }));
    refused(await nurse.submit(text), 'item_invalid');
    const words = nurse.bent(item, ({ facts }) => ({ facts: { ...facts, text: 'Zélie' } }));
    refused(await nurse.submit(words), 'item_invalid');
    refused(await nurse.submit(nurse.bent(item, () => ({ kind: 'unheard.of' }))), 'item_invalid');
  });

  test('a wrong epoch, a wrong membership head, a history that nobody has', async () => {
    const item = await nurse.message(channel);
    const epoch = nurse.bent(item, (header) => ({ epoch: header.epoch + 1 }));
    refused(await nurse.submit(epoch), 'epoch_stale');
    const members = nurse.bent(item, ({ seen }) => ({ members: seen }));
    refused(await nurse.submit(members), 'members_moved');
    const ahead = nurse.bent(item, ({ seen }) => ({ seen: { ...seen, k: seen.k + 5 } }));
    refused(await nurse.submit(ahead), 'head_unknown');
    const other = nurse.bent(item, ({ seen }) => ({ seen: { ...seen, h: 'A'.repeat(43) } }));
    refused(await nurse.submit(other), 'head_unknown');
  });

  test('a clock far ahead, another installation, a device of nobody', async () => {
    const item = await nurse.message(channel);
    const soon = Date.now() + 2 * LIMITS.clockSkewMs.value;
    refused(await nurse.submit(nurse.bent(item, () => ({ at: soon }))), 'clock_skew');
    const origin = 'https://liaison.example';
    refused(await nurse.submit(nurse.bent(item, () => ({ origin }))), 'origin_mismatch');
    const device = 'A'.repeat(43);
    refused(await nurse.submit(nurse.bent(item, () => ({ device }))), 'device_unknown');
  });

  test('an item of somebody else, sent by oneself', async () => {
    refused(await gp.submit(await nurse.message(channel)), 'not_allowed');
    const item = gp.bent(await nurse.message(channel), () => ({ author: people.gp.person }));
    refused(await gp.submit(item), 'device_unknown');
  });

  test('words that are too long for anybody to open', async () => {
    const { liaison } = people.nurse;
    const long = 'é'.repeat(LIMITS.textLength.value + 1);
    const draft = discharge(people.nurse, [people.gp]);
    const letter = { ...draft.letter, synthesis: long };
    const sent = liaison.sendHandoff({ ...draft, letter });
    await expect(sent).rejects.toMatchObject({ code: 'request_too_large' });
    expect((await liaison.drafts()).map(({ id }) => id)).toContain(draft.id);
    await liaison.dropDraft(draft.id);
    const id = await liaison.post(channel, long, []);
    await eventually(async () => {
      const message = (await liaison.messages(channel)).find((one) => one.id === id);
      expect(message).toMatchObject({ delivery: 'refused', refusal: 'request_too_large' });
    });
  });

  test('a letter that lacks a rubric, with no reason for it', async () => {
    const draft = discharge(people.nurse, [people.gp]);
    const letter = { ...draft.letter, synthesis: '' };
    const sent = people.nurse.liaison.sendHandoff({ ...draft, letter });
    await expect(sent).rejects.toMatchObject({ code: 'letter_incomplete' });
    await people.nurse.liaison.dropDraft(draft.id);
    const file = await nurse.fileOf(handoff);
    const facts = { missing: ['synthesis'], incompleteReason: null, attachments: [] };
    const filed = nurse.bent(await nurse.message(file), () => {
      return { kind: 'letter.filed', critical: true, facts };
    });
    refused(await nurse.submit(filed), 'letter_incomplete');
  });

  test('a step that the life of a handoff does not allow', async () => {
    // The sender cannot answer for the addressee, nor the addressee end what others began.
    const facts = { addressee: people.gp.team };
    const answer = await nurse.entry(handoff, 'handoff.accepted', facts, { note: 'Zélie' });
    refused(await nurse.submit(answer), 'item_not_allowed');
    const end = await gp.entry(handoff, 'handoff.closed', {}, { note: '' });
    refused(await gp.submit(end), 'item_not_allowed');
  });
});

describe('what was taken already', () => {
  test('sent again it changes nothing; bent, reordered or elsewhere it is refused', async () => {
    const [first, second] = [await gp.message(channel), await gp.message(channel)];
    const taken = await gp.submit(second);
    expect(taken.status).toBe(200);
    await quiet();
    before = await rowCounts();
    // Signed before it and sent after it: as if the device had gone back in time.
    refused(await gp.submit(first), 'counter_reused');
    const again = await gp.submit(second);
    expect(again.body.receipts).toEqual(taken.body.receipts);
    const reused = gp.bent(second, ({ n }) => ({ n: n + 7 }));
    refused(await gp.submit(reused), 'item_id_reused');
    const earlier = gp.bent(await gp.message(channel), () => ({ n: 0 }));
    refused(await gp.submit(earlier), 'counter_reused');
    const elsewhere = await gp.fileOf(handoff);
    const moved = gp.bent(second, () => ({ circle: elsewhere }));
    const { status } = await gp.submit(moved);
    expect(status).toBeGreaterThanOrEqual(400);
  });
});

describe('circles of others', () => {
  test('whoever is no member is told that there is no such circle', async () => {
    const item = await nurse.message(channel);
    const { pharmacist } = people;
    const own = stranger.bent(item, () => ({ author: pharmacist.person }));
    refused(await stranger.submit(own), 'device_unknown');
    const { liaison } = pharmacist;
    const mine = await liaison.createChannel('À part', [pharmacist.team]);
    await quiet();
    before = await rowCounts();
    const there = stranger.bent(await stranger.message(mine), () => ({ circle: channel }));
    refused(await stranger.submit(there), 'circle_unknown');
    for (const what of ['items', 'skeleton']) {
      const answer = await stranger.call('GET', `/api/circles/${channel}/${what}?after=-1`);
      refused(answer, 'circle_unknown');
    }
    refused(await stranger.call('GET', `/api/circles/${channel}/copies`), 'circle_unknown');
    refused(await stranger.call('GET', `/api/circles/${channel}/lanes`), 'circle_unknown');
  });

  test('whoever was removed is told so, and what they had signed before is refused', async () => {
    const { coordinator, pharmacist } = people;
    const team = coordinator.teamId;
    await coordinator.liaison.addToTeam(team, pharmacist.person);
    const shared = await coordinator.liaison.createChannel('Bureau', [coordinator.team]);
    await pharmacist.liaison.refresh();
    const deputy = new Forger(pharmacist.liaison, pharmacist.http, coordinator.team);
    const item = await deputy.message(shared);
    await coordinator.liaison.removeFromTeam(team, pharmacist.person);
    await quiet();
    before = await rowCounts();
    const direct = deputy.bent(item, () => ({ circle: team, team: null }));
    refused(await deputy.submit(direct), 'not_a_member');
    refused(await deputy.submit(item), 'not_a_member');
    refused(await deputy.call('GET', `/api/circles/${shared}/items?after=-1`), 'circle_unknown');
  });
});

describe('the socket and other sites', () => {
  const open = (headers: Record<string, string>): Socket =>
    io(world.origin, {
      path: '/socket',
      transports: ['websocket'],
      parser,
      reconnection: false,
      forceNew: true,
      extraHeaders: headers,
    });

  const own = () => ({ cookie: people.gp.http.cookies?.() ?? '', origin: world.origin });

  test('whoever says something over the socket is cut off', async () => {
    const socket = open(own());
    await once(socket as never, 'circles');
    socket.emit('item', { text: 'Zélie' });
    const [why] = (await once(socket as never, 'disconnect')) as [string];
    expect(why).toBe('io server disconnect');
  });

  test('a frame that is too large ends the connection', async () => {
    const socket = open(own());
    await once(socket as never, 'circles');
    socket.emit('item', Buffer.alloc(LIMITS.frameBytes.value + 1000));
    await once(socket as never, 'disconnect');
    expect(socket.connected).toBe(false);
  });

  test('a page of another site opens no socket, and none opens without a session', async () => {
    const foreign = open({ ...own(), origin: 'https://elsewhere.example' });
    await once(foreign as never, 'connect_error');
    expect(foreign.connected).toBe(false);
    const nobody = open({ origin: world.origin });
    const [said] = (await once(nobody as never, 'session')) as [unknown];
    expect(said).toEqual({ state: 'closed' });
    await eventually(async () => {
      await Promise.resolve();
      expect(nobody.connected).toBe(false);
    });
  });

  test('a page of another site can post nothing and read nothing', async () => {
    const origin = 'https://elsewhere.example';
    const item = await nurse.message(channel);
    // Without being asked first, a page can send no header of its own.
    const reply = await people.nurse.http({
      method: 'POST',
      path: '/api/submissions',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify({ items: [item] }),
    });
    expect(reply.status).toBe(ERRORS.request_invalid.status);
    const asked = await fetch(`${world.origin}/api/submissions`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': REQUEST_MARK.name,
      },
    });
    expect(asked.headers.get('access-control-allow-origin')).toBeNull();
    const read = await nurse.call('GET', '/api/circles', undefined, { origin });
    expect(read.status).toBe(200);
    const seen = await fetch(`${world.origin}/api/instance`, { headers: { origin } });
    expect(seen.headers.get('access-control-allow-origin')).toBeNull();
    expect(seen.headers.get('cross-origin-resource-policy')).toBe('same-origin');
  });
});
