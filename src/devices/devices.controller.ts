/** The caller's own devices: what they are called, when they were used. Nobody else's. */
import { DEVICE_ROUTES } from '@liaison/contract/device-names';
import { Problem } from '@liaison/contract/errors';
import type { PersonId } from '@liaison/contract/ids';
import { Controller } from '@nestjs/common';
import { personOf } from '../identity/caller.js';
import { Committed } from '../events/committed.js';
import { type Call, Serves } from '../platform/http/serves.decorator.js';
import { DeviceNames } from './device.names.js';

function mustBeOwn(request: object, person: PersonId): void {
  if (personOf(request) !== person) throw new Problem('not_allowed');
}

@Controller()
export class DevicesController {
  constructor(
    private readonly names: DeviceNames,
    private readonly committed: Committed,
  ) {}

  @Serves(DEVICE_ROUTES.ownDevices)
  async own({ params, body, request }: Call<typeof DEVICE_ROUTES.ownDevices>) {
    mustBeOwn(request, params.person);
    if (body.device !== null) await this.names.noteUse(params.person, body.device);
    return this.names.of(params.person);
  }

  @Serves(DEVICE_ROUTES.nameDevices)
  async name({ params, body, request }: Call<typeof DEVICE_ROUTES.nameDevices>) {
    mustBeOwn(request, params.person);
    await this.names.put(params.person, body);
    // Their other devices show the names at once.
    this.committed.publish({ event: 'notifications', payload: {}, people: [params.person] });
    return { revision: body.revision };
  }
}
