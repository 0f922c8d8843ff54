/**
 * The server holds no key of anybody: every secret of real clients, and all that is derived from
 * it, is searched in the database, its raw files and log, the server's own files and logs, and on
 * the wire. That the server's code opens nothing is shown in test/architecture.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { fromBase64Url } from '@liaison/contract/bytes';
import type { AttachmentRef } from '@liaison/contract/attachment';
import { seedOfInvitation } from '@liaison/contract/invitation';
import { deriveEpoch, derivePersonKeys } from '@liaison/sdk/crypto/epoch';
import { readRecoveryWords, recoveryKeys } from '@liaison/sdk/crypto/recovery';
import { sealingPairFromSeed } from '@liaison/sdk/crypto/sealing';
import { signingPairFromSeed } from '@liaison/sdk/crypto/signing';
import type { Person } from '../support/crowd.js';
import { byteMarker, findMarkers, formsOf, type Marker } from '../support/markers.js';
import { type Play, playMarked } from '../support/marked.play.js';
import { Processes } from '../support/processes.js';
import { placesOf, plainly } from '../support/server.places.js';

let machine: Processes;
let play: Play;
let keys: Marker[];

beforeAll(async () => {
  machine = await Processes.open({ logLevel: 'debug', records: true });
  play = await playMarked(machine);
  keys = (await Promise.all(play.people.map(keysOf))).flat();
  keys.push(...(await fileKeys()));
  const seed = seedOfInvitation(play.link);
  if (seed === null) throw new Error('The link holds no seed.');
  keys.push(byteMarker('invitation seed', seed));
}, 180_000);

afterAll(async () => {
  await play.crowd.close();
  await machine.close();
}, 30_000);

interface KeptDevice {
  readonly signing: string;
  readonly sealing: string;
}

async function deviceKeys({ store, name }: Person): Promise<Marker[]> {
  const device = await store.get<KeptDevice>('secrets', 'device');
  if (device === undefined) throw new Error(`${name} has no device.`);
  const [signing, sealing] = [fromBase64Url(device.signing), fromBase64Url(device.sealing)];
  return [
    byteMarker(`${name}: device signing seed`, signing),
    byteMarker(`${name}: device signing key`, signingPairFromSeed(signing).secretKey),
    byteMarker(`${name}: device sealing seed`, sealing),
    byteMarker(`${name}: device sealing key`, sealingPairFromSeed(sealing).secretKey),
  ];
}

async function personKeys({ store, name }: Person): Promise<Marker[]> {
  const rows = await store.scan<string>('secrets', 'person/');
  return rows.flatMap(([key, text]) => {
    const { secret, sealing, backlinkKey } = derivePersonKeys(fromBase64Url(text));
    return [
      byteMarker(`${name}: ${key}`, secret),
      byteMarker(`${name}: ${key} sealing`, sealing.secretKey),
      byteMarker(`${name}: ${key} backlink`, backlinkKey),
    ];
  });
}

async function epochKeys({ store, name }: Person): Promise<Marker[]> {
  const rows = await store.scan<string>('secrets', 'epoch/');
  return rows.flatMap(([key, text]) => {
    const { secret, contentKey, sealing, backlinkKey } = deriveEpoch(fromBase64Url(text));
    return [
      byteMarker(`${name}: ${key}`, secret),
      byteMarker(`${name}: ${key} content`, contentKey),
      byteMarker(`${name}: ${key} sealing`, sealing.secretKey),
      byteMarker(`${name}: ${key} backlink`, backlinkKey),
    ];
  });
}

function recoverySecrets({ words, name, person }: Person): Marker[] {
  const read = readRecoveryWords(words);
  if (!read.ok) throw new Error(`The words of ${name} cannot be read.`);
  const { signing, sealing } = recoveryKeys(read.entropy, person);
  return [
    byteMarker(`${name}: recovery entropy`, read.entropy),
    byteMarker(`${name}: recovery signing`, signing.secretKey),
    byteMarker(`${name}: recovery sealing`, sealing.secretKey),
  ];
}

async function keysOf(person: Person): Promise<Marker[]> {
  const kept = [await deviceKeys(person), await personKeys(person), await epochKeys(person)];
  return [...kept.flat(), ...recoverySecrets(person)];
}

/** Keys of sealed files, as whoever may open them reads them. */
async function fileKeys(): Promise<Marker[]> {
  const reader = play.people.at(-1);
  const letter = (await reader?.liaison.handoff(play.handoff))?.letter;
  const messages = (await reader?.liaison.messages(play.channel)) ?? [];
  const refs: AttachmentRef[] = messages.flatMap(({ attachments }) => attachments);
  if (letter?.state === 'open') refs.push(...letter.value.attachments);
  return refs.map(({ key, name }) => byteMarker(`file key of ${name}`, fromBase64Url(key)));
}

test('keys of every sort were collected from the clients', () => {
  const sorts = ['device signing', 'device sealing', 'person/', 'epoch/', 'recovery', 'file key'];
  for (const sort of sorts) {
    expect(keys.filter(({ name }) => name.includes(sort)).length).toBeGreaterThan(1);
  }
});

test('a key that the server held would be found', async () => {
  const key = byteMarker('planted', randomBytes(32));
  await plainly(machine.databaseUrl, async (client) => {
    await client.query('CREATE TABLE scratch (a bytea, b jsonb)');
    const text = Buffer.from(key.bytes).toString('base64url');
    await client.query('INSERT INTO scratch VALUES ($1, $2)', [key.bytes, { key: text }]);
  });
  const tables = (await placesOf(machine)).filter(({ name }) => name.startsWith('table'));
  const forms = findMarkers([key], tables).map(({ form }) => form);
  expect(forms).toEqual(expect.arrayContaining(['bytes']));
  expect(forms.some((form) => form.startsWith('base64'))).toBe(true);
  await plainly(machine.databaseUrl, (client) => client.query('DROP TABLE scratch'));
}, 60_000);

test('no key of anybody is anywhere at the server', async () => {
  const places = await placesOf(machine);
  const hits = findMarkers(keys, places);
  const megabytes = places.reduce((sum, { bytes }) => sum + bytes.length, 0) / 1e6;
  console.info(
    `no keys: ${keys.length} secrets in ${keys.flatMap(formsOf).length} forms, ` +
      `${places.length} places, ${megabytes.toFixed(0)} MB: ${hits.length} hits`,
  );
  expect(hits).toEqual([]);
}, 90_000);
