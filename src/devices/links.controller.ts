/** Linking over HTTP: two devices of one person, each with a session of its own. */
import { LINK_ROUTES } from '@liaison/contract/link';
import { Controller } from '@nestjs/common';
import { signedInOf } from '../identity/caller.js';
import { type Call, Serves } from '../platform/http/serves.decorator.js';
import { Links } from './links.js';

@Controller()
export class LinksController {
  constructor(private readonly links: Links) {}

  @Serves(LINK_ROUTES.askLink)
  async ask({ body, request }: Call<typeof LINK_ROUTES.askLink>) {
    return { link: await this.links.ask(signedInOf(request).accountId, body) };
  }

  @Serves(LINK_ROUTES.link)
  async read({ params, request }: Call<typeof LINK_ROUTES.link>) {
    return { link: await this.links.read(signedInOf(request).accountId, params.code) };
  }

  @Serves(LINK_ROUTES.answerLink)
  async answer({ params, body, request }: Call<typeof LINK_ROUTES.answerLink>) {
    const { accountId } = signedInOf(request);
    return { link: await this.links.answer(accountId, params.code, body) };
  }

  @Serves(LINK_ROUTES.revealLink)
  async reveal({ params, body, request }: Call<typeof LINK_ROUTES.revealLink>) {
    const { accountId } = signedInOf(request);
    return { link: await this.links.reveal(accountId, params.code, body) };
  }

  @Serves(LINK_ROUTES.endLink)
  async end({ params, body, request }: Call<typeof LINK_ROUTES.endLink>) {
    const { accountId } = signedInOf(request);
    return { link: await this.links.end(accountId, params.code, body.ended) };
  }
}
