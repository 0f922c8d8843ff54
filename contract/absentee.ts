/**
 * Somebody who is asked and has no account yet, the commonest case of a tool's first year. Who they
 * are and how they are reached is sealed; the server sees that an unnamed somebody is awaited, and
 * until when. That they were told by telephone is a statement of the sender's, never an acceptance:
 * their part stays untaken until somebody who is enrolled was asked in their place and takes it.
 */
import { z } from 'zod';
import { entryKind } from './entry-kind.js';
import { HAND_OVER_WAYS } from './handoff.lists.js';
import { Instant, MemberId, Uuid } from './ids.js';
import { LIMITS } from './limits.js';
import { Profession } from './profession.js';

const Line = z.string().max(LIMITS.lineLength.value);
const Text = z.string().max(LIMITS.textLength.value);
const outlineKind = { version: 1, critical: true, circles: ['handoff'] } as const;

export const Absentee = z.strictObject({
  name: Line.min(1),
  profession: Profession,
  /** As the directory has it: what the number of whoever arrives is compared with. */
  nationalId: Line.nullable(),
  /** Where they are reached meanwhile; empty where it is not known. */
  phone: Line,
  fax: Line,
  mssante: Line,
  /** Where the invitation goes; an ordinary mailbox. */
  mail: Line,
  note: Text,
  /** Their invitation, if there is one: the server knows neither that it is, nor for what. */
  guest: Uuid.nullable(),
  /** Items of the plan that are meant for them; the sending team owns these meanwhile. */
  tasks: z.array(Uuid).max(LIMITS.tasksPerHandoff.value),
});
export type Absentee = z.infer<typeof Absentee>;

export const HandOverWay = z.enum(HAND_OVER_WAYS);
export type HandOverWay = z.infer<typeof HandOverWay>;

/** Who was told, how and when; by whom is the entry's author. */
export const HandOver = z.strictObject({
  to: Line.min(1),
  how: HandOverWay,
  at: Instant,
  note: Text,
});
export type HandOver = z.infer<typeof HandOver>;

export const ABSENTEE_KINDS = {
  'handoff.awaited': entryKind({
    ...outlineKind,
    facts: z.strictObject({ absentee: Uuid, due: Instant }),
    body: Absentee,
    countable: false,
  }),
  'handoff.handed-over': entryKind({
    ...outlineKind,
    facts: z.strictObject({ absentee: Uuid }),
    body: HandOver,
    countable: true,
  }),
  /** Whoever is here now is asked in their place: themselves once they arrived, or another. */
  'handoff.admitted': entryKind({
    ...outlineKind,
    facts: z.strictObject({ absentee: Uuid, to: MemberId, due: Instant }),
    body: z.strictObject({ note: Text }),
    countable: true,
  }),
} as const;
