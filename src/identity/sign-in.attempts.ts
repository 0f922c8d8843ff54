/**
 * Sign-ins under way: what the server must remember between a first request and the proof that
 * follows. Each is named by the hash of a cookie's token, serves once, and ends in a few minutes.
 */
import { LIMITS } from '@liaison/contract/limits';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Clock } from '../platform/clock/clock.js';
import { Database } from '../platform/database/database.js';
import { newToken, tokenHash } from './token.js';

/** What each kind of attempt keeps. */
const ATTEMPTS = {
  provider: z.object({
    state: z.string(),
    nonce: z.string(),
    codeVerifier: z.string().optional(),
    returnTo: z.string(),
  }),
  passkey: z.object({ challenge: z.string() }),
  invitation: z.object({ challenge: z.string(), key: z.string(), accountId: z.string() }),
} as const;
type AttemptKind = keyof typeof ATTEMPTS;
export type Attempt<K extends AttemptKind> = z.infer<(typeof ATTEMPTS)[K]>;

@Injectable()
export class SignInAttempts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The token for the attempt's cookie. */
  async begin<K extends AttemptKind>(kind: K, detail: Attempt<K>): Promise<string> {
    const token = newToken();
    await this.database.query('INSERT INTO sign_in_attempts VALUES ($1, $2, $3, $4)', [
      tokenHash(token),
      kind,
      JSON.stringify(detail),
      this.clock.now() + LIMITS.loginAttemptMs.value,
    ]);
    return token;
  }

  /** What was remembered, once; null when it is unknown, used, too old or of another kind. */
  async take<K extends AttemptKind>(
    kind: K,
    token: string | undefined,
  ): Promise<Attempt<K> | null> {
    if (token === undefined) return null;
    const rows = await this.database.query<{ kind: string; detail: unknown; until: number }>(
      'DELETE FROM sign_in_attempts WHERE attempt_hash = $1 RETURNING kind, detail, until',
      [tokenHash(token)],
    );
    const [row] = rows;
    if (row?.kind !== kind || row.until <= this.clock.now()) return null;
    return ATTEMPTS[kind].parse(row.detail) as Attempt<K>;
  }
}
