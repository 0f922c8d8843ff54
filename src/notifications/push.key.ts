/**
 * The key by which this deployment shows itself to push services (VAPID, RFC 8292): made once, by
 * whichever process comes first. It opens nothing; whoever has it may only ring.
 */
import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Clock } from '../platform/clock/clock.js';
import { Config } from '../platform/config/config.js';
import { Database } from '../platform/database/database.js';

const Jwk = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  d: z.string(),
});

const KEEP = 'INSERT INTO push_keys (private_key) VALUES ($1) ON CONFLICT DO NOTHING';
const TOKEN_LIFE_S = 12 * 3600;
const UNCOMPRESSED = 4;

interface Key {
  readonly private: KeyObject;
  readonly public: string;
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

@Injectable()
export class PushKey {
  private key: Promise<Key> | undefined;

  constructor(
    private readonly database: Database,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** The public point, as browsers ask for it. */
  async public(): Promise<string> {
    return (await this.known()).public;
  }

  /** What a request to that service shows. */
  async authorization(endpoint: string): Promise<string> {
    const key = await this.known();
    const exp = Math.floor(this.clock.now() / 1000) + TOKEN_LIFE_S;
    const { publicOrigin } = this.config;
    // A service asks for somebody to write to: whoever answers for this origin.
    const claims = { aud: new URL(endpoint).origin, exp, sub: contactOf(publicOrigin) };
    const signed = `${part({ typ: 'JWT', alg: 'ES256' })}.${part(claims)}`;
    const options = { key: key.private, dsaEncoding: 'ieee-p1363' } as const;
    const signature = sign('sha256', Buffer.from(signed), options).toString('base64url');
    return `vapid t=${signed}.${signature}, k=${key.public}`;
  }

  private async known(): Promise<Key> {
    this.key ??= this.read();
    try {
      return await this.key;
    } catch (error) {
      this.key = undefined;
      throw error;
    }
  }

  private async read(): Promise<Key> {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    await this.database.query(KEEP, [JSON.stringify(privateKey.export({ format: 'jwk' }))]);
    const [row] = await this.database.query('SELECT private_key FROM push_keys');
    const jwk = Jwk.parse(row?.['private_key']);
    const point = [jwk.x, jwk.y].map((half) => Buffer.from(half, 'base64url'));
    const known = Buffer.concat([Buffer.from([UNCOMPRESSED]), ...point]).toString('base64url');
    return { private: createPrivateKey({ key: jwk, format: 'jwk' }), public: known };
  }
}

function contactOf(origin: string): string {
  return origin.startsWith('https:') ? origin : `mailto:operator@${new URL(origin).hostname}`;
}
