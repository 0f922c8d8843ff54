/**
 * Whether an item's kind may stand in a circle, by the table of kinds: run by the server before it
 * appends and by every client as it replays, beside the law of the circle (circle-rules.ts).
 */
import { type CircleKind, isStatementKind } from './circle.js';
import { findEntryKind } from './entry-kinds.js';
import type { ItemHeader } from './item.js';

/** Version of the statements' facts: all of them are of version 1. */
export const STATEMENT_VERSION = 1;

/**
 * `statement` and `entry`: known and in order. `unknown`: of a newer version, kept and shown as
 * such. `update-needed`: unknown and critical, so a reader must stop here. The server takes only
 * the first two; a client ignores the codes.
 */
export type KindVerdict =
  | 'statement'
  | 'entry'
  | 'unknown'
  | 'update-needed'
  | 'item_invalid'
  | 'item_not_allowed'
  | 'letter_incomplete';

export function judgeKind(header: ItemHeader, circle: CircleKind): KindVerdict {
  if (isStatementKind(header.kind)) {
    if (header.kv > STATEMENT_VERSION) return 'update-needed';
    return header.critical && header.body === null ? 'statement' : 'item_invalid';
  }
  const kind = findEntryKind(header.kind);
  if (kind === undefined || header.kv > kind.version) {
    return header.critical ? 'update-needed' : 'unknown';
  }
  if (!kind.circles.includes(circle)) return 'item_not_allowed';
  if (header.critical !== kind.critical || header.body === null) return 'item_invalid';
  const facts = kind.facts.safeParse(header.facts);
  if (facts.success) return 'entry';
  const incomplete = facts.error.issues.some((issue) => issue.message === 'letter_incomplete');
  return incomplete ? 'letter_incomplete' : 'item_invalid';
}
