/**
 * The small face of `oidc-provider` (which ships no types) that the emulator touches. It describes
 * what is used here and nothing else; anything new must be checked against the library's sources.
 */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export interface ProviderSession {
    accountId?: string;
    grantIdFor(clientId: string): string | undefined;
    destroy(): Promise<void>;
  }

  export interface ProviderClient {
    readonly clientId: string;
  }

  export interface OidcContext {
    readonly route: string;
    readonly client?: ProviderClient;
    readonly session: ProviderSession;
    readonly account?: { readonly accountId: string };
    readonly params?: Record<string, string | undefined>;
    readonly entities: { readonly IdTokenHint?: object };
    readonly result?: { readonly login?: object };
  }

  export interface Context {
    /** Absent until one of the provider's routes matched. */
    readonly oidc: OidcContext;
    readonly query: Record<string, string | string[] | undefined>;
    readonly headers: Record<string, string | string[] | undefined>;
    status: number;
    type: string;
    body: unknown;
    redirect(url: string): void;
  }

  export interface Interaction {
    readonly uid: string;
    readonly params: Record<string, string | undefined>;
  }

  export interface Grant {
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
  }

  interface ClientPrototype {
    redirectUriAllowed(uri: string): boolean;
    postLogoutRedirectUriAllowed(uri: string): boolean;
    includeSid(): boolean;
  }

  export class Provider {
    constructor(issuer: string, configuration: object);
    proxy: boolean;
    readonly Client: { readonly prototype: ClientPrototype };
    readonly Grant: new (properties: {
      accountId: string;
      clientId: string;
    }) => Grant;
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    use(middleware: (ctx: Context, next: () => Promise<void>) => Promise<void>): this;
    on(event: string, listener: (ctx: Context, error: Error) => void): this;
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<Interaction>;
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: object,
    ): Promise<void>;
  }

  export const errors: {
    readonly InvalidRequest: new (description: string) => Error;
    readonly SessionNotFound: new (description: string) => Error;
  };

  export const interactionPolicy: {
    readonly Check: new (
      reason: string,
      description: string,
      check: (ctx: Context) => boolean,
    ) => object;
    base(): {
      get(name: string): { readonly checks: { add(check: object): void } };
      remove(name: string): void;
    };
  };
}

declare module 'oidc-provider/lib/adapters/memory_adapter.js' {
  export function createMemoryAdapter(clockToleranceS: number): object;
}
