/** Going on under another name or number: by a device of the person and a fresh sign-in. */
import { IDENTITY_ROUTES } from '@liaison/contract/identity';
import { Controller } from '@nestjs/common';
import { Committed } from '../events/committed.js';
import { signedInOf } from '../identity/caller.js';
import { Database } from '../platform/database/database.js';
import { type Call, Serves } from '../platform/http/serves.decorator.js';
import { IdentityContinuity } from './identity.continuity.js';

@Controller()
export class ContinuityController {
  constructor(
    private readonly database: Database,
    private readonly continuity: IdentityContinuity,
    private readonly committed: Committed,
  ) {}

  @Serves(IDENTITY_ROUTES.continueIdentity)
  async goOn({ params, body, request }: Call<typeof IDENTITY_ROUTES.continueIdentity>) {
    const owner = signedInOf(request);
    const view = await this.database.transaction((on) =>
      this.continuity.go(on, owner, params.person, body.statement),
    );
    // The person's other devices learn at once what was said in their owner's name.
    this.committed.publish({ event: 'circles', payload: {}, people: [view.person] });
    return { head: view.head };
  }
}
