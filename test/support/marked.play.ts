/**
 * A discharge and a conversation in which everything that people type carries a mark that stands
 * nowhere else, played by real clients through the recording proxy. What the directory knows of
 * people and structures is public, and carries none.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { type CircleId, type MemberId, Uuid } from '@liaison/contract/ids';
import type { HandoffDraft } from '@liaison/sdk/face';
import { alwaysOnCall } from './always-on-call.js';
import { Crowd, type Person } from './crowd.js';
import { eventually } from './eventually.js';
import { letterOf } from './letter.js';
import { byteMarker, type Marker, textMarker } from './markers.js';
import type { Processes } from './processes.js';
import type { PushReceiver } from './push.receiver.js';

/** Typed texts by what they are, each ending in letters that no other text has. */
class Marks {
  readonly #markers: Marker[] = [];

  text(what: string, start = 'Éléa'): string {
    const text = `${start} ${randomBytes(6).toString('hex')}ÿ`;
    this.#markers.push(textMarker(what, text));
    return text;
  }

  bytes(what: string, length: number): Uint8Array {
    const bytes = randomBytes(length);
    // Sealed in chunks: the first bytes, some of the middle and the last stand for the rest.
    const middle = Math.floor(length / 2);
    for (const at of [0, middle, length - 32]) {
      this.#markers.push(byteMarker(`${what} at ${at}`, bytes.subarray(at, at + 32)));
    }
    return bytes;
  }

  /** A number with a right key, as the identity service gives it. */
  ins(): string {
    const first = `2${String(randomBytes(5).readUIntBE(0, 5)).padStart(12, '7').slice(0, 12)}`;
    const key = String(97 - Number(BigInt(first) % 97n)).padStart(2, '0');
    this.#markers.push(textMarker('INS', first + key));
    return first + key;
  }

  add(...markers: readonly Marker[]): void {
    this.#markers.push(...markers);
  }

  all(): readonly Marker[] {
    return this.#markers;
  }
}

/** Three words that follow one another, in the ways in which a list is written. */
function wordMarkers({ name, words }: Person): Marker[] {
  return [' ', ',', '","', '\n', '-'].flatMap((between) =>
    [0, 4, 8].map((at) =>
      textMarker(`recovery words of ${name}`, words.slice(at, at + 4).join(between)),
    ),
  );
}

export interface Play {
  readonly crowd: Crowd;
  readonly people: readonly Person[];
  readonly marks: Marks;
  /** What was posted and sent, to be opened again by whoever holds its keys. */
  readonly channel: CircleId;
  readonly handoff: CircleId;
  /** The link of an invitation that nobody has answered. */
  readonly link: string;
}

function draftOf(marks: Marks, from: MemberId, to: MemberId): HandoffDraft {
  const letter = letterOf(marks.text('patient’s name'));
  const patient = {
    ...letter.patient,
    givenNames: marks.text('patient’s given names'),
    usualName: marks.text('patient’s usual name'),
    phone: marks.text('patient’s phone', '06 39 98'),
    address: marks.text('patient’s address'),
    ins: { number: marks.ins(), oid: '1.2.250.1.213.1.4.8' as const },
  };
  const words = Object.fromEntries(
    (
      [
        ['attendingPhysician', 'referrer', 'hospitalDoctor', 'destination', 'reason'] as const,
        ['synthesis', 'treatmentsNote', 'pendingResults', 'followUp'] as const,
      ] as const
    )
      .flat()
      .map((rubric) => [rubric, marks.text(`letter’s ${rubric}`)]),
  );
  const outline = ['act', 'town', 'window', 'note', 'sender', 'phone'] as const;
  return {
    id: Uuid.parse(randomUUID()),
    savedAt: Date.now(),
    from,
    to: [to],
    // Told at once: what waits for a digest would leave nothing to search.
    urgency: 'urgent',
    due: Date.now() + 4 * 3_600_000,
    outline: Object.fromEntries(
      outline.map((field) => [field, marks.text(`outline’s ${field}`)]),
    ) as unknown as HandoffDraft['outline'],
    letter: { ...letter, ...words, patient },
    incompleteReason: null,
    tasks: [
      {
        title: marks.text('task’s title'),
        detail: marks.text('task’s detail'),
        owner: to,
        due: null,
      },
    ],
    attachments: [
      {
        name: `${marks.text('file name')}.pdf`,
        mediaType: 'application/pdf',
        bytes: marks.bytes('attachment', 300_000),
      },
    ],
    supersedes: null,
  };
}

