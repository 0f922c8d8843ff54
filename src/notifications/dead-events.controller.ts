/**
 * Events set aside, for whoever looks after the installation. What an event says of anybody stays
 * in its row: numbers and causes leave the server, nothing else. A replay is audited.
 */
import { CARETAKERS, DEAD_EVENT_ROUTES as ROUTES } from '@liaison/contract/dead-events';
import { Problem } from '@liaison/contract/errors';
import type { PersonId } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { Controller } from '@nestjs/common';
import { deadEvents, replayDead } from '../events/event.rows.js';
import { Outbox } from '../events/outbox.js';
import { personOf, signedInOf } from '../identity/caller.js';
import { Database } from '../platform/database/database.js';
import { type Call, Serves } from '../platform/http/serves.decorator.js';

function caretakerOf(request: object): PersonId {
  const { professions } = signedInOf(request);
  if (!professions.some((one) => CARETAKERS.includes(one))) throw new Problem('not_allowed');
  return personOf(request);
}

@Controller()
export class DeadEventsController {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  @Serves(ROUTES.deadEvents)
  async list({ request }: Call<typeof ROUTES.deadEvents>) {
    caretakerOf(request);
    const events = await deadEvents(this.database);
    return { count: events.length, events: events.slice(0, LIMITS.pageItems.value) };
  }

  @Serves(ROUTES.replayDeadEvents)
  replay({ request }: Call<typeof ROUTES.replayDeadEvents>) {
    const person = caretakerOf(request);
    return this.database.transaction(async (transaction) => {
      const replayed = await replayDead(transaction);
      await this.outbox.record(transaction, { type: 'events.replayed', person, replayed });
      return { replayed };
    });
  }
}
