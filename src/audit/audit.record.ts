/**
 * One audit record: who did or was served what, and when. Its text is canonical, so that it can be
 * signed, hashed and exported as it is; the salt lets a record be erased without its hash telling.
 */
import { utf8 } from '@liaison/contract/bytes';
import { canonical, framed } from '@liaison/contract/encoding';
import type { RecordedEvent } from '../events/event.rows.js';

export const SALT_BYTES = 32;

/** The record's canonical text. `seq` counts from 0 without a gap. */
export function recordText(seq: number, { at, event }: RecordedEvent): string {
  return canonical({ v: 1, seq, at, event });
}

/** What is signed at creation, and what the tree's leaf is made of. */
export function recordBytes(salt: Uint8Array, text: string): Uint8Array {
  return framed('liaison/1/audit-record', salt, utf8(text));
}
