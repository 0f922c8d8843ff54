/**
 * Whether a statement is attested as its kind asks. A token is necessary, never sufficient: the
 * statement's own signatures are checked elsewhere.
 */
import { Problem } from '@liaison/contract/errors';
import type { Attestation, IdentityHead, NoncePurpose } from '@liaison/contract/identity';
import { Injectable } from '@nestjs/common';
import { SignInProofs } from '../identity/sign-in.proofs.js';
import type { Transaction } from '../platform/database/database.js';
import { LogKey } from '../transparency/log-key.js';
import {
  type Attested,
  checkInvitation,
  checkOperator,
  nonceOf,
  readInvitation,
} from './attestation.js';
import { IdentityLogs } from './identity.logs.js';
import type { LogOwner } from './log.owner.js';
import type { ReadStatement } from './statement.checks.js';

@Injectable()
export class AttestationCheck {
  constructor(
    private readonly proofs: SignInProofs,
    private readonly logs: IdentityLogs,
    private readonly logKey: LogKey,
  ) {}

  /** Checks what the statement wants; what it brings without need is checked just the same. */
  async check(
    on: Transaction,
    owner: LogOwner,
    one: ReadStatement,
    head: IdentityHead,
    purpose: NoncePurpose | null,
  ): Promise<void> {
    const { attestation } = one.wire;
    if (attestation === null && purpose === null) return;
    if (attestation === null) throw new Problem('attestation_invalid', 'none was given');
    const { statement } = one;
    const { origin } = statement;
    await this.checkOne(on, owner, attestation, {
      purpose: purpose ?? 'device',
      origin,
      head,
      hash: one.hash,
      statement,
    });
  }

  private async checkOne(
    on: Transaction,
    owner: LogOwner,
    attestation: Attestation,
    attested: Attested,
  ): Promise<void> {
    switch (attestation.type) {
      case 'provider': {
        if (attestation.purpose !== attested.purpose) {
          throw new Problem('attestation_invalid', 'another purpose');
        }
        const nonce = nonceOf(attested, attestation.random);
        return this.proofs.checkToken(on, owner, attestation.idToken, nonce);
      }
      case 'invitation': {
        const text = readInvitation(attestation, attested.origin);
        const inviter = await this.logs.view(on, text.inviter);
        checkInvitation(attestation, text, inviter, attested);
        return this.proofs.checkInvited(on, owner, text.key);
      }
      case 'operator':
        checkOperator(attestation, this.logKey.publicKey, attested);
        return this.proofs.checkOperated(on, owner);
    }
  }
}
