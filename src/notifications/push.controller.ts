/** Which browsers of the caller may be woken; an address that nobody knows is refused here. */
import { Problem } from '@liaison/contract/errors';
import { PUSH_ROUTES as ROUTES } from '@liaison/contract/push';
import { Controller } from '@nestjs/common';
import { personOf } from '../identity/caller.js';
import { Clock } from '../platform/clock/clock.js';
import { Config } from '../platform/config/config.js';
import { type Call, Serves } from '../platform/http/serves.decorator.js';
import { PushKey } from './push.key.js';
import { PushRows } from './push.rows.js';
import { isPushAddress } from './push.services.js';

@Controller()
export class PushController {
  constructor(
    private readonly config: Config,
    private readonly key: PushKey,
    private readonly rows: PushRows,
    private readonly clock: Clock,
  ) {}

  @Serves(ROUTES.pushKey)
  async read() {
    return { key: await this.key.public() };
  }

  @Serves(ROUTES.subscribePush)
  async subscribe({ body, request }: Call<typeof ROUTES.subscribePush>) {
    if (!isPushAddress(body.endpoint, this.config)) throw new Problem('push_refused');
    await this.rows.subscribe(personOf(request), body, this.clock.now());
    return {};
  }

  @Serves(ROUTES.unsubscribePush)
  async unsubscribe({ body, request }: Call<typeof ROUTES.unsubscribePush>) {
    await this.rows.unsubscribe(personOf(request), body.endpoint);
    return {};
  }
}
