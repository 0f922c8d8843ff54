/**
 * Redeeming an invitation: proof of the link's secret and a first passkey make an account and a
 * session, in one transaction and only once.
 */
import { fromBase64Url } from '@liaison/contract/bytes';
import { Problem } from '@liaison/contract/errors';
import { type Origin, type Signature, type SigningKey, Uuid } from '@liaison/contract/ids';
import type { PasskeyOptions, PasskeyRegistration } from '@liaison/contract/passkey';
import { redemptionSigned } from '@liaison/contract/signing';
import { Injectable } from '@nestjs/common';
import { Config } from '../platform/config/config.js';
import { Database } from '../platform/database/database.js';
import { verifyStrict } from '../platform/signatures/ed25519.js';
import { Accounts } from './accounts.js';
import { Invitations, voucherOf } from './invitations.js';
import { PasskeyCeremonies } from './passkey.ceremonies.js';
import { Passkeys } from './passkeys.js';
import { Sessions } from './sessions.js';
import { SignInAttempts } from './sign-in.attempts.js';

export interface Redemption {
  readonly key: SigningKey;
  readonly answer: PasskeyRegistration;
  readonly proof: Signature;
  readonly attemptToken: string | undefined;
  readonly replaced: string | undefined;
}

@Injectable()
export class InvitationRedemption {
  constructor(
    private readonly database: Database,
    private readonly invitations: Invitations,
    private readonly ceremonies: PasskeyCeremonies,
    private readonly passkeys: Passkeys,
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
    private readonly attempts: SignInAttempts,
    private readonly config: Config,
  ) {}

  async options(
    key: SigningKey,
  ): Promise<{ readonly options: PasskeyOptions; readonly attemptToken: string }> {
    const { name } = await this.invitations.open(this.database, key);
    const accountId = Accounts.newId();
    const options = await this.ceremonies.registrationOptions({ accountId, name }, []);
    const { challenge } = options;
    const attemptToken = await this.attempts.begin('invitation', { challenge, key, accountId });
    return { options, attemptToken };
  }

  /** The token of the session that it opens. */
  async redeem({ key, answer, proof, attemptToken, replaced }: Redemption): Promise<string> {
    const attempt = await this.attempts.take('invitation', attemptToken);
    if (attempt?.key !== key) throw new Problem('passkey_refused', 'no attempt of this browser');
    this.checkProof(key, attempt.challenge, proof);
    const made = await this.ceremonies.verifyRegistration(answer, attempt.challenge);
    return this.database.transaction(async (transaction) => {
      const row = await this.invitations.open(transaction, key, true);
      const { name, role } = row;
      const accountId = Uuid.parse(attempt.accountId);
      const voucher = voucherOf(row);
      const account = await this.accounts.vouched(transaction, { accountId, name, role, voucher });
      await this.passkeys.keep(transaction, accountId, made);
      await this.invitations.redeemed(transaction, key, accountId);
      return this.sessions.open(transaction, account, { means: 'invitation' }, replaced);
    });
  }

  private checkProof(key: SigningKey, challenge: string, proof: Signature): void {
    const signed = redemptionSigned(this.config.publicOrigin as Origin, challenge);
    if (verifyStrict(fromBase64Url(key), signed, fromBase64Url(proof))) return;
    throw new Problem('signature_invalid', 'the invitation key did not sign this challenge');
  }
}
