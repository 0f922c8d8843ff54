/** Requests from a program: fetch with a cookie jar of its own. Node only. */
import { LIMITS } from '@liaison/contract/limits';
import type { Http } from './http.js';

/** The cookies of one origin, as a browser would keep them for one person. */
export class CookieJar {
  readonly #cookies: Map<string, string>;

  constructor(kept: Readonly<Record<string, string>> = {}) {
    this.#cookies = new Map(Object.entries(kept));
  }

  remember(lines: readonly string[], now: number): void {
    for (const line of lines) {
      const [pair = '', ...attributes] = line.split(';');
      const at = pair.indexOf('=');
      const name = pair.slice(0, at).trim();
      if (attributes.some((one) => isOver(one, now))) this.#cookies.delete(name);
      else this.#cookies.set(name, pair.slice(at + 1).trim());
    }
  }

  header(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  kept(): Record<string, string> {
    return Object.fromEntries(this.#cookies);
  }
}

function isOver(attribute: string, now: number): boolean {
  const [name = '', value = ''] = attribute.trim().split('=');
  if (name.toLowerCase() === 'max-age') return Number(value) <= 0;
  return name.toLowerCase() === 'expires' && Date.parse(value) <= now;
}

export function nodeHttp(
  origin: string,
  jar: CookieJar = new CookieJar(),
  clock: () => number = Date.now,
): Http {
  const http: Http = async ({ method, path, headers, body, timeoutMs }) => {
    const reply = await fetch(new URL(path, origin), {
      method,
      headers: { origin, cookie: jar.header(), ...headers },
      ...(body === undefined ? {} : { body: body as BodyInit }),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs ?? LIMITS.callTimeoutMs.value),
    });
    jar.remember(reply.headers.getSetCookie(), clock());
    return {
      status: reply.status,
      headers: Object.fromEntries(reply.headers),
      body: new Uint8Array(await reply.arrayBuffer()),
    };
  };
  return Object.assign(http, { cookies: () => jar.header() });
}
