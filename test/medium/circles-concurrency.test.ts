/** Many senders at once, two processes, retries and faults: one gapless order, each item once. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type CircleId, type Hash, ZERO_HASH } from '@liaison/contract/ids';
import type { IdentityPayload } from '@liaison/contract/identity';
import type { NewItem, Receipt } from '@liaison/contract/item';
import { Problem } from '@liaison/contract/errors';
import { possessionSigned } from '@liaison/contract/signing';
import { newSealingPair } from '../../sdk/crypto/sealing.js';
import { newSigningPair, sign } from '../../sdk/crypto/signing.js';
import { ready } from '../../sdk/crypto/sodium.js';
import { chainAfter, Writer } from './circle.writer.js';
import { CirclesStage } from './circles.stage.js';

let stage: CirclesStage;
let writers: Writer[];
let channels: CircleId[];

interface Row extends Record<string, unknown> {
  readonly k: number;
  readonly h: Hash;
  readonly header: string;
  readonly signature: string;
}

const rowsOf = (circle: CircleId): Promise<Row[]> =>
  stage.database.query<Row>(
    'SELECT k, h, header, signature FROM items WHERE circle_id = $1 ORDER BY k',
    [circle],
  );

/** The rows are gapless, and each chain hash follows from the one before. */
function expectOneChain(rows: readonly Row[]): void {
  let before: Hash = ZERO_HASH;
  rows.forEach((row, k) => {
    expect(row.k).toBe(k);
    const item = { text: row.header, signature: row.signature } as NewItem;
    before = chainAfter(before, k, item);
    expect(row.h).toBe(before);
  });
}

function expectReceipts(rows: readonly Row[], receipts: readonly Receipt[]): void {
  for (const { k, h } of receipts) expect(rows[k]?.h).toBe(h);
}

beforeAll(async () => {
  await ready();
  stage = await CirclesStage.open();
  writers = [];
  for (let i = 0; i < 10; i++) writers.push(await Writer.enrol(stage));
  const [anne, ...others] = writers as [Writer, ...Writer[]];
  const community = (await anne.create('community', null, others)).circle;
  channels = [];
  for (let i = 0; i < 3; i++) {
    channels.push((await anne.create('channel', community, others)).circle);
  }
});

afterAll(() => stage.close());

describe('fifty senders at once', () => {
  test('over two processes make one chain a circle, and every receipt is true', async () => {
    const servers = [stage.server, stage.another()];
    const sends: Promise<Receipt[]>[] = [];
    for (const [i, writer] of writers.entries()) {
      for (const [j, channel] of [...channels, channels[0]!, channels[1]!].entries()) {
        const item = await writer.message(channel);
        const send = servers[(i + j) % 2]!.submissions.submit(writer.submitter, [item], null);
        // Two of one device in one circle may overtake each other: the later is then refused.
        sends.push(send.catch(() => []));
      }
    }
    const receipts = (await Promise.all(sends)).flat();
    expect(receipts.length).toBeGreaterThanOrEqual(30);
    for (const channel of channels) {
      const rows = await rowsOf(channel);
      expectOneChain(rows);
      expectReceipts(
        rows,
        receipts.filter(({ circle }) => circle === channel),
      );
    }
  });

  test('who retry at once get one place each, and the same receipt', async () => {
    const [channel] = channels as [CircleId];
    const before = (await stage.head(channel)).k;
    const items = await Promise.all(writers.map((writer) => writer.message(channel)));
    const send = (i: number) => writers[i % 10]!.submit(items[i % 10]!);
    const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => send(i)));
    for (let i = 0; i < 50; i++) expect(answers[i]).toEqual(answers[i % 10]);
    expect((await stage.head(channel)).k).toBe(before + 10);
    expectOneChain(await rowsOf(channel));
  });

  test('are not disturbed by those who are refused in the same group', async () => {
    const [channel] = channels as [CircleId];
    const before = (await stage.head(channel)).k;
    const items = await Promise.all(
      writers.map((writer, i) => writer.message(channel, i % 2 === 0 ? {} : { epoch: 9 })),
    );
    const answers = await Promise.allSettled(items.map((item, i) => writers[i]!.submit(item)));
    expect(answers.map(({ status }) => status)).toEqual(
      writers.map((_, i) => (i % 2 === 0 ? 'fulfilled' : 'rejected')),
    );
    expect((await stage.head(channel)).k).toBe(before + 5);
  });

  test('are not disturbed when a feature’s rule refuses one of them late', async () => {
    const [channel] = channels as [CircleId];
    const server = stage.another();
    const [anne] = writers as [Writer];
    server.rules.register({
      kinds: ['message.posted'],
      apply: async (_transaction, item) => {
        if (item.header.author === anne.person) throw new Problem('item_not_allowed', 'a test');
      },
    });
    const before = (await stage.head(channel)).k;
    const items = await Promise.all(writers.map((writer) => writer.message(channel)));
    const answers = await Promise.allSettled(
      items.map((item, i) => server.submissions.submit(writers[i]!.submitter, [item], null)),
    );
    expect(answers.map(({ status }) => status)).toEqual(
      writers.map((_, i) => (i === 0 ? 'rejected' : 'fulfilled')),
    );
    expect((await stage.head(channel)).k).toBe(before + 9);
    expectOneChain(await rowsOf(channel));
  });

  test('creating the same circle twice make it once', async () => {
    const [anne] = writers as [Writer];
    const { circle, items } = await anne.created(
      'channel',
      ZERO_HASH as string as CircleId,
      [],
      [await anne.recipient()],
    );
    const other = stage.another();
    const [first, second] = await Promise.all([
      anne.submit(...items),
      other.submissions.submit(anne.submitter, items, null),
    ]);
    expect(second).toEqual(first);
    expect(await rowsOf(circle)).toHaveLength(2);
  });
});

