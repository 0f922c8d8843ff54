/**
 * The seam for identity logs: whether an attestation belongs to the caller's very sign-in, and
 * which person an account is. The devices room checks what the attestation says; clients check it
 * all again for themselves.
 */
import { Problem } from '@liaison/contract/errors';
import type { Hash, Origin, PersonId } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { invitationProofSigned } from '@liaison/contract/signing';
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { Config } from '../platform/config/config.js';
import type { Transaction } from '../platform/database/database.js';
import { LogKey } from '../transparency/log-key.js';
import { type Account, ACCOUNT_JSON } from './account.js';
import { Accounts } from './accounts.js';
import { type SessionRow, SESSION_COLUMNS } from './live-session.js';

/** Whose sign-in it is. */
export interface ProofOwner {
  readonly accountId: string;
  readonly sessionId: string;
}

type SignInRow = SessionRow & { readonly account: Account } & Record<string, unknown>;

const FIND = `
  SELECT ${SESSION_COLUMNS}, ${ACCOUNT_JSON} FROM sessions s JOIN accounts a USING (account_id)
  WHERE s.session_id = $1 AND s.account_id = $2`;

const refused = (why: string): Problem => new Problem('attestation_invalid', why);

@Injectable()
export class SignInProofs {
  constructor(
    private readonly accounts: Accounts,
    private readonly clock: Clock,
    private readonly logKey: LogKey,
    private readonly config: Config,
  ) {}

  /** Refuses unless this is the very token of the session's own, fresh sign-in, with that nonce. */
  async checkToken(
    on: Transaction,
    owner: ProofOwner,
    idToken: string,
    nonce: string,
  ): Promise<void> {
    const row = await this.find(on, owner);
    const fresh = this.clock.now() - row.createdAt < LIMITS.loginAttemptMs.value;
    if (!fresh || row.idToken === null) throw refused('the sign-in is no longer fresh');
    if (idToken !== row.idToken) throw refused('the token of another sign-in');
    if (nonce !== row.nonce) throw refused('the nonce binds something else');
  }

  /** Refuses unless the account was made by redeeming the invitation of this key. */
  async checkInvited(on: Transaction, owner: ProofOwner, key: string): Promise<void> {
    const { voucher } = (await this.find(on, owner)).account;
    const redeemed = voucher?.type === 'invitation' && voucher.key === key;
    if (!redeemed) throw refused('another invitation than the one redeemed');
  }

  /** Refuses unless the operator let the account in. */
  async checkOperated(on: Transaction, owner: ProofOwner): Promise<void> {
    const { voucher } = (await this.find(on, owner)).account;
    if (voucher?.type !== 'operator') throw refused('not the operator’s guest');
  }

  /** The account is this person's from now on, once. */
  async bindPerson(on: Transaction, owner: ProofOwner, person: PersonId): Promise<void> {
    const bound = await this.accounts.setPerson(on, owner.accountId, person);
    if (!bound) throw new Problem('identity_exists');
  }

  /** The log key's word that the operator let in the author of this genesis. */
  operatorProof(account: Account, genesis: Hash): Uint8Array {
    const first = account.voucher?.type === 'operator' && account.person === null;
    if (!first) throw new Problem('not_allowed', 'not the operator’s guest, or enrolled already');
    return this.logKey.sign(invitationProofSigned(this.config.publicOrigin as Origin, genesis));
  }

  private async find(on: Transaction, owner: ProofOwner): Promise<SignInRow> {
    const rows = await on.query<SignInRow>(FIND, [owner.sessionId, owner.accountId]);
    if (rows[0] === undefined) throw new Problem('session_expired');
    return rows[0];
  }
}
