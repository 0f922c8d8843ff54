/**
 * What an entry kind is: visible facts (never free text), a sealed versioned body, and where and
 * by whom it may be written. The table of all kinds stands in entry-kinds.ts.
 */
import type { z } from 'zod';
import type { CircleKind } from './circle.js';

export interface EntryKind<
  Facts extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
> {
  /** Version written today; older ones stay readable for ever. */
  readonly version: number;
  readonly facts: Facts;
  readonly body: Body;
  /** A reader that does not know a critical kind stops writing in the circle. */
  readonly critical: boolean;
  /** Kinds of circle in which it may stand. */
  readonly circles: readonly CircleKind[];
  /** Counts as unread for the others. */
  readonly countable: boolean;
}

export function entryKind<Facts extends z.ZodType, Body extends z.ZodType>(
  kind: EntryKind<Facts, Body>,
): EntryKind<Facts, Body> {
  return kind;
}
