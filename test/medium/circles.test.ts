/** The append path against a real PostgreSQL: what it takes, and everything that it refuses. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { fromBase64Url, toBase64Url } from '@liaison/contract/bytes';
import { type CircleId, personMember, ZERO_HASH } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { receiptSigned } from '@liaison/contract/signing';
import { randomBytes } from '../../sdk/crypto/random.js';
import { ready } from '../../sdk/crypto/sodium.js';
import { verifyStrictBytes } from '../../sdk/crypto/signing.js';
import { strangersKey, Writer } from './circle.writer.js';
import { CirclesStage } from './circles.stage.js';

let stage: CirclesStage;
let anne: Writer;
let bruno: Writer;
let clara: Writer;
let community: CircleId;
let channel: CircleId;

const refused = (code: string) => expect.objectContaining({ name: 'Problem', code });

beforeAll(async () => {
  await ready();
  stage = await CirclesStage.open();
  [anne, bruno, clara] = [
    await Writer.enrol(stage),
    await Writer.enrol(stage),
    await Writer.enrol(stage),
  ];
  community = (await anne.create('community', null, [bruno, clara])).circle;
  channel = (await anne.create('channel', community, [bruno])).circle;
});

afterAll(() => stage.close());

describe('an append', () => {
  test('gives a receipt that the server’s log key signed over place and time', async () => {
    const [receipt] = await bruno.submit(await bruno.message(channel));
    const head = await stage.head(channel);
    expect(receipt).toMatchObject({ circle: channel, k: head.k, h: head.h });
    const { at, signature } = receipt!;
    const said = receiptSigned(bruno.origin, channel, { k: head.k, h: head.h }, at);
    const key = stage.server.logKey.publicKey;
    expect(verifyStrictBytes(key, said, fromBase64Url(signature))).toBe(true);
  });

  test('begins no circle for somebody who is in too many, and knows one sent again', async () => {
    const most = LIMITS.circlesPerPerson.value;
    const before = await clara.created('channel', community, [], [await clara.recipient()]);
    await clara.submit(...before.items);
    // Rows of the projection alone: so many circles take minutes to begin one by one.
    await stage.database.query(
      `INSERT INTO effective_members (circle_id, person_id, via, until_at)
       SELECT 'x' || n, $1, 'p.' || $1, NULL FROM generate_series(1, $2::int) AS n`,
      // With the community and the one just begun, as many as there may be.
      [clara.person, most - 2],
    );
    try {
      const next = await clara.created('channel', community, [], [await clara.recipient()]);
      await expect(clara.submit(...next.items)).rejects.toEqual(refused('circles_too_many'));
      await expect(clara.submit(...before.items)).resolves.toHaveLength(2);
    } finally {
      await stage.database.query(`DELETE FROM effective_members WHERE circle_id LIKE 'x%'`);
    }
  }, 60_000);

  test('sent again gives the same receipt and changes nothing', async () => {
    const item = await anne.message(channel);
    const first = await anne.submit(item);
    const head = await stage.head(channel);
    stage.clock.advance(1000);
    expect(await anne.submit(item)).toEqual(first);
    expect(await stage.head(channel)).toEqual(head);
  });

  test('is read again by members as it was written', async () => {
    const item = await anne.message(channel);
    const [receipt] = await anne.submit(item);
    const { items } = await stage.server.reader.items(bruno.person, channel, receipt!.k - 1, 10);
    expect(items).toMatchObject([{ text: item.text, signature: item.signature, body: item.body }]);
  });

  test('is pushed to the people of the circle, and to nobody else', async () => {
    const heard: unknown[] = [];
    const stop = stage.server.committed.subscribe(({ event, people }) =>
      heard.push([event, [...people].sort()]),
    );
    await anne.submit(await anne.message(channel));
    stop();
    expect(heard).toEqual([['items', [anne.person, bruno.person].sort()]]);
  });

  test('a creation sent again gives the same receipts', async () => {
    const own = await anne.recipient();
    const { circle, items } = await anne.created('channel', community, [], [own]);
    const first = await anne.submit(...items);
    expect(await anne.submit(...items)).toEqual(first);
    expect((await stage.head(circle)).k).toBe(1);
  });

  test('two circles in one submission are appended together or not at all', async () => {
    const before = await stage.head(channel);
    const good = await anne.message(channel);
    const bad = await anne.message(community, { epoch: 9 });
    await expect(anne.submit(good, bad)).rejects.toEqual(refused('epoch_stale'));
    expect(await stage.head(channel)).toEqual(before);
  });
});

describe('a page', () => {
  test('reads no more from the database than fits into its answer, and the next one goes on', async () => {
    const { circle } = await anne.create('channel', community);
    const body = new Uint8Array(LIMITS.bodyBytes.value);
    const most = LIMITS.syncBytes.value;
    const count = Math.ceil(most / LIMITS.bodyBytes.value) + 2;
    for (let i = 0; i < count; i++) await anne.submit(await anne.message(circle, { body }));
    const asked = jest.spyOn(stage.database, 'prepared');
    const read = async (after: number) => {
      asked.mockClear();
      const { items, head } = await stage.server.reader.items(anne.person, circle, after, 500);
      const rows = (await Promise.all(asked.mock.results.map(({ value }) => value))).flat();
      const bytes = rows.map((row) => (row as { body?: Buffer | null }).body?.length ?? 0);
      expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(most);
      return { last: items.at(-1)!.k, head };
    };
    const first = await read(-1);
    expect(first.last).toBeLessThan(first.head.k);
    expect((await read(first.last)).last).toBe(first.head.k);
    asked.mockRestore();
  }, 90_000);
});

describe('refused, with nothing recorded:', () => {
  const cases: [string, string, () => Promise<unknown>][] = [
    [
      'an altered text',
      'signature_invalid',
      async () => {
        const item = await anne.message(channel);
        return anne.submit({ ...item, text: item.text.replace('"as":"other"', '"as":"10"') });
      },
    ],
    [
      'a text that is not canonical',
      'item_invalid',
      async () => {
        const item = await anne.message(channel);
        return anne.submit(anne.signed(` ${item.text}`, null));
      },
    ],
    [
      'a signature by another key',
      'signature_invalid',
      async () => {
        const item = await anne.message(channel);
        return anne.submit({ ...anne.signed(item.text, null, strangersKey()), body: item.body });
      },
    ],
    [
      'another body than the one signed',
      'body_mismatch',
      async () =>
        anne.submit({
          ...(await anne.message(channel)),
          body: toBase64Url(randomBytes(600)) as never,
        }),
    ],
    [
      'a body that is missing',
      'body_mismatch',
      async () => anne.submit({ ...(await anne.message(channel)), body: null }),
    ],
    [
      'another installation’s item',
      'origin_mismatch',
      async () => anne.submit(await anne.message(channel, { origin: 'https://elsewhere.example' })),
    ],
    [
      'a clock far ahead',
      'clock_skew',
      async () => anne.submit(await anne.message(channel, { at: stage.clock.now() + 301_000 })),
    ],
    [
      'an author who is not the caller',
      'not_allowed',
      async () => bruno.submit(await anne.message(channel)),
    ],
    [
      'a kind nobody knows',
      'item_invalid',
      async () => anne.submit(await anne.message(channel, { kind: 'message.sung' })),
    ],
    [
      'facts with a field too many',
      'item_invalid',
      async () =>
        anne.submit(
          await anne.message(channel, {
            facts: { mentions: [], replyTo: null, attachments: [], note: 1 },
          }),
        ),
    ],
    [
      'a kind of another circle',
      'item_not_allowed',
      async () =>
        anne.submit(
          await anne.item(
            channel,
            'task.done',
            { task: '018f0000-0000-7000-8000-000000000000' },
            {
              body: randomBytes(600),
              critical: true,
            },
          ),
        ),
    ],
    [
      'another epoch',
      'epoch_stale',
      async () => anne.submit(await anne.message(channel, { epoch: 2 })),
    ],
    [
      'an older membership',
      'members_moved',
      async () => anne.submit(await anne.message(channel, { members: { k: 0, h: ZERO_HASH } })),
    ],
    [
      'a position that never was',
      'head_unknown',
      async () => anne.submit(await anne.message(channel, { seen: { k: 1, h: ZERO_HASH } })),
    ],
    [
      'a position in the future',
      'head_unknown',
      async () => anne.submit(await anne.message(channel, { seen: { k: 999_999, h: ZERO_HASH } })),
    ],
    [
      'an identity head that never was',
      'identity_head_moved',
      async () => anne.submit(await anne.message(channel, { identity: { n: 1, h: ZERO_HASH } })),
    ],
    [
      'a device that nobody enrolled',
      'device_unknown',
      async () => anne.submit(await anne.message(channel, { device: bruno.device })),
    ],
    [
      'a counter that stands still',
      'counter_reused',
      async () => anne.submit(await anne.message(channel, { n: 0 })),
    ],
    [
      'a circle that does not exist',
      'circle_unknown',
      async () => {
        const item = await anne.message(channel, { circle: ZERO_HASH });
        return anne.submit(item);
      },
    ],
    [
      'someone else’s circle, as if it did not exist',
      'circle_unknown',
      async () => clara.submit(await clara.message(channel)),
    ],
    [
      'the same, with wrong heads',
      'circle_unknown',
      async () =>
        clara.submit(await clara.message(channel, { epoch: 7, seen: { k: 5, h: ZERO_HASH } })),
    ],
    [
      'an epoch that is not due',
      'epoch_not_due',
      async () => {
        const now = await stage.head(channel);
        const recipients = [await anne.recipient(), await bruno.recipient()];
        const { facts, copies } = anne.epoch(channel, 2, 'key-moved', recipients, now);
        return anne.submit({ ...(await anne.item(channel, 'epoch.opened', facts)), copies });
      },
    ],
    [
      'an epoch that leaves a member out',
      'copies_mismatch',
      async () => {
        const now = await stage.head(channel);
        const { facts, copies } = anne.epoch(
          channel,
          2,
          'history-cut',
          [await anne.recipient()],
          now,
        );
        return anne.submit({ ...(await anne.item(channel, 'epoch.opened', facts)), copies });
      },
    ],
    [
      'an epoch whose copies are not those of its root',
      'copies_mismatch',
      async () => {
        const now = await stage.head(channel);
        const recipients = [await anne.recipient(), await bruno.recipient()];
        const { facts, copies } = anne.epoch(channel, 2, 'history-cut', recipients, now);
        const swapped = copies.map((copy, i) => ({ ...copy, copy: copies[1 - i]!.copy }));
        return anne.submit({
          ...(await anne.item(channel, 'epoch.opened', facts)),
          copies: swapped,
        });
      },
    ],
    [
      'an epoch sealed to a key that is not the recipient’s',
      'copies_mismatch',
      async () => {
        const now = await stage.head(channel);
        const [own, other] = [await anne.recipient(), await bruno.recipient()];
        const wrong = { ...other, pin: { ...other.pin, keyHash: own.pin.keyHash } };
        const { facts, copies } = anne.epoch(channel, 2, 'history-cut', [own, wrong], now);
        return anne.submit({ ...(await anne.item(channel, 'epoch.opened', facts)), copies });
      },
    ],
    [
      'copies beside an entry',
      'copies_mismatch',
      async () => {
        const { copies } = anne.epoch(channel, 2, 'first', [await anne.recipient()], {
          k: 0,
          h: ZERO_HASH,
        });
        return anne.submit({ ...(await anne.message(channel)), copies });
      },
    ],
    [
      'a removal by somebody who is no admin',
      'not_allowed',
      async () => {
        const item = await bruno.removal(
          channel,
          personMember(anne.person),
          [await bruno.recipient()],
          ZERO_HASH,
        );
        return bruno.submit(item);
      },
    ],
  ];

  test.each(cases)('%s: %s', async (_what, code, attempt) => {
    const before = await stage.head(channel);
    await expect(attempt()).rejects.toEqual(refused(code));
    expect(await stage.head(channel)).toEqual(before);
  });

  test('the id of another item', async () => {
    const item = await anne.message(channel);
    await anne.submit(item);
    const { id } = JSON.parse(item.text) as { id: string };
    const other = await anne.message(channel, { id });
    await expect(anne.submit(other)).rejects.toEqual(refused('item_id_reused'));
  });

  test('items in the wrong order of their counters', async () => {
    const [first, second] = [await anne.message(channel), await anne.message(channel)];
    await anne.submit(second);
    await expect(anne.submit(first)).rejects.toEqual(refused('counter_reused'));
  });
});
