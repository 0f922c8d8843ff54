/**
 * Who answers for a team now. A holder is declared for a time, in the team's own circle; hand-overs
 * are dated. Today this is one entry kind; rotas of agendas will answer the same question.
 */
import { z } from 'zod';
import { entryKind } from './entry-kind.js';
import { Instant, PersonId } from './ids.js';
import type { ItemHeader } from './item.js';
import { LIMITS } from './limits.js';

export const HOLDER_KINDS = {
  /** Of version 1, somebody always; since version 2, also nobody: the whole team answers again. */
  'holder.declared': entryKind({
    version: 2,
    critical: false,
    circles: ['team'],
    countable: false,
    facts: z
      .strictObject({ person: PersonId.nullable(), from: Instant, until: Instant })
      .refine(({ from, until }) => from < until, { path: ['until'] }),
    body: z.strictObject({ note: z.string().max(LIMITS.textLength.value) }),
  }),
} as const;

export interface Holding {
  /** Null: the whole team. */
  readonly person: PersonId | null;
  readonly from: number;
  readonly until: number;
}

/** What an entry declares; null where it is another. */
export function holdingOf({ kind, facts }: Pick<ItemHeader, 'kind' | 'facts'>): Holding | null {
  if (kind !== 'holder.declared') return null;
  return HOLDER_KINDS['holder.declared'].facts.safeParse(facts).data ?? null;
}

/**
 * Who holds it at that instant; null: the whole team. `declared` in the order of the team's log:
 * the last word counts, so a hand-over ends what was said before.
 */
export function accountableHolder(declared: readonly Holding[], instant: number): PersonId | null {
  const now = declared.findLast(({ from, until }) => from <= instant && instant < until);
  return now?.person ?? null;
}

/**
 * What the declarations come to from an instant on: who answers from when until when, in order, the
 * last word everywhere the one that counts. Times of the whole team are left out.
 */
export function shiftsFrom(declared: readonly Holding[], instant: number): Holding[] {
  const ahead = declared.flatMap(({ from, until }) => [from, until]).filter((at) => at > instant);
  const cuts = [...new Set([instant, ...ahead])].sort((a, b) => a - b);
  const shifts: Holding[] = [];
  for (const [i, from] of cuts.entries()) {
    const person = accountableHolder(declared, from);
    const last = shifts.at(-1);
    const until = cuts[i + 1] ?? from;
    if (last?.person === person) shifts.splice(-1, 1, { ...last, until });
    else shifts.push({ person, from, until });
  }
  return shifts.filter(({ person }) => person !== null);
}
