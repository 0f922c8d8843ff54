/** Which browsers of the caller may be woken; an address that nobody knows is refused here. */
import { Problem } from '@liaison/contract/errors';
import { PUSH_ROUTES as ROUTES } from '@liaison/contract/push';
import { Controller } from '@nestjs/common';
import type { DeviceId, PersonId } from '@liaison/contract/ids';
import { IdentityLogs } from '../devices/identity.logs.js';
import { deviceOf } from '../devices/identity.view.js';
import { personOf } from '../identity/caller.js';
import { Clock } from '../platform/clock/clock.js';
import { Config } from '../platform/config/config.js';
import { Database } from '../platform/database/database.js';
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
    private readonly database: Database,
    private readonly identities: IdentityLogs,
  ) {}

  @Serves(ROUTES.pushKey)
  async read() {
    return { key: await this.key.public() };
  }

  @Serves(ROUTES.subscribePush)
  async subscribe({ body, request }: Call<typeof ROUTES.subscribePush>) {
    const person = personOf(request);
    const isOurs = body.device === undefined || (await this.isLive(person, body.device));
    if (!isOurs || !isPushAddress(body.endpoint, this.config)) throw new Problem('push_refused');
    await this.rows.subscribe(person, body, this.clock.now());
    return {};
  }

  @Serves(ROUTES.unsubscribePush)
  async unsubscribe({ body, request }: Call<typeof ROUTES.unsubscribePush>) {
    await this.rows.unsubscribe(personOf(request), body.endpoint);
    return {};
  }

  private async isLive(person: PersonId, device: DeviceId): Promise<boolean> {
    const view = await this.identities.view(this.database, person);
    return view !== null && deviceOf(view, device)?.revokedAt === null;
  }
}
