/**
 * Stands between clients and the API, byte by byte: records what passes, and can cut connections,
 * refuse WebSockets, swallow answers or be unreachable. It must never change a byte.
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');
const MASKED = 0x80;
const LENGTH = 0x7f;

/**
 * Where the payload of a frame begins, its mask, and where it ends; null while bytes are missing.
 */
function frameAt(bytes: Buffer, at: number) {
  if (bytes.length < at + 2) return null;
  const second = bytes.readUInt8(at + 1);
  const short = second & LENGTH;
  const more = short === 126 ? 2 : short === 127 ? 8 : 0;
  const maskAt = at + 2 + more;
  const start = maskAt + ((second & MASKED) === 0 ? 0 : 4);
  if (bytes.length < start) return null;
  const long = more === 2 ? bytes.readUInt16BE(at + 2) : 0;
  const length = more === 8 ? Number(bytes.readBigUInt64BE(at + 2)) : more === 2 ? long : short;
  if (bytes.length < start + length) return null;
  return {
    mask: start === maskAt ? null : bytes.subarray(maskAt, start),
    start,
    end: start + length,
  };
}

/**
 * The payloads of WebSocket frames, unmasked, so that what a client typed would be found in them.
 */
function framesOf(bytes: Buffer): Buffer {
  const payloads: Buffer[] = [];
  for (let frame = frameAt(bytes, 0); frame !== null; frame = frameAt(bytes, frame.end)) {
    const { mask, start, end } = frame;
    const payload = Buffer.from(bytes.subarray(start, end));
    if (mask !== null) payload.forEach((byte, i) => (payload[i] = byte ^ (mask[i % 4] ?? 0)));
    payloads.push(payload);
  }
  return Buffer.concat(payloads);
}

interface Talk {
  readonly client: Socket;
  readonly server: Socket;
  readonly sent: Buffer[];
  readonly answered: Buffer[];
  upgraded: boolean;
}

function without(head: Buffer): { head: Buffer; rest: Buffer } {
  const end = head.indexOf(HEAD_END);
  const cut = end < 0 ? head.length : end + HEAD_END.length;
  return { head: head.subarray(0, cut), rest: head.subarray(cut) };
}

export class WireProxy {
  readonly #talks: Talk[] = [];
  /** No connection is taken: the network is away. */
  away = false;
  /** HTTP passes, WebSockets do not: a hospital's proxy. */
  refusesSockets = false;
  /** Requests reach the server, answers do not reach the client. */
  swallowsAnswers = false;

  private constructor(
    private readonly listener: Server,
    readonly port: number,
    private readonly records: boolean,
  ) {}

  static async open(target: () => number, records = true): Promise<WireProxy> {
    const listener = createServer();
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const proxy = new WireProxy(listener, (listener.address() as AddressInfo).port, records);
    listener.on('connection', (client) => {
      proxy.#take(client, target());
    });
    return proxy;
  }

  /** Ends every connection, or only the WebSockets. */
  cut(only: 'sockets' | 'all' = 'all'): number {
    const open = this.#talks.filter(
      ({ client, upgraded }) => !client.destroyed && (only === 'all' || upgraded),
    );
    for (const { client, server } of open) {
      client.destroy();
      server.destroy();
    }
    return open.length;
  }

  /** Open WebSockets. */
  sockets(): number {
    return this.#talks.filter(({ client, upgraded }) => upgraded && !client.destroyed).length;
  }

  /** All that passed, requests and answers apart; frames of WebSockets unmasked beside them. */
  recorded(): { readonly http: Buffer; readonly frames: Buffer } {
    const http: Buffer[] = [];
    const frames: Buffer[] = [];
    for (const { sent, answered, upgraded } of this.#talks) {
      for (const side of [Buffer.concat(sent), Buffer.concat(answered)]) {
        const { head, rest } = without(side);
        http.push(upgraded ? head : side);
        if (upgraded) frames.push(framesOf(rest));
      }
    }
    return { http: Buffer.concat(http), frames: Buffer.concat(frames) };
  }

  async close(): Promise<void> {
    const closed = once(this.listener, 'close');
    this.listener.close();
    this.cut();
    await closed;
  }

  #take(client: Socket, port: number): void {
    // A cut connection is what this program is for: it is no failure.
    client.on('error', () => undefined);
    if (this.away) {
      client.destroy();
      return;
    }
    const server = connect(port, '127.0.0.1');
    server.on('error', () => client.destroy());
    const talk: Talk = { client, server, sent: [], answered: [], upgraded: false };
    this.#talks.push(talk);
    client.on('data', (bytes) => {
      this.#request(talk, bytes);
    });
    server.on('data', (bytes) => {
      this.#answer(talk, bytes);
    });
    client.on('close', () => server.destroy());
    server.on('close', () => client.destroy());
  }

  #request(talk: Talk, bytes: Buffer): void {
    if (!talk.upgraded && /\r\nupgrade: websocket\r\n/i.test(bytes.toString('latin1'))) {
      talk.upgraded = true;
      if (this.refusesSockets) {
        talk.client.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
        talk.server.destroy();
        return;
      }
    }
    if (this.records) talk.sent.push(bytes);
    talk.server.write(bytes);
  }

  #answer(talk: Talk, bytes: Buffer): void {
    if (this.swallowsAnswers) {
      talk.client.destroy();
      return;
    }
    if (this.records) talk.answered.push(bytes);
    talk.client.write(bytes);
  }
}
