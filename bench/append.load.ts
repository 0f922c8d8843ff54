/**
 * The load of the append benchmark: one kept-alive connection a sender, one entry a request, the
 * next one sent when the answer is there. Requests are bytes made beforehand, so that what is
 * measured is the server.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { CIRCLE_ROUTES } from '@liaison/contract/circle-routes';
import type { NewItem } from '@liaison/contract/item';
import { REQUEST_MARK } from '@liaison/contract/session';

export interface LineAddress {
  readonly host: string;
  readonly port: number;
}

export interface Sender {
  readonly requests: readonly Buffer[];
}

export interface LoadResult {
  readonly perSecond: number;
  /** Milliseconds from each request to its answer. */
  readonly latencies: readonly number[];
}

/** The whole HTTP request of one submission. */
export function requestOf(host: string, cookie: string, items: readonly NewItem[]): Buffer {
  const body = JSON.stringify({ items });
  const { method, path } = CIRCLE_ROUTES.submit;
  const head = [
    `${method} ${path} HTTP/1.1`,
    `host: ${host}`,
    `cookie: ${cookie}`,
    `${REQUEST_MARK.name}: ${REQUEST_MARK.value}`,
    'content-type: application/json',
    `content-length: ${String(Buffer.byteLength(body))}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** Waits for one whole answer; anything but a 200 ends the benchmark with what was said. */
function answer(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    const take = (chunk: Buffer): void => {
      text += chunk.toString('latin1');
      const at = text.indexOf('\r\n\r\n');
      const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, at))?.[1];
      if (at < 0 || length === undefined || text.length < at + 4 + Number(length)) return;
      socket.off('data', take);
      if (text.startsWith('HTTP/1.1 200')) resolve();
      else reject(new Error(`The server answered: ${text}`));
    };
    socket.on('data', take);
  });
}

/** One kept-alive connection. */
export interface Line {
  /** Resolves when the answer is there. */
  send(request: Buffer): Promise<void>;
  close(): void;
}

export async function openLine(address: LineAddress): Promise<Line> {
  const socket = connect({ ...address, noDelay: true });
  await once(socket, 'connect');
  const send = (request: Buffer): Promise<void> => {
    const answered = answer(socket);
    socket.write(request);
    return answered;
  };
  return { send, close: () => socket.destroy() };
}

/** Sends all requests of all senders, each sender's in order and one at a time. */
export async function sendAll(
  address: LineAddress,
  senders: readonly Sender[],
): Promise<LoadResult> {
  const lines = await Promise.all(senders.map(() => openLine(address)));
  const latencies: number[] = [];
  const started = performance.now();
  await Promise.all(
    senders.map(async ({ requests }, i) => {
      for (const request of requests) {
        const sent = performance.now();
        await lines[i]?.send(request);
        latencies.push(performance.now() - sent);
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  for (const line of lines) line.close();
  return { perSecond: latencies.length / seconds, latencies };
}
