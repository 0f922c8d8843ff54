/**
 * The device's own memory: tables of JSON values, changed in transactions that hold or fail whole.
 * A cursor and what it covers are written in one transaction, so a crash never parts them.
 * A store must never interpret what it keeps.
 */

import type { Latch } from './latch.js';

/** Tables that hold secrets or words in the clear: stores wrap them where the platform allows. */
export const SECRET_TABLES = ['secrets', 'outbox', 'drafts'] as const;

export const TABLES = [
  ...SECRET_TABLES,
  'meta', // who this store belongs to, counters
  'people', // verified identity logs
  'leaves', // what the identity tree lists of each person
  'circles', // state of each replayed circle with its head
  'items', // `<circle>/<k>`: items as they were served
  'skeletons', // state of teams that are followed by statements only
  'lanes', // `<circle>/<person>/<lane>`
  'receipts', // `<circle>/<k>`: the server's word on our own items
  'evidence', // what shows that the server misbehaved
  'names', // claimed names that were checked against a signed hash
] as const;
export type Table = (typeof TABLES)[number];

export interface Reads {
  get<T>(table: Table, key: string): Promise<T | undefined>;
  /** Rows whose key starts with the prefix, in key order. */
  scan<T>(table: Table, prefix: string): Promise<(readonly [key: string, value: T])[]>;
}

export interface Transaction extends Reads {
  /** Seen by this transaction's own reads at once, by others after it ended. */
  put(table: Table, key: string, value: unknown): void;
  delete(table: Table, key: string): void;
}

export interface Store extends Reads {
  /** What keeps the secret tables closed; null where the platform has no such thing. */
  readonly latch: Latch | null;
  /** One after the other; what `work` changed is kept whole, or not at all if it throws. */
  transaction<T>(work: (tx: Transaction) => Promise<T> | T): Promise<T>;
  /** Forgets everything, as far as the platform lets bytes be forgotten; it stays open. */
  wipe(): Promise<void>;
  close(): Promise<void>;
}

/** One change of a transaction; `value` undefined deletes. */
export interface Write {
  readonly table: Table;
  readonly key: string;
  readonly value: unknown;
}
