/**
 * What goes wrong on this side of the wire, as types. What the server refuses is a `Problem`.
 * `offline` heals by itself; `reply-invalid` and the log faults are evidence, and are kept.
 */
export type FaultCode =
  | 'offline'
  | 'reply-invalid'
  | 'not-ready'
  /** No keys of a provider of real people are built in, or those of another deployment. */
  | 'not-pinned'
  | 'no-such-circle'
  | 'no-keys'
  | 'too-many-templates'
  | 'file-broken'
  | 'name-wrong'
  | 'words-wrong'
  | 'paper-replaced'
  | 'link-wrong'
  | 'code-wrong'
  | 'link-altered'
  | 'at-post'
  | 'other-person'
  | 'ends-this-one'
  | 'unsent'
  | 'store-shut'
  | 'passkey-other'
  | 'passkey-plain'
  | 'sign-in-altered'
  | 'log-broken'
  | 'receipt-broken';

export class Fault extends Error {
  override readonly name = 'Fault';

  constructor(
    readonly code: FaultCode,
    readonly why: string,
    options?: ErrorOptions,
  ) {
    super(`${code}: ${why}`, options);
  }
}

/** An answer that no schema of ours reads: whatever it was to say, nobody can act on it. */
export function isReplyInvalid(error: unknown): error is Fault {
  return error instanceof Fault && error.code === 'reply-invalid';
}
