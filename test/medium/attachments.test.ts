/** Sealed files: announced, interrupted, resumed, read by members only, swept when abandoned. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type CircleId, type Uuid, ZERO_HASH } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { entryIds } from '../../sdk/crypto/random.js';
import { ready } from '../../sdk/crypto/sodium.js';
import { AttachmentCompleteness } from '../../src/attachments/attachment.guard.js';
import { AttachmentRows } from '../../src/attachments/attachment.rows.js';
import { Attachments } from '../../src/attachments/attachments.js';
import { ChunkFiles } from '../../src/attachments/chunk.files.js';
import { Writer } from './circle.writer.js';
import { CirclesStage } from './circles.stage.js';

let stage: CirclesStage;
let attachments: Attachments;
let nurse: Writer;
let doctor: Writer;
let outsider: Writer;
let channel: CircleId;
let newId: () => Uuid;

const refused = (code: string) => expect.objectContaining({ name: 'Problem', code });
const chunks = [new Uint8Array(900).fill(7), new Uint8Array(300).fill(8)];

const announce = (circle: CircleId, changes = {}) => ({
  attachment: newId(),
  circle,
  chunks: 2,
  sealedBytes: 1200,
  ...changes,
});

/** A file that is wholly there. */
async function sent(writer: Writer, circle: CircleId): Promise<Uuid> {
  const { attachment } = await attachments.open(writer.person, announce(circle));
  for (const [i, bytes] of chunks.entries()) {
    await attachments.put(writer.person, attachment, i, bytes);
  }
  return attachment;
}

beforeAll(async () => {
  await ready();
  stage = await CirclesStage.open();
  const { database, clock, config, server } = stage;
  const rows = new AttachmentRows(database);
  const files = new ChunkFiles(config);
  attachments = new Attachments(database, rows, files, server.members, server.outbox, clock);
  server.rules.registerGuard(new AttachmentCompleteness(rows));
  newId = entryIds(() => clock.now()) as () => never;
  nurse = await Writer.enrol(stage);
  doctor = await Writer.enrol(stage);
  outsider = await Writer.enrol(stage);
  const community = (await nurse.create('community', null, [doctor, outsider])).circle;
  channel = (await nurse.create('channel', community, [doctor])).circle;
});

afterAll(() => stage.close());

describe('a sealed file', () => {
  test('arrives in any order, says what is missing, and is read by members', async () => {
    const { attachment } = await attachments.open(nurse.person, announce(channel));
    const half = await attachments.put(nurse.person, attachment, 1, chunks[1]!);
    expect(half.missing).toEqual([0]);
    await expect(attachments.chunk(doctor.person, attachment, 1)).rejects.toEqual(
      refused('attachment_incomplete'),
    );
    const whole = await attachments.put(nurse.person, attachment, 0, chunks[0]!);
    expect(whole.missing).toEqual([]);
    for (const [i, bytes] of chunks.entries()) {
      const read = await attachments.chunk(doctor.person, attachment, i);
      expect(Buffer.from(read).equals(bytes)).toBe(true);
    }
  });

  test('follows its sender from a circle that never came to be, and from no other', async () => {
    const never = `${ZERO_HASH.slice(0, -1)}E` as CircleId;
    const attachment = await sent(nurse, never);
    const moved = { ...announce(channel), attachment };
    await expect(attachments.open(doctor.person, moved)).rejects.toEqual(
      refused('attachment_unknown'),
    );
    expect((await attachments.open(nurse.person, moved)).missing).toEqual([]);
    await expect(attachments.open(nurse.person, { ...moved, circle: never })).rejects.toEqual(
      refused('attachment_unknown'),
    );
  });

  test('announced or sent again stays as it is', async () => {
    const announced = announce(channel);
    await attachments.open(nurse.person, announced);
    await attachments.put(nurse.person, announced.attachment, 0, chunks[0]!);
    const again = await attachments.open(nurse.person, announced);
    expect(again.missing).toEqual([1]);
    await attachments.put(nurse.person, announced.attachment, 0, new Uint8Array(10));
    await attachments.put(nurse.person, announced.attachment, 1, chunks[1]!);
    const read = await attachments.chunk(nurse.person, announced.attachment, 0);
    expect(Buffer.from(read).equals(chunks[0]!)).toBe(true);
  });

  test('of a circle that is about to begin waits for it', async () => {
    const own = await nurse.recipient();
    const { circle, items } = await nurse.created('channel', channel, [], [own]);
    const attachment = await sent(nurse, circle);
    await nurse.submit(...items);
    expect(await attachments.chunk(nurse.person, attachment, 1)).toHaveLength(300);
  });

  test('that nobody finished is swept, files and all', async () => {
    const { attachment } = await attachments.open(nurse.person, announce(channel));
    await attachments.put(nurse.person, attachment, 0, chunks[0]!);
    const folder = join(stage.config.dataDir, 'attachments', attachment.slice(-2), attachment);
    expect(readdirSync(folder)).toEqual(['0']);
    stage.clock.advance(LIMITS.attachmentAwaitedMs.value + 1);
    expect(await attachments.sweep()).toBeGreaterThanOrEqual(1);
    expect(existsSync(folder)).toBe(false);
    await expect(attachments.chunk(nurse.person, attachment, 0)).rejects.toEqual(
      refused('attachment_unknown'),
    );
  });
});

