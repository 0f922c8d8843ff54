/** What people see of their circles over HTTP: the list with unread counts, and lanes. */
import { CIRCLE_ROUTES } from '@liaison/contract/circle-routes';
import { LANE_ROUTES } from '@liaison/contract/lane';
import { Controller } from '@nestjs/common';
import { personOf } from '../identity/caller.js';
import { type Call, Serves } from '../platform/http/serves.decorator.js';
import { Inbox } from './inbox.js';
import { Lanes } from './lanes.js';

@Controller()
export class ChannelsController {
  constructor(
    private readonly inbox: Inbox,
    private readonly lanes: Lanes,
  ) {}

  @Serves(CIRCLE_ROUTES.circles)
  circles({ query, request }: Call<typeof CIRCLE_ROUTES.circles>) {
    return this.inbox.page(personOf(request), query.from ?? null);
  }

  @Serves(LANE_ROUTES.putLanes)
  async put({ body, request }: Call<typeof LANE_ROUTES.putLanes>) {
    return { taken: await this.lanes.put(personOf(request), body.lanes) };
  }

  @Serves(LANE_ROUTES.circleLanes)
  async list({ params, request }: Call<typeof LANE_ROUTES.circleLanes>) {
    return { lanes: await this.lanes.of(personOf(request), params.circle) };
  }
}
