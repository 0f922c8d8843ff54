/**
 * Identity logs by person, cached and checked against their heads at each use, because another
 * process may have appended. This is where the other rooms learn who has which device and key.
 */
import type { PersonId } from '@liaison/contract/ids';
import { Injectable } from '@nestjs/common';
import { Lru } from '../platform/cache/lru.js';
import type { Queryable } from '../platform/database/database.js';
import { replayRows } from './identity.replay.js';
import { type LogRow, readHeads, readStatements } from './identity.rows.js';
import { type IdentityView, isPresentHead } from './identity.view.js';

/** People active this hour in one process; a log is a few kilobytes. */
const CACHED_LOGS = 4096;

@Injectable()
export class IdentityLogs {
  private readonly cache = new Lru<PersonId, IdentityView>(CACHED_LOGS);

  /** The present views of these people; who has no log is left out. */
  async views(
    on: Queryable,
    people: readonly PersonId[],
  ): Promise<ReadonlyMap<PersonId, IdentityView>> {
    const heads = people.length === 0 ? [] : await readHeads(on, [...new Set(people)]);
    const stale = heads.filter((head) => this.fresh(head) === null);
    await this.load(on, stale);
    const views = heads.flatMap((head) => this.cache.get(head.person) ?? []);
    return new Map(views.map((view) => [view.person, view]));
  }

  async view(on: Queryable, person: PersonId): Promise<IdentityView | null> {
    return (await this.views(on, [person])).get(person) ?? null;
  }

  /** What is remembered without asking: device ids name their keys for ever, so keys are right. */
  remembered(person: PersonId): IdentityView | null {
    return this.cache.get(person) ?? null;
  }

  private fresh(head: LogRow): IdentityView | null {
    const known = this.cache.get(head.person);
    return known && isPresentHead(known, head) ? known : null;
  }

  private async load(on: Queryable, heads: readonly LogRow[]): Promise<void> {
    if (heads.length === 0) return;
    const rows = await readStatements(
      on,
      heads.map(({ person }) => ({ person, from: 0 })),
    );
    for (const { person, n } of heads) {
      // A statement after the head that was read belongs to a later look.
      const own = rows.filter((row) => row.person === person && row.n <= n);
      const view = replayRows(person, own);
      if (view !== null) this.cache.set(person, view);
    }
  }
}
