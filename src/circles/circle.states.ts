/**
 * What the statements of circles say now, cached and checked against the heads' rows at each use:
 * another process may have appended. On a mismatch the stored statements are replayed.
 */
import type { CircleState } from '@liaison/contract/circle-rules';
import { ESTABLISHED, judge } from '@liaison/contract/circle-rules';
import { parseCanonical } from '@liaison/contract/encoding';
import type { CircleId, Hash, PersonId } from '@liaison/contract/ids';
import { ItemHeader } from '@liaison/contract/item';
import { Injectable } from '@nestjs/common';
import { Lru } from '../platform/cache/lru.js';
import type { Queryable } from '../platform/database/database.js';
import type { HeadRow } from './append.rows.js';

/** Circles active this hour in one process: members of most are a few dozen. */
const CACHED_CIRCLES = 4096;

interface Cached {
  readonly k: number;
  readonly state: CircleState;
}

type StatementRow = {
  readonly circle: CircleId;
  readonly k: number;
  readonly h: Hash;
  readonly header: string;
};

/** Of a team's membership, or of a person's identity log. */
type FloorRow = {
  readonly circle: CircleId;
  readonly team: CircleId | null;
  readonly person: PersonId | null;
  readonly floor: number;
};

const STATEMENTS = `
  SELECT circle_id AS circle, k, h, header FROM items
   WHERE circle_id = ANY($1) AND statement ORDER BY circle_id, k`;
const FLOORS = `
  SELECT circle_id AS circle, team_id AS team, NULL AS person, k AS floor
    FROM circle_team_floors WHERE circle_id = ANY($1)
  UNION ALL
  SELECT circle_id, NULL, person_id, n FROM circle_identity_floors WHERE circle_id = ANY($1)`;

@Injectable()
export class CircleStates {
  private readonly cache = new Lru<CircleId, Cached>(CACHED_CIRCLES);

  /** Present states by circle, as of these heads. A circle that has not begun is left out. */
  async load(on: Queryable, heads: readonly HeadRow[]): Promise<Map<CircleId, CircleState>> {
    const begun = heads.filter(({ k }) => k >= 0);
    const stale = begun.filter((head) => this.fresh(head) === null);
    const replayed = await this.replay(on, stale);
    const states = new Map<CircleId, CircleState>();
    for (const head of begun) {
      const state = replayed.get(head.circle) ?? this.fresh(head);
      if (state) states.set(head.circle, state);
    }
    return states;
  }

  /** Call once the transaction that led to this state is durable, or after a read. */
  remember(circle: CircleId, k: number, state: CircleState): void {
    this.cache.set(circle, { k, state });
  }

  private fresh(head: HeadRow): CircleState | null {
    const known = this.cache.get(head.circle);
    return known?.k === head.k && known.state.membersHead.h === head.membersH ? known.state : null;
  }

  private async replay(
    on: Queryable,
    heads: readonly HeadRow[],
  ): Promise<Map<CircleId, CircleState>> {
    const states = new Map<CircleId, CircleState>();
    if (heads.length === 0) return states;
    const circles = heads.map(({ circle }) => circle);
    const floors = await on.query<FloorRow>(FLOORS, [circles]);
    const unchanged = (head: HeadRow): CircleState | null => {
      const known = this.cache.get(head.circle)?.state;
      return known?.membersHead.h === head.membersH ? known : null;
    };
    const moved = heads.filter((head) => unchanged(head) === null).map(({ circle }) => circle);
    const rows = moved.length === 0 ? [] : await on.query<StatementRow>(STATEMENTS, [moved]);
    for (const head of heads) {
      const state = unchanged(head) ?? foldStatements(head, rows);
      states.set(head.circle, withFloors(state, floors));
    }
    return states;
  }
}

/** What entries have raised, which no statement says. */
function withFloors(state: CircleState, floors: readonly FloorRow[]): CircleState {
  const teamFloor = new Map<CircleId, number>();
  const identityFloor: Record<string, number> = { ...state.identityFloor };
  for (const { circle, team, person, floor } of floors) {
    if (circle !== state.circle) continue;
    if (team !== null) teamFloor.set(team, floor);
    if (person !== null) identityFloor[person] = Math.max(floor, identityFloor[person] ?? 0);
  }
  return { ...state, teamFloor, identityFloor };
}

/**
 * Stored statements were judged when they were taken; that the author was in the team cited was
 * established then. One that does not fit now means that the database was changed behind us.
 */
function foldStatements(head: HeadRow, rows: readonly StatementRow[]): CircleState {
  let state: CircleState | null = null;
  for (const { circle, k, h, header } of rows) {
    if (circle !== head.circle || k > head.k) continue;
    const parsed = ItemHeader.parse(parseCanonical(header));
    const verdict = judge(state, parsed, { circle, k, chain: h }, ESTABLISHED);
    if (!verdict.ok) throw new Error(`Stored statement ${circle} ${k}: ${verdict.why}.`);
    state = verdict.state;
  }
  if (state?.membersHead.h === head.membersH) return state;
  throw new Error(`The statements of ${head.circle} do not lead to its head.`);
}
