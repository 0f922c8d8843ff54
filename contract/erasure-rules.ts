/**
 * Who may erase what, as data: run by the server before it destroys anything and by every client as
 * it replays. Reads committed bytes only.
 */
import type { CircleKind, MemberRole } from './circle.js';
import { ERASURE_KINDS, type EraseReason } from './erasure.js';
import type { MemberId, PersonId } from './ids.js';
import type { Head, ItemHeader } from './item.js';

/** An entry that has a body, as far as rights ask. */
export interface Written {
  readonly author: PersonId;
  /** The member through which the author spoke. */
  readonly actor: MemberId;
}

export interface Eraser extends Written {
  readonly role: MemberRole;
}

type Right = (written: Written, by: Eraser) => boolean;

export const ERASURE_RIGHTS = {
  /** Whoever wrote it. */
  author: (written, by) => written.author === by.author,
  /** A team answers for what it wrote: any of its people. */
  team: (written, by) => by.actor.startsWith('t.') && written.actor === by.actor,
  /** Whoever keeps the circle answers for the patient in it: of a handoff, the sending team. */
  keeper: (_written, by) => by.role === 'admin',
} as const satisfies Record<string, Right>;

type RightName = keyof typeof ERASURE_RIGHTS;

/** In a conversation nobody destroys another's words, and in a team’s log nothing is erased. */
export const ERASERS: Readonly<Record<CircleKind, readonly RightName[]>> = {
  file: ['author', 'team', 'keeper'],
  handoff: ['author', 'team', 'keeper'],
  community: ['author', 'team', 'keeper'],
  channel: ['author', 'team'],
  agenda: [],
  team: [],
  sector: [],
};

export interface Erasure {
  readonly of: readonly Head[];
  readonly reason: EraseReason;
}

export type ErasureVerdict =
  | { readonly ok: true; readonly erasure: Erasure }
  | {
      readonly ok: false;
      readonly code: 'item_invalid' | 'item_not_allowed';
      readonly why: string;
    };

/** What an entry erases; null where it is another. */
export function erasureOf({ kind, facts }: Pick<ItemHeader, 'kind' | 'facts'>): Erasure | null {
  if (kind !== 'bodies.erased') return null;
  return ERASURE_KINDS['bodies.erased'].facts.safeParse(facts).data ?? null;
}

/** `written`: the entry at that place, where the chain has that hash and it has a body. */
export function judgeErasure(
  header: ItemHeader,
  kind: CircleKind,
  by: Eraser,
  written: (place: Head) => Written | null,
): ErasureVerdict {
  const erasure = erasureOf(header);
  if (erasure === null) return { ok: false, code: 'item_invalid', why: 'facts of an erasure' };
  const rights = ERASERS[kind].map((name) => ERASURE_RIGHTS[name]);
  for (const place of erasure.of) {
    const target = written(place);
    if (target === null) return { ok: false, code: 'item_invalid', why: 'nothing to erase there' };
    if (!rights.some((right) => right(target, by))) {
      return { ok: false, code: 'item_not_allowed', why: 'another’s words' };
    }
  }
  return { ok: true, erasure };
}
