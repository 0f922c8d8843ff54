/** Requests from a page or its worker: the browser keeps the session's cookie, we never see it. */
import { LIMITS } from '@liaison/contract/limits';
import type { Http } from './http.js';

export function browserHttp(origin: string): Http {
  return async ({ method, path, headers, body, timeoutMs }) => {
    const reply = await fetch(new URL(path, origin), {
      method,
      headers: { ...headers },
      ...(body === undefined ? {} : { body: body as BodyInit }),
      credentials: 'same-origin',
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs ?? LIMITS.callTimeoutMs.value),
      cache: 'no-store',
    });
    return {
      status: reply.status,
      headers: Object.fromEntries(reply.headers),
      body: new Uint8Array(await reply.arrayBuffer()),
    };
  };
}
