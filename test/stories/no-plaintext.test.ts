/**
 * No plaintext at the server: what people typed is searched in everything that it keeps, writes
 * down or sends, in every form in which programs write, and is nowhere. The search itself is shown
 * to find each form where it was planted.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { byteMarker, findMarkers, formsOf, textMarker } from '../support/markers.js';
import { type Play, playMarked } from '../support/marked.play.js';
import { eventually } from '../support/eventually.js';
import { Processes } from '../support/processes.js';
import { PushReceiver } from '../support/push.receiver.js';
import { filesIn, placesOf, plainly } from '../support/server.places.js';

let machine: Processes;
let play: Play;
let service: PushReceiver;

beforeAll(async () => {
  service = await PushReceiver.open();
  const pushServices = [service.origin];
  machine = await Processes.open({ logLevel: 'debug', records: true, pushServices });
  play = await playMarked(machine, service);
}, 90_000);

afterAll(async () => {
  await play.crowd.close();
  await machine.close();
  await service.close();
}, 30_000);

/** What a push service is shown, and what the browser opens of it. */
const pushed = () => [
  { name: 'push service', bytes: service.transcript() },
  { name: 'opened pushes', bytes: Buffer.from(JSON.stringify(service.opened('nurse'))) },
];

const planted = textMarker('planted', 'Zélie Marquée 5f1c9e');

describe('the search finds what is there', () => {
  const forms = formsOf(planted);
  test.each(forms.map(({ form }) => form))('%s', (form) => {
    const needle = forms.find((one) => one.form === form);
    const bytes = Buffer.concat([Buffer.from('before '), needle?.bytes ?? Buffer.alloc(0)]);
    const hits = findMarkers([planted], [{ name: 'scratch', bytes }]);
    expect(hits.map((hit) => hit.form)).toContain(form);
  });

  test.each([0, 1, 2])('base64 of a text in which it stands after %i bytes', (shift) => {
    const inside = Buffer.concat([Buffer.alloc(shift, 'x'), planted.bytes, Buffer.from('tail')]);
    const places = [
      { name: 'scratch', bytes: Buffer.from(`{"x":"${inside.toString('base64')}"}`) },
    ];
    expect(findMarkers([planted], places)).toHaveLength(1);
  });

  test.each([
    ['gzip', gzipSync],
    ['deflate with a header', deflateSync],
    ['bare deflate', deflateRawSync],
  ] as const)('inside %s', (name, compress) => {
    const stream = compress(
      Buffer.from(`${'x'.repeat(500)} ${Buffer.from(planted.bytes).toString()}`),
    );
    const around = name === 'bare deflate' ? stream : Buffer.concat([Buffer.alloc(99, 7), stream]);
    const [hit] = findMarkers([planted], [{ name: 'scratch', bytes: around }]);
    expect(hit).toMatchObject({ form: 'utf-8', place: 'scratch, compressed' });
  });

  test('keys in a text', () => {
    const key = byteMarker('key', Buffer.from('00fbefbeff10f3ca7731aa55cc99ee01', 'hex'));
    for (const encoding of ['base64', 'base64url', 'hex', 'latin1'] as const) {
      const text = Buffer.from(key.bytes).toString(encoding);
      const bytes = Buffer.from(`key=${text};`, encoding === 'latin1' ? 'latin1' : 'utf8');
      expect(findMarkers([key], [{ name: encoding, bytes }])).toHaveLength(1);
    }
  });

  test('in a table, the raw files and the WAL, a log, and a stored file', async () => {
    const word = Buffer.from(planted.bytes).toString();
    await plainly(machine.databaseUrl, async (client) => {
      await client.query('CREATE TABLE scratch (a text, b bytea, c jsonb, d text[])');
      await client.query('INSERT INTO scratch VALUES ($1, $2, $3, $4)', [
        word,
        gzipSync(word),
        JSON.stringify({ deep: [word] }),
        [word],
      ]);
    });
    const files = [join(machine.logsFolder, 'api.log'), join(machine.dataFolder, 'scratch')];
    for (const file of files) appendFileSync(file, Buffer.from(word, 'utf16le'));
    const found = findMarkers([planted], await placesOf(machine)).map(({ place }) => place);
    await plainly(machine.databaseUrl, (client) => client.query('DROP TABLE scratch'));
    rmSync(join(machine.dataFolder, 'scratch'));
    expect(found).toEqual(
      expect.arrayContaining(['table public.scratch', 'log api.log', 'data scratch']),
    );
    expect(found).toContain('table public.scratch, compressed');
    expect(found.filter((place) => place.startsWith('postgres base/'))).not.toEqual([]);
    expect(found.filter((place) => place.startsWith('postgres pg_wal/'))).not.toEqual([]);
  }, 60_000);
});

test('a push service’s transcript is searched, and so is what the browser opens', async () => {
  await eventually(async () => {
    await Promise.resolve();
    expect(service.opened('nurse')).not.toEqual([]);
  }, 30_000);
  // Others may follow it: the item that was given back is late.
  expect(service.opened('nurse')[0]).toMatchObject({ reason: 'handoff-declined' });
  const { origin } = service;
  const body = Buffer.from(planted.bytes);
  await fetch(`${origin}/planted`, { method: 'POST', body, headers: { topic: 'planted' } });
  const found = findMarkers([planted], pushed()).map(({ place }) => place);
  expect(found).toContain('push service');
  const at = service.received.findIndex(({ path }) => path === '/planted');
  service.received.splice(at, 1);
  expect(findMarkers([planted], pushed())).toEqual([]);
  const opened = { name: 'opened pushes', bytes: Buffer.from(JSON.stringify([body.toString()])) };
  expect(findMarkers([planted], [opened])).not.toEqual([]);
}, 60_000);

test('the wire was recorded in both directions, and nothing on it is compressed', () => {
  const { http, frames } = machine.proxy.recorded();
  const text = http.toString('latin1');
  expect(text).toContain('POST /api/submissions');
  expect(text).toContain('"receipts":[');
  expect(text).not.toMatch(/\r\ncontent-encoding:/i);
  expect(text).not.toMatch(/101 Switching[^]{0,400}permessage-deflate/i);
  // Pushed items are in the frames, in the clear of their headers.
  expect(frames.toString('latin1')).toContain('handoff.accepted');
});

test('what was typed is nowhere at the server', async () => {
  const markers = play.marks.all();
  const places = [...(await placesOf(machine)), ...pushed()];
  const startedMs = performance.now();
  const hits = findMarkers(markers, places);
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  const megabytes = places.reduce((sum, { bytes }) => sum + bytes.length, 0) / 1e6;
  const needles = markers.flatMap(formsOf).length;
  console.info(
    `no plaintext: ${markers.length} marks in ${needles} forms, ${places.length} places, ` +
      `${megabytes.toFixed(0)} MB searched in ${seconds} s: ${hits.length} hits`,
  );
  expect(hits).toEqual([]);
  expect(machine.mails.mails().length).toBeGreaterThan(0);
  expect(filesIn(machine.dataFolder, 'data').length).toBeGreaterThan(0);
  expect(machine.logOf('api')).toContain('"level":20');
}, 60_000);