describe('an entry that names files', () => {
  const message = async (...named: Uuid[]) =>
    nurse.message(channel, { facts: { mentions: [], replyTo: null, attachments: named } });

  test('is taken when they are whole', async () => {
    const attachment = await sent(nurse, channel);
    await expect(nurse.submit(await message(attachment))).resolves.toHaveLength(1);
  });

  test('is refused while a chunk is awaited, and does not disturb its neighbours', async () => {
    const { attachment } = await attachments.open(nurse.person, announce(channel));
    const [bad, good] = [await message(attachment), await doctor.message(channel)];
    const [first, second] = await Promise.allSettled([nurse.submit(bad), doctor.submit(good)]);
    expect(first).toMatchObject({ reason: { code: 'attachment_incomplete' } });
    expect(second.status).toBe('fulfilled');
  });

  test('is refused when the file belongs to another circle', async () => {
    const other = (await nurse.create('channel', channel)).circle;
    const attachment = await sent(nurse, other);
    await expect(nurse.submit(await message(attachment))).rejects.toEqual(
      refused('attachment_incomplete'),
    );
  });
});

describe('a whole file', () => {
  test('that no entry came to name is swept after a week, one that is named never', async () => {
    const [forgotten, named] = [await sent(nurse, channel), await sent(nurse, channel)];
    const facts = { mentions: [], replyTo: null, attachments: [named] };
    await nurse.submit(await nurse.message(channel, { facts }));
    stage.clock.advance(LIMITS.attachmentUnnamedMs.value - 1);
    await attachments.sweep();
    expect(await attachments.chunk(doctor.person, forgotten, 1)).toHaveLength(300);
    stage.clock.advance(2);
    expect(await attachments.sweep()).toBeGreaterThanOrEqual(1);
    const gone = attachments.chunk(doctor.person, forgotten, 1);
    await expect(gone).rejects.toEqual(refused('attachment_unknown'));
    expect(await attachments.chunk(doctor.person, named, 1)).toHaveLength(300);
  });
});

describe('refused:', () => {
  test('files for a circle of others, and reading theirs', async () => {
    const attachment = await sent(nurse, channel);
    await expect(attachments.open(outsider.person, announce(channel))).rejects.toEqual(
      refused('circle_unknown'),
    );
    const unknown = refused('attachment_unknown');
    await expect(attachments.chunk(outsider.person, attachment, 0)).rejects.toEqual(unknown);
    await expect(attachments.put(outsider.person, attachment, 0, chunks[0]!)).rejects.toEqual(
      unknown,
    );
  });

  test('another file under the same id', async () => {
    const announced = announce(channel);
    await attachments.open(nurse.person, announced);
    for (const change of [{ chunks: 1 }, { sealedBytes: 1 }, { circle: ZERO_HASH as never }]) {
      await expect(
        attachments.open(nurse.person, { ...announced, ...change }),
      ).rejects.toMatchObject({ name: 'Problem' });
    }
    await expect(attachments.open(doctor.person, announced)).rejects.toEqual(
      refused('attachment_unknown'),
    );
  });

  test('more bytes than announced, too large a chunk, an empty one', async () => {
    const small = await attachments.open(nurse.person, announce(channel, { sealedBytes: 100 }));
    const put = (bytes: number) =>
      attachments.put(nurse.person, small.attachment, 0, new Uint8Array(bytes));
    await expect(put(101)).rejects.toEqual(refused('request_too_large'));
    await expect(put(300_000)).rejects.toEqual(refused('request_too_large'));
    await expect(put(0)).rejects.toEqual(refused('request_invalid'));
  });

  test('more than a person may leave unsent', async () => {
    const large = { chunks: 390, sealedBytes: LIMITS.attachmentBytes.value * 1.9 };
    const opens = Array.from({ length: 6 }, () => announce(channel, large));
    const answers = [];
    for (const one of opens) {
      answers.push(await attachments.open(doctor.person, one).catch((error: unknown) => error));
    }
    expect(answers.at(-1)).toEqual(refused('request_too_large'));
  });
});
