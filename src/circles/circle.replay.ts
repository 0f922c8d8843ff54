/**
 * A circle's stored items, one after the other, each with what the statements said by then: how a
 * projection is filled anew. It judges statements only; entries were judged when they were taken.
 */
import type { CircleKind } from '@liaison/contract/circle';
import { actingMember, type CircleState, ESTABLISHED, judge } from '@liaison/contract/circle-rules';
import { parseCanonical } from '@liaison/contract/encoding';
import type { CircleId, Hash } from '@liaison/contract/ids';
import { ItemHeader } from '@liaison/contract/item';
import type { Queryable } from '../platform/database/database.js';
import type { AppendedItem } from './entry-rule.js';

type ItemRow = {
  readonly k: number;
  readonly h: Hash;
  readonly statement: boolean;
  readonly header: string;
  readonly at: number;
};

const CIRCLES = `
  SELECT circle_id AS circle FROM circles
   WHERE kind = ANY($1) AND circle_id > $2 ORDER BY circle_id LIMIT 500`;
const ITEMS = `
  SELECT k, h, statement, header, taken_at AS at FROM items
   WHERE circle_id = $1 AND (statement OR kind = ANY($2)) ORDER BY k`;

/** The circles of these kinds, page by page. */
export async function* circlesOfKind(
  on: Queryable,
  kinds: readonly CircleKind[],
): AsyncGenerator<CircleId> {
  for (let last = ''; ; ) {
    const rows = await on.query<{ circle: CircleId }>(CIRCLES, [kinds, last]);
    for (const { circle } of rows) yield circle;
    const end = rows.at(-1);
    if (end === undefined) return;
    last = end.circle;
  }
}

/** The items of these kinds, in their order. Nobody is told of them a second time. */
export async function* replayed(
  on: Queryable,
  circle: CircleId,
  kinds: readonly string[],
): AsyncGenerator<AppendedItem> {
  let state: CircleState | null = null;
  for (const row of await on.query<ItemRow>(ITEMS, [circle, kinds])) {
    const header = ItemHeader.parse(parseCanonical(row.header));
    if (row.statement) state = stateAfter(state, circle, row, header);
    const isAsked = !row.statement || kinds.includes(header.kind);
    if (isAsked && state !== null) yield appended(circle, row, header, state);
  }
}

function stateAfter(
  state: CircleState | null,
  circle: CircleId,
  { k, h }: ItemRow,
  header: ItemHeader,
): CircleState {
  const verdict = judge(state, header, { circle, k, chain: h }, ESTABLISHED);
  if (!verdict.ok) throw new Error(`Stored statement ${circle} ${k}: ${verdict.why}.`);
  return verdict.state;
}

function appended(
  circle: CircleId,
  { k, h, at }: ItemRow,
  header: ItemHeader,
  state: CircleState,
): AppendedItem {
  const { facts } = header;
  const actor = actingMember(header);
  const announce = (): void => undefined;
  return { circle, kind: state.kind, k, h, header, facts, actor, at, state, announce };
}
