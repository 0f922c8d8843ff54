/** Who people are to the server: sign-in, sessions, passkeys, invitations, and the guard of all. */
import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { Clock } from '../platform/clock/clock.js';
import { Config } from '../platform/config/config.js';
import { TransparencyModule } from '../transparency/transparency.module.js';
import { AccessAudit } from './access.audit.js';
import { AccessGuard } from './access.guard.js';
import { AccountMoves } from './account.moves.js';
import { Accounts } from './accounts.js';
import { InstanceController } from './instance.controller.js';
import { InvitationController } from './invitation.controller.js';
import { InvitationRedemption } from './invitation.redemption.js';
import { Invitations } from './invitations.js';
import { OidcClient } from './oidc/oidc.client.js';
import { PasskeyCeremonies } from './passkey.ceremonies.js';
import { PasskeyController } from './passkey.controller.js';
import { PasskeySignIn } from './passkey.sign-in.js';
import { Passkeys } from './passkeys.js';
import { PostSignIn } from './post.sign-in.js';
import { oidcConfig, ProviderFactsSource } from './provider.facts.js';
import { ProviderSignIn } from './provider.sign-in.js';
import { RequestThrottle } from './request.throttle.js';
import { SessionAnswers } from './session.answers.js';
import { SessionController } from './session.controller.js';
import { SessionCookies } from './session.cookies.js';
import { SessionGate } from './session.gate.js';
import { SessionSweeper } from './session.sweeper.js';
import { Sessions } from './sessions.js';
import { SignInAttempts } from './sign-in.attempts.js';
import { SignInProofs } from './sign-in.proofs.js';

const signIn = [
  Accounts,
  AccountMoves,
  SignInAttempts,
  ProviderSignIn,
  ProviderFactsSource,
  PasskeyCeremonies,
  Passkeys,
  PasskeySignIn,
  PostSignIn,
  Invitations,
  InvitationRedemption,
  SignInProofs,
];
const sessions = [SessionCookies, Sessions, SessionGate, SessionAnswers, SessionSweeper];
const guards = [RequestThrottle, AccessAudit, { provide: APP_GUARD, useClass: AccessGuard }];
const oidc = {
  provide: OidcClient,
  inject: [Config, Clock],
  useFactory: (config: Config, clock: Clock) => new OidcClient(oidcConfig(config), clock),
};

@Module({
  imports: [DiscoveryModule, TransparencyModule],
  controllers: [InstanceController, SessionController, PasskeyController, InvitationController],
  providers: [...signIn, ...sessions, ...guards, oidc],
  exports: [
    Accounts,
    AccountMoves,
    Invitations,
    PostSignIn,
    SessionAnswers,
    SessionCookies,
    SessionGate,
    SignInProofs,
  ],
})
export class IdentityModule {}