/** Plays it whole; what was typed and every key is in the marks. */
export async function playMarked(machine: Processes, service?: PushReceiver): Promise<Play> {
  const marks = new Marks();
  const crowd = new Crowd(machine.origin);
  const boss = await crowd.invited('coordinator', await machine.operatorLink('Léonie Fontaine'));
  await boss.liaison.createCommunity('CPTS du Laonnois', '029970071', 'Laon');
  const nurse = await crowd.professional('nurse', '899970000016');
  const gp = await crowd.professional('gp', '899970000032');
  const ward = { name: 'Cardiologie', finess: '029970014', category: 'hospital-unit' } as const;
  const practice = { name: 'Cabinet du Dr Petit', finess: null, category: 'practice' } as const;
  const sender = await crowd.settle(boss, nurse, ward);
  const addressee = await crowd.settle(boss, gp, practice);
  await gp.liaison.setMail('petit@cabinet.example');
  await gp.liaison.setNotificationSettings(alwaysOnCall());
  if (service !== undefined) {
    await nurse.liaison.setNotificationSettings(alwaysOnCall());
    await nurse.liaison.subscribePush(service.subscription('nurse'));
  }
  await nurse.liaison.refresh();

  const handoff = await nurse.liaison.sendHandoff(draftOf(marks, sender, addressee));
  await gp.liaison.refresh();
  await eventually(async () => {
    const view = await gp.liaison.handoff(handoff);
    if (view?.letter.state !== 'open') throw new Error('The letter is not open yet.');
  });
  await gp.liaison.accept(handoff, addressee, marks.text('note of acceptance'));
  await gp.liaison.post(handoff, marks.text('message in the file'), []);
  const channel = await nurse.liaison.createChannel(marks.text('channel name'), [
    sender,
    addressee,
  ]);
  const photo = { mediaType: 'image/jpeg', bytes: marks.bytes('photo', 5000) };
  const name = `${marks.text('photo’s name')}.jpg`;
  await nurse.liaison.post(channel, marks.text('message'), [{ ...photo, name }]);
  await eventually(async () => {
    await gp.liaison.sync();
    const [message] = await gp.liaison.messages(channel);
    if (message?.text.state !== 'open') throw new Error('The message is not open yet.');
  });
  const late = draftOf(marks, sender, addressee);
  const declined = await nurse.liaison.sendHandoff(late);
  await gp.liaison.sync();
  await gp.liaison.decline(declined, addressee, 'no-capacity', marks.text('note of refusal'));
  await nurse.liaison.saveDraft(draftOf(marks, sender, addressee));

  const people = [boss, nurse, gp];
  marks.add(...people.flatMap(wordMarkers));
  for (const person of people) marks.add(...(await secretsOf(person)));
  const { link } = await boss.liaison.invite('Lou Petit', 'secretary');
  return { crowd, people, marks, channel, handoff, link };
}

const KEY_LENGTHS = new Set([16, 32, 64]);

function keysIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(keysIn);
}

/** Every value of a client's secret table that is as long as a key, under the name of its row. */
async function secretsOf({ store, name, person }: Person): Promise<Marker[]> {
  const rows = await store.scan('secrets', '');
  return rows.flatMap(([key, value]) =>
    keysIn(value)
      .filter((text) => text !== person)
      .map((text) => Buffer.from(text, 'base64url'))
      .filter((bytes) => KEY_LENGTHS.has(bytes.length))
      .map((bytes) => byteMarker(`${name}: ${key} (${printOf(bytes)})`, bytes)),
  );
}

/** Names a key in a report without showing it. */
const printOf = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex').slice(0, 6);
