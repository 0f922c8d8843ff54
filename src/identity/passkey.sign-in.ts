/**
 * Passkeys at work: unlocking a session, and signing in people whom the provider does not know. A
 * professional's passkey only unlocks: after a shift the provider is asked again.
 */
import { Problem } from '@liaison/contract/errors';
import type { Uuid } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import type { PasskeyAssertion, PasskeyRegistration } from '@liaison/contract/passkey';
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { Database } from '../platform/database/database.js';
import { type Account, ACCOUNT_COLUMNS } from './account.js';
import type { LiveSession } from './live-session.js';
import { Passkeys } from './passkeys.js';
import { Sessions } from './sessions.js';
import { SignInAttempts } from './sign-in.attempts.js';

const KEEP_CHALLENGE = `
  UPDATE sessions SET challenge = $2, challenge_until = $3 WHERE session_id = $1`;
const TAKE_CHALLENGE = `
  WITH kept AS (
    SELECT session_id, challenge FROM sessions
    WHERE session_id = $1 AND challenge IS NOT NULL AND challenge_until > $2 FOR UPDATE)
  UPDATE sessions s SET challenge = NULL FROM kept WHERE s.session_id = kept.session_id
  RETURNING kept.challenge`;

@Injectable()
export class PasskeySignIn {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly passkeys: Passkeys,
    private readonly sessions: Sessions,
    private readonly attempts: SignInAttempts,
  ) {}

  async registrationOptions(session: LiveSession) {
    const options = await this.passkeys.registrationOptions(session.account);
    await this.keepChallenge(session.sessionId, options.challenge);
    return options;
  }

  async register(session: LiveSession, answer: PasskeyRegistration): Promise<void> {
    const challenge = await this.takeChallenge(session.sessionId);
    await this.passkeys.register(session.account.accountId, answer, challenge);
  }

  async unlockOptions(session: LiveSession) {
    const options = await this.passkeys.assertionOptions(session.account.accountId);
    await this.keepChallenge(session.sessionId, options.challenge);
    return options;
  }

  /** The session's new token. */
  async unlock(session: LiveSession, answer: PasskeyAssertion): Promise<string> {
    const challenge = await this.takeChallenge(session.sessionId);
    try {
      await this.passkeys.prove(answer, challenge, session.account.accountId);
    } catch (error) {
      await this.database.transaction((tx) => this.sessions.refused(tx, session.account));
      throw error;
    }
    return this.sessions.unlock(session);
  }

  async signInOptions() {
    const options = await this.passkeys.assertionOptions(null);
    const { challenge } = options;
    return { options, attemptToken: await this.attempts.begin('passkey', { challenge }) };
  }

  async signIn(
    answer: PasskeyAssertion,
    attemptToken: string | undefined,
    replaced: string | undefined,
  ): Promise<string> {
    const attempt = await this.attempts.take('passkey', attemptToken);
    const accountId = await this.passkeys.prove(answer, attempt?.challenge ?? null, null);
    return this.database.transaction(async (transaction) => {
      const [account] = await transaction.query<Account & Record<string, unknown>>(
        `SELECT ${ACCOUNT_COLUMNS} FROM accounts a WHERE a.account_id = $1`,
        [accountId],
      );
      if (account?.nationalId !== null)
        throw new Problem('passkey_refused', 'sign in at the provider');
      return this.sessions.open(transaction, account, { means: 'passkey' }, replaced);
    });
  }

  private async keepChallenge(session: Uuid, challenge: string): Promise<void> {
    const until = this.clock.now() + LIMITS.loginAttemptMs.value;
    await this.database.query(KEEP_CHALLENGE, [session, challenge, until]);
  }

  private async takeChallenge(session: Uuid): Promise<string | null> {
    const rows = await this.database.query<{ challenge: string }>(TAKE_CHALLENGE, [
      session,
      this.clock.now(),
    ]);
    return rows[0]?.challenge ?? null;
  }
}
