/** Every entry kind, by name: what SDK, server and the facts test walk. */
import { COMMUNITY_KINDS } from './community.js';
import type { EntryKind } from './entry-kind.js';
import { ERASURE_KINDS } from './erasure.js';
import { HANDOFF_KINDS } from './handoff.js';
import { HOLDER_KINDS } from './holder.js';
import { MESSAGE_KINDS } from './message.js';
import { TEMPLATE_KINDS } from './template.js';

export const ENTRY_KINDS = {
  ...MESSAGE_KINDS,
  ...HANDOFF_KINDS,
  ...COMMUNITY_KINDS,
  ...HOLDER_KINDS,
  ...TEMPLATE_KINDS,
  ...ERASURE_KINDS,
} as const satisfies Record<string, EntryKind>;
export type EntryKindName = keyof typeof ENTRY_KINDS;

/** The kind of that name, or undefined: unknown non-critical entries are kept and shown as such. */
export function findEntryKind(name: string): EntryKind | undefined {
  return Object.hasOwn(ENTRY_KINDS, name) ? ENTRY_KINDS[name as EntryKindName] : undefined;
}
