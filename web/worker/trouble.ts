/**
 * A failure as screens know it: a code of the server's table or one of the SDK's own faults. Both
 * have a sentence in each language; `detail` is for a developer and is never shown.
 */
import type { ErrorCode } from '@liaison/contract/errors';
import type { FaultCode } from '@liaison/sdk/fault';

export type TroubleCode = ErrorCode | FaultCode;

export class Trouble extends Error {
  override readonly name = 'Trouble';

  constructor(
    readonly code: TroubleCode,
    readonly detail?: string,
  ) {
    super(code);
  }
}

export function asTrouble(cause: unknown): Trouble {
  if (cause instanceof Trouble) return cause;
  return new Trouble('internal_error', cause instanceof Error ? cause.message : String(cause));
}