test('a connection cut in the middle loses nothing that was acknowledged', async () => {
  const [channel] = channels as [CircleId];
  const server = stage.another();
  let cut = false;
  server.rules.register({
    kinds: ['message.posted'],
    apply: async (transaction) => {
      if (cut) return;
      cut = true;
      await transaction.query('SELECT pg_terminate_backend(pg_backend_pid())');
    },
  });
  const items = await Promise.all(writers.map((writer) => writer.message(channel)));
  const send = (i: number) => server.submissions.submit(writers[i]!.submitter, [items[i]!], null);
  const first = await Promise.allSettled(items.map((_, i) => send(i)));
  const failed = first.filter(({ status }) => status === 'rejected');
  expect(failed.length).toBeGreaterThan(0);
  for (const one of failed) {
    expect((one as PromiseRejectedResult).reason).toMatchObject({ code: 'database_unavailable' });
  }
  const again = (await Promise.all(items.map((_, i) => send(i)))).flat();
  const rows = await rowsOf(channel);
  expectOneChain(rows);
  expectReceipts(rows, again);
  const stored = rows.map(({ header }) => header);
  for (const { text } of items) expect(stored.filter((one) => one === text)).toHaveLength(1);
});

test('a process that was not there knows how far entries went in their authors’ logs', async () => {
  const [anne] = writers as [Writer, ...Writer[]];
  const circle = (await anne.create('community', null)).circle;
  const before = anne.identity;
  const owner = anne.submitter;
  const paper = newSigningPair();
  const payload: IdentityPayload = {
    kind: 'recovery-key.set',
    signingKey: paper.publicKey,
    sealingKey: newSealingPair().publicKey,
    madeAt: stage.clock.now(),
  };
  const { text, signature } = anne.statement(payload);
  const possession = sign(paper.secretKey, possessionSigned(anne.origin, text));
  const statements = [{ text, signature, possession, attestation: null }];
  const append = { statements, copies: [] };
  await stage.database.transaction((on) => stage.server.identities.append(on, owner, append));
  await anne.submit(await anne.message(circle));
  const older = await anne.message(circle, { identity: before });
  for (const { submissions } of [stage.server, stage.another()]) {
    const attempt = submissions.submit(owner, [older], null);
    await expect(attempt).rejects.toMatchObject({ code: 'identity_head_moved' });
  }
});
