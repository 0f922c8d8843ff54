/**
 * The floor of opening: each entry's signature verified strictly and its body opened, from bytes
 * that lie ready, with nothing parsed, hashed, chained or judged.
 */
import { verifyStrictBytes } from '@liaison/sdk/crypto/signing';
import { open } from '@liaison/sdk/crypto/aead';

export interface RawEntry {
  readonly key: Uint8Array;
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
  readonly contentKey: Uint8Array;
  readonly nonce: Uint8Array;
  readonly sealed: Uint8Array;
  readonly context: Uint8Array;
}

/** Milliseconds of processor time that this process has used since then. */
export function processorMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

/** Milliseconds of processor to verify and open all of them. */
export function rawOpeningMs(entries: readonly RawEntry[]): number {
  const started = process.cpuUsage();
  for (const entry of entries) {
    const right = verifyStrictBytes(entry.key, entry.signed, entry.signature);
    const body = open(entry.contentKey, entry.nonce, entry.sealed, entry.context);
    if (!right || body === null) throw new Error('A made entry does not open.');
  }
  return processorMs(started);
}
