/** Invitations over HTTP: for whoever invites, and for the holder of a link. */
import { INVITATION_ROUTES } from '@liaison/contract/invitation';
import { Controller } from '@nestjs/common';
import { type Call, Serves } from '../platform/http/serves.decorator.js';
import { InvitationRedemption } from './invitation.redemption.js';
import { Invitations } from './invitations.js';
import { SessionAnswers } from './session.answers.js';
import { SessionCookies } from './session.cookies.js';
import { sessionOf } from './session.gate.js';

@Controller()
export class InvitationController {
  constructor(
    private readonly invitations: Invitations,
    private readonly redemption: InvitationRedemption,
    private readonly answers: SessionAnswers,
    private readonly cookies: SessionCookies,
  ) {}

  @Serves(INVITATION_ROUTES.invite)
  async invite({ body, request }: Call<typeof INVITATION_ROUTES.invite>) {
    const session = sessionOf(request);
    await this.invitations.record(session, body);
    return { invitations: await this.invitations.sent(session) };
  }

  @Serves(INVITATION_ROUTES.invitations)
  async list({ request }: Call<typeof INVITATION_ROUTES.invitations>) {
    return { invitations: await this.invitations.sent(sessionOf(request)) };
  }

  @Serves(INVITATION_ROUTES.withdrawInvitation)
  async withdraw({ params, request }: Call<typeof INVITATION_ROUTES.withdrawInvitation>) {
    const session = sessionOf(request);
    await this.invitations.withdraw(session, params.key);
    return { invitations: await this.invitations.sent(session) };
  }

  @Serves(INVITATION_ROUTES.openInvitation)
  show({ params }: Call<typeof INVITATION_ROUTES.openInvitation>) {
    return this.invitations.show(params.key);
  }

  @Serves(INVITATION_ROUTES.redeemOptions)
  async options({ params, reply }: Call<typeof INVITATION_ROUTES.redeemOptions>) {
    const { options, attemptToken } = await this.redemption.options(params.key);
    this.cookies.set('attempt', reply, attemptToken);
    return { options };
  }

  @Serves(INVITATION_ROUTES.redeemInvitation)
  async redeem({ params, body, request, reply }: Call<typeof INVITATION_ROUTES.redeemInvitation>) {
    const { cookie } = request.headers;
    const token = await this.redemption.redeem({
      ...params,
      ...body,
      attemptToken: this.cookies.read('attempt', cookie),
      replaced: this.cookies.read('session', cookie),
    });
    return this.answers.opened(reply, token);
  }
}
