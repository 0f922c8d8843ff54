/** Requests from a page or its worker: the browser keeps the session's cookie, we never see it. */
import type { Http } from './http.js';

export function browserHttp(origin: string): Http {
  return async ({ method, path, headers, body }) => {
    const reply = await fetch(new URL(path, origin), {
      method,
      headers: { ...headers },
      ...(body === undefined ? {} : { body: body as BodyInit }),
      credentials: 'same-origin',
      redirect: 'manual',
      cache: 'no-store',
    });
    return {
      status: reply.status,
      headers: Object.fromEntries(reply.headers),
      body: new Uint8Array(await reply.arrayBuffer()),
    };
  };
}
