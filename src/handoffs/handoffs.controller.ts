/**
 * Handoffs as the server knows them. The screens fold the entries themselves; this is the check.
 */
import { HANDOFF_ROUTES } from '@liaison/contract/handoff-routes';
import { LIMITS } from '@liaison/contract/limits';
import { Controller } from '@nestjs/common';
import { personOf } from '../identity/caller.js';
import { Clock } from '../platform/clock/clock.js';
import { type Call, Serves } from '../platform/http/serves.decorator.js';
import { HandoffRows } from './handoff.rows.js';

@Controller()
export class HandoffsController {
  constructor(
    private readonly rows: HandoffRows,
    private readonly clock: Clock,
  ) {}

  @Serves(HANDOFF_ROUTES.handoffs)
  async list({ query, request }: Call<typeof HANDOFF_ROUTES.handoffs>) {
    const limit = LIMITS.pageItems.value;
    const before = query.before ?? Number.MAX_SAFE_INTEGER;
    const handoffs = await this.rows.listFor(personOf(request), before, limit, this.clock.now());
    const last = handoffs.length === limit ? handoffs.at(-1) : undefined;
    return { handoffs, next: last?.sentAt ?? null };
  }
}
