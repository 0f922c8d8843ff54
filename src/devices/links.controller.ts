/** Linking over HTTP: a device or post that comes, and a device that lets it in. */
import { LINK_ROUTES } from '@liaison/contract/link';
import { Problem } from '@liaison/contract/errors';
import { Controller } from '@nestjs/common';
import { callerOf, personOf, signedInOf } from '../identity/caller.js';
import { PostSignIn } from '../identity/post.sign-in.js';
import { SessionAnswers } from '../identity/session.answers.js';
import { SessionCookies } from '../identity/session.cookies.js';
import { Clock } from '../platform/clock/clock.js';
import { Database } from '../platform/database/database.js';
import { type Call, Serves } from '../platform/http/serves.decorator.js';
import { IdentityLogs } from './identity.logs.js';
import { Links } from './links.js';
import { checkGrant } from './post.grants.js';

@Controller()
export class LinksController {
  constructor(
    private readonly links: Links,
    private readonly logs: IdentityLogs,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly posts: PostSignIn,
    private readonly answers: SessionAnswers,
    private readonly cookies: SessionCookies,
  ) {}

  @Serves(LINK_ROUTES.askLink)
  async ask({ body, request }: Call<typeof LINK_ROUTES.askLink>) {
    return { link: await this.links.ask(callerOf(request), body) };
  }

  @Serves(LINK_ROUTES.link)
  async read({ params, request }: Call<typeof LINK_ROUTES.link>) {
    return { link: await this.links.read(callerOf(request), params.code) };
  }

  @Serves(LINK_ROUTES.answerLink)
  async answer({ params, body, request }: Call<typeof LINK_ROUTES.answerLink>) {
    return { link: await this.links.answer(signedInOf(request), params.code, body) };
  }

  @Serves(LINK_ROUTES.revealLink)
  async reveal({ params, body, request }: Call<typeof LINK_ROUTES.revealLink>) {
    return { link: await this.links.reveal(callerOf(request), params.code, body) };
  }

  @Serves(LINK_ROUTES.endLink)
  async end({ params, body, request }: Call<typeof LINK_ROUTES.endLink>) {
    return { link: await this.links.end(callerOf(request), params.code, body.ended) };
  }

  @Serves(LINK_ROUTES.grantLink)
  async grant({ params, body, request }: Call<typeof LINK_ROUTES.grantLink>) {
    const caller = signedInOf(request);
    const person = personOf(request);
    const view = await this.logs.view(this.database, person);
    if (view === null) throw new Problem('person_unknown');
    const link = await this.links.read(caller, params.code);
    checkGrant(link, body, view, person, this.clock.now());
    return { link: await this.links.grant(caller, params.code, body) };
  }

  @Serves(LINK_ROUTES.claimLink)
  async claim({ params, body, request, reply }: Call<typeof LINK_ROUTES.claimLink>) {
    const replaced = this.cookies.read('session', request.headers.cookie);
    const token = await this.database.transaction(async (on) => {
      const account = await this.links.claim(on, params.code, body.signature);
      return this.posts.signIn(on, account, replaced);
    });
    return this.answers.opened(reply, token);
  }
}
