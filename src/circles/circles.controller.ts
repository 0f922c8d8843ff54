/** Circles over HTTP: the one submission route, and the reads that verify what was submitted. */
import { CIRCLE_ROUTES } from '@liaison/contract/circle-routes';
import { LIMITS } from '@liaison/contract/limits';
import { Controller } from '@nestjs/common';
import { personOf, signedInOf } from '../identity/caller.js';
import { type Call, Serves } from '../platform/http/serves.decorator.js';
import { CircleReader } from './circle.reader.js';
import { Submissions } from './submissions.js';

@Controller()
export class CirclesController {
  constructor(
    private readonly submissions: Submissions,
    private readonly reader: CircleReader,
  ) {}

  @Serves(CIRCLE_ROUTES.submit)
  async submit({ body, request }: Call<typeof CIRCLE_ROUTES.submit>) {
    const identity = body.identity ?? null;
    const owner = { ...signedInOf(request), person: personOf(request) };
    return { receipts: await this.submissions.submit(owner, body.items, identity) };
  }

  @Serves(CIRCLE_ROUTES.items)
  items({ params, query, request }: Call<typeof CIRCLE_ROUTES.items>) {
    const person = personOf(request);
    const limit = query.limit ?? LIMITS.pageItems.value;
    return this.reader.items(person, params.circle, query.after, limit);
  }

  @Serves(CIRCLE_ROUTES.skeleton)
  skeleton({ params, query, request }: Call<typeof CIRCLE_ROUTES.skeleton>) {
    return this.reader.skeleton(personOf(request), params.circle, query.after);
  }

  @Serves(CIRCLE_ROUTES.copies)
  async copies({ params, query, request }: Call<typeof CIRCLE_ROUTES.copies>) {
    const person = personOf(request);
    return { copies: await this.reader.copies(person, params.circle, query.fromEpoch ?? 1) };
  }
}
