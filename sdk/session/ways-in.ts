/**
 * The ways by which somebody gets in as this person: live sessions, passkeys, and invitations that
 * wait. Each can be ended here; none of them opens anything that is sealed.
 */
import type { SigningKey, Uuid } from '@liaison/contract/ids';
import { INVITATION_ROUTES, type SentInvitation } from '@liaison/contract/invitation';
import { PASSKEY_ROUTES, type PasskeySummary } from '@liaison/contract/passkey';
import { SESSION_ROUTES, type SessionSummary } from '@liaison/contract/session';
import type { Api } from '../api.js';

export class WaysIn {
  constructor(private readonly api: Api) {}

  async sessions(): Promise<readonly SessionSummary[]> {
    return (await this.api.call(SESSION_ROUTES.sessions, {})).sessions;
  }

  async endSession(session: Uuid): Promise<readonly SessionSummary[]> {
    return (await this.api.call(SESSION_ROUTES.revokeSession, { params: { session } })).sessions;
  }

  /** Every shared post that is open in this person's name is signed out. */
  async endPosts(): Promise<void> {
    for (const { session, means, here } of await this.sessions()) {
      if (means === 'device' && !here) await this.endSession(session);
    }
  }

  async passkeys(): Promise<readonly PasskeySummary[]> {
    return (await this.api.call(PASSKEY_ROUTES.passkeys, {})).passkeys;
  }

  async removePasskey(passkey: Uuid): Promise<readonly PasskeySummary[]> {
    return (await this.api.call(PASSKEY_ROUTES.removePasskey, { params: { passkey } })).passkeys;
  }

  async invitations(): Promise<readonly SentInvitation[]> {
    return (await this.api.call(INVITATION_ROUTES.invitations, {})).invitations;
  }

  async withdrawInvitation(key: SigningKey): Promise<readonly SentInvitation[]> {
    const input = { params: { key } };
    return (await this.api.call(INVITATION_ROUTES.withdrawInvitation, input)).invitations;
  }
}
