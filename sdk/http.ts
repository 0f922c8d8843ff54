/** How the SDK reaches the server: one function, which browser, Node and tests each bring. */
import type { Method } from '@liaison/contract/route';

export interface HttpRequest {
  readonly method: Method;
  /** Below the origin, query included. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Beyond, the network is taken to be cut: it may be, without anybody saying so. */
  readonly timeoutMs?: number;
}

export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface Http {
  /** Rejects only when no reply came; an error status is a reply. */
  (request: HttpRequest): Promise<HttpReply>;
  /** Where cookies are ours to keep (Node): what a socket must send along. */
  readonly cookies?: (() => string) | undefined;
}
