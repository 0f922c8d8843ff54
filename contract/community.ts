/**
 * A community's (CPTS) own entries: which teams it vouches for. Its people are the members of its
 * circle; a team is addressable once endorsed here. And the one word by which somebody makes a
 * team or community theirs, after others have let them in (docs/decisions, 0010).
 */
import { z } from 'zod';
import { entryKind } from './entry-kind.js';
import { CircleId, Finess } from './ids.js';
import { LIMITS } from './limits.js';

export const TeamCategory = z.enum([
  'hospital-unit',
  'practice',
  'pharmacy',
  'laboratory',
  'other',
]);
export type TeamCategory = z.infer<typeof TeamCategory>;

export const COMMUNITY_KINDS = {
  'team.endorsed': entryKind({
    version: 1,
    facts: z.strictObject({
      team: CircleId,
      finess: Finess.nullable(),
      category: TeamCategory,
    }),
    body: z.strictObject({ name: z.string().min(1).max(LIMITS.lineLength.value) }),
    critical: true,
    circles: ['community'],
    countable: false,
  }),
  'team.withdrawn': entryKind({
    version: 1,
    facts: z.strictObject({ team: CircleId }),
    body: z.strictObject({ note: z.string().max(LIMITS.textLength.value) }),
    critical: true,
    circles: ['community'],
    countable: false,
  }),
  'circle.joined': entryKind({
    version: 1,
    facts: z.strictObject({}),
    body: z.strictObject({}),
    critical: false,
    circles: ['team', 'community'],
    countable: false,
  }),
} as const;
