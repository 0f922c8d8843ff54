/**
 * A push service and a browser in one, on this machine: takes what a server posts and opens it with
 * the browser's own key. It shares no code with what seals. Headers and bytes are kept as they
 * came.
 */
import { createDecipheriv, createECDH, createHmac, createPublicKey, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NewPushSubscription } from '@liaison/contract/push';

interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const hmac = (key: Uint8Array, data: Uint8Array) => createHmac('sha256', key).update(data).digest();

/** HKDF of one block, written out as the standard does. */
const hkdf = (salt: Uint8Array, secret: Uint8Array, info: Buffer, size: number) =>
  hmac(hmac(salt, secret), Buffer.concat([info, Buffer.from([1])])).subarray(0, size);

export class PushReceiver {
  readonly received: Received[] = [];
  /** What the service answers from now on. */
  status = 201;
  readonly #browser = createECDH('prime256v1');
  readonly #auth = Buffer.from('0123456789abcdef');
  readonly #server = createServer((request, reply) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { url: path = '', headers } = request;
      this.received.push({ path, headers, body: Buffer.concat(parts) });
      reply.writeHead(this.status).end();
    });
  });

  static async open(): Promise<PushReceiver> {
    const receiver = new PushReceiver();
    receiver.#browser.generateKeys();
    receiver.#server.listen(0, '127.0.0.1');
    await once(receiver.#server, 'listening');
    return receiver;
  }

  get origin(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  subscription(name: string, language: 'fr' | 'en' = 'fr'): NewPushSubscription {
    const p256dh = this.#browser.getPublicKey('base64url');
    const keys = { p256dh, auth: this.#auth.toString('base64url') };
    return { endpoint: `${this.origin}/${name}`, keys, language };
  }

  /** What came to that browser, opened. */
  opened(name: string): unknown[] {
    const own = this.received.filter(({ path }) => path === `/${name}`);
    return own.map(({ body }) => JSON.parse(this.open(body).toString('utf8')) as unknown);
  }

  /** Everything that the service was sent and shown, as it came. */
  transcript(): Buffer {
    const parts = this.received.flatMap(({ path, headers, body }) => {
      return [Buffer.from(`\n${path} ${JSON.stringify(headers)}\n`), body];
    });
    return Buffer.concat(parts);
  }

  open(body: Buffer): Buffer {
    const salt = body.subarray(0, 16);
    const theirs = body.subarray(21, 21 + (body[20] ?? 0));
    const sealed = body.subarray(21 + theirs.length);
    const ours = this.#browser.getPublicKey();
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), ours, theirs]);
    const secret = hkdf(this.#auth, this.#browser.computeSecret(theirs), info, 32);
    const key = hkdf(salt, secret, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
    const nonce = hkdf(salt, secret, Buffer.from('Content-Encoding: nonce\0'), 12);
    const decipher = createDecipheriv('aes-128-gcm', key, nonce);
    decipher.setAuthTag(sealed.subarray(-16));
    const record = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
    return record.subarray(0, record.lastIndexOf(2));
  }

  async close(): Promise<void> {
    this.#server.close();
    await once(this.#server, 'close');
  }
}

/** What a VAPID token says, if its own key signed it. */
export function vapidOf({ authorization = '' }: IncomingHttpHeaders): Record<string, unknown> {
  const { t = '', k = '' } = /^vapid t=(?<t>[^,]+), k=(?<k>.+)$/.exec(authorization)?.groups ?? {};
  const [head = '', claims = '', signature = ''] = t.split('.');
  const point = Buffer.from(k, 'base64url');
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((one) =>
    one.toString('base64url'),
  );
  const jwk = { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' };
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const signed = Buffer.from(`${head}.${claims}`);
  const options = { key, dsaEncoding: 'ieee-p1363' } as const;
  if (!verify('sha256', signed, options, Buffer.from(signature, 'base64url'))) {
    throw new Error('The token is not signed by the key that it shows.');
  }
  return JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
}
