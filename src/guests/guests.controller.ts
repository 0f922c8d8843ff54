/** Guests over HTTP: for the teams that ask, and for whoever came by a link. */
import { GUEST_ROUTES as ROUTES } from '@liaison/contract/guest';
import { Controller } from '@nestjs/common';
import { personOf } from '../identity/caller.js';
import { type Call, Serves } from '../platform/http/serves.decorator.js';
import { Guests } from './guests.js';

@Controller()
export class GuestsController {
  constructor(private readonly guests: Guests) {}

  @Serves(ROUTES.inviteGuest)
  async invite({ body, request }: Call<typeof ROUTES.inviteGuest>) {
    const person = personOf(request);
    await this.guests.invite(person, body);
    return { guests: await this.guests.list(person) };
  }

  @Serves(ROUTES.guests)
  async list({ request }: Call<typeof ROUTES.guests>) {
    return { guests: await this.guests.list(personOf(request)) };
  }

  @Serves(ROUTES.arriveAsGuest)
  async arrive({ body, request }: Call<typeof ROUTES.arriveAsGuest>) {
    return { team: await this.guests.arrive(personOf(request), body.token) };
  }
}
