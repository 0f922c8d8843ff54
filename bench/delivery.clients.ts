/**
 * Bare socket.io clients in a process of their own: they count what arrives and compare its bytes.
 * The same program listens to the real server and to the floor.
 */
import type { WireItem } from '@liaison/contract/item';
import { io, type Socket } from 'socket.io-client';
import * as parser from 'socket.io-msgpack-parser';
import { type Order, Receipts } from './delivery.messages.js';

/** So many connect at a time. */
const AT_ONCE = 25;
const PATIENCE_MS = 20_000;

const receipts = new Receipts();
const sockets: Socket[] = [];

/** Resolves when the server has put it in its person's room, which it says by `circles`. */
function connect(url: string, cookie: string): Promise<void> {
  const form = { path: '/socket', parser, transports: ['websocket'], reconnection: false };
  const headers = cookie === '' ? {} : { extraHeaders: { cookie } };
  const socket = io(url, { ...form, ...headers, forceNew: true });
  sockets.push(socket);
  socket.on('items', (items: readonly WireItem[]) => {
    for (const { signature, text, body } of items) receipts.take(signature, text, body);
  });
  return new Promise((resolve, reject) => {
    socket.once('circles', () => resolve());
    socket.once('connect_error', reject);
    socket.once('session', () => reject(new Error('A socket was refused.')));
  });
}

async function connectAll(url: string, cookies: readonly string[]): Promise<void> {
  for (let from = 0; from < cookies.length; from += AT_ONCE) {
    const some = cookies.slice(from, from + AT_ONCE);
    await Promise.all(some.map((cookie) => connect(url, cookie)));
  }
}

async function obey(order: Order): Promise<unknown> {
  if (order.order === 'connect') return connectAll(order.url, order.cookies);
  if (order.order === 'expect') {
    receipts.expect(order.items, sockets.length);
    return;
  }
  return order.order === 'report' ? receipts.report(order.sentAt, PATIENCE_MS) : undefined;
}

process.on('message', (order: Order) => {
  void obey(order).then((result) => process.send?.(result ?? {}));
});
process.on('disconnect', () => process.exit());
process.stdout.write(`${JSON.stringify({ ready: true })}\n`);
