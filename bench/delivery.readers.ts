/**
 * Full SDK clients in a process of their own: each enrols as the operator's guest, follows the
 * socket, verifies every item and opens every body. A message counts once it can be read.
 */
import type { CircleId } from '@liaison/contract/ids';
import { CookieJar, nodeHttp } from '@liaison/sdk/http-node';
import { type Liaison, openLiaison } from '@liaison/sdk/liaison';
import { MemoryStore } from '@liaison/sdk/store/memory.store';
import { type Order, Receipts } from './delivery.messages.js';

const PATIENCE_MS = 40_000;

const receipts = new Receipts();
const readers: Liaison[] = [];
const items = new Map<string, { signature: string; text: string; body: string | null }>();

async function enrol(origin: string, cookie: string): Promise<string> {
  const [name = '', token = ''] = cookie.split('=');
  const http = nodeHttp(origin, new CookieJar({ [name]: token }));
  const liaison = await openLiaison({ origin, http, store: new MemoryStore(), socket: true });
  const { person } = await liaison.finishSignIn();
  if (person === null) throw new Error('A reader could not enrol.');
  readers.push(liaison);
  return person;
}

/** Reads the conversation each time it has changed, and notes what had not been there before. */
async function follow(liaison: Liaison, circle: CircleId): Promise<void> {
  const seen = new Set<string>();
  let reading = false;
  let again = false;
  const read = async (): Promise<void> => {
    for (const { id, text } of await liaison.messages(circle)) {
      if (seen.has(id) || text.state !== 'open') continue;
      seen.add(id);
      const item = items.get(id);
      if (item) receipts.take(item.signature, item.text, item.body);
    }
  };
  const look = async (): Promise<void> => {
    again = true;
    if (reading) return;
    reading = true;
    while (again) {
      again = false;
      await read();
    }
    reading = false;
  };
  await liaison.onChange((change) => {
    if (change.what === 'circle' && change.circle === circle) void look();
  });
  await liaison.sync();
  await look();
}

async function obey(order: Order): Promise<unknown> {
  switch (order.order) {
    case 'connect': {
      const people: string[] = [];
      for (const cookie of order.cookies) people.push(await enrol(order.url, cookie));
      return { people };
    }
    case 'read':
      return Promise.all(readers.map((reader) => follow(reader, order.circle as CircleId)));
    case 'expect':
      for (const item of order.items) items.set((JSON.parse(item.text) as { id: string }).id, item);
      {
        receipts.expect(order.items, readers.length);
        return;
      }
    case 'report':
      return receipts.report(order.sentAt, PATIENCE_MS);
  }
}

process.on('message', (order: Order) => {
  void obey(order).then((result) => process.send?.(result ?? {}));
});
process.on('disconnect', () => process.exit());
process.stdout.write(`${JSON.stringify({ ready: true })}\n`);
