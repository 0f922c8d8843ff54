/** Communities over HTTP: those of the caller, the teams they vouch for, and their names. */
import { COMMUNITY_ROUTES } from '@liaison/contract/directory';
import { Controller } from '@nestjs/common';
import { personOf } from '../identity/caller.js';
import { type Call, Serves } from '../platform/http/serves.decorator.js';
import { CircleCards } from './circle.cards.js';
import { CommunityReader } from './community.reader.js';

@Controller()
export class CommunitiesController {
  constructor(
    private readonly reader: CommunityReader,
    private readonly cards: CircleCards,
  ) {}

  @Serves(COMMUNITY_ROUTES.communities)
  async list({ request }: Call<typeof COMMUNITY_ROUTES.communities>) {
    return { communities: await this.reader.ofPerson(personOf(request)) };
  }

  @Serves(COMMUNITY_ROUTES.putCommunityCard)
  async putCard({ params, body, request }: Call<typeof COMMUNITY_ROUTES.putCommunityCard>) {
    await this.cards.put(personOf(request), params.community, 'community', body);
    return { community: params.community, card: body };
  }

  @Serves(COMMUNITY_ROUTES.communityTeams)
  async teams({ params, request }: Call<typeof COMMUNITY_ROUTES.communityTeams>) {
    return { teams: await this.reader.teams(personOf(request), params.community) };
  }

  @Serves(COMMUNITY_ROUTES.putTeamCard)
  async putTeamCard({ params, body, request }: Call<typeof COMMUNITY_ROUTES.putTeamCard>) {
    await this.cards.put(personOf(request), params.team, 'team', body);
    return { team: params.team, card: body };
  }
}
