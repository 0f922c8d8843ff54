/**
 * A layer between a client and the honest server that lies about single routes. The client cannot
 * tell it from the server: it speaks the same replies. It must never touch what it does not lie
 * about.
 */
import { fromUtf8, utf8 } from '@liaison/contract/bytes';
import { type ErrorCode, ERRORS } from '@liaison/contract/errors';
import type { Route } from '@liaison/contract/route';
import type { CallReply } from '@liaison/sdk/api';
import type { Http, HttpReply, HttpRequest } from '@liaison/sdk/http';

/** What the client asked for. */
export interface Asked {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

/** The honest answer; to another body than the client's, where one is given. */
type Truth<R> = (body?: unknown) => Promise<CallReply<R>>;
type Lie<R> = (truth: Truth<R>, asked: Asked) => unknown;

interface Told {
  readonly route: Route;
  readonly path: RegExp;
  /** Gives the reply instead of whoever stands behind. */
  readonly answer: (request: HttpRequest, asked: Asked, behind: Http) => Promise<HttpReply>;
}

const isGood = (reply: HttpReply): boolean => reply.status < 400;

function pathOf(route: Route): RegExp {
  return new RegExp(`^${route.path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`);
}

function replyWith(value: unknown): HttpReply {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return { status: 200, headers: { 'content-type': 'application/json' }, body: utf8(text) };
}

export class Liar {
  #told: Told[] = [];
  /** Requests that went through, by route path. */
  readonly http: Http;

  constructor(honest: Http) {
    const { cookies } = honest;
    const http = (request: HttpRequest): Promise<HttpReply> => {
      return this.#answer(request, honest, this.#told.length);
    };
    this.http = cookies === undefined ? http : Object.assign(http, { cookies });
  }

  /** From now on that route is answered so. Later lies stand before earlier ones. */
  about<R extends Route>(route: R, lie: Lie<R>): void {
    const answer: Told['answer'] = async (request, asked, behind) => {
      const refused: HttpReply[] = [];
      const truth: Truth<R> = async (body) => {
        const again = body === undefined ? request : { ...request, body: JSON.stringify(body) };
        const reply = await behind(again);
        if (!isGood(reply)) {
          refused.push(reply);
          throw new Error('refused');
        }
        return JSON.parse(fromUtf8(reply.body)) as CallReply<R>;
      };
      try {
        return replyWith(await lie(truth, asked));
      } catch (error) {
        // What the honest server refused, the client is told as it is.
        const [refusal] = refused;
        if (refusal !== undefined) return refusal;
        throw error;
      }
    };
    this.#told.push({ route, path: pathOf(route), answer });
  }

  /** From now on that route is refused, in the words of an honest server. */
  refuse(route: Route, code: ErrorCode): void {
    const { status } = ERRORS[code];
    const body = utf8(JSON.stringify({ type: 'about:blank', title: code, status, code }));
    const headers = { 'content-type': 'application/problem+json' };
    const answer = (): Promise<HttpReply> => Promise.resolve({ status, headers, body });
    this.#told.push({ route, path: pathOf(route), answer });
  }

  /** As `about`, for a binary reply. */
  aboutBytes(route: Route, lie: (bytes: Uint8Array, asked: Asked, honest: Bytes) => Bytes0): void {
    const answer: Told['answer'] = async (request, asked, behind) => {
      const at = async (path: string) => (await behind({ ...request, path })).body;
      const reply = await behind(request);
      return { ...reply, body: await lie(reply.body, asked, at) };
    };
    this.#told.push({ route, path: pathOf(route), answer });
  }

  /** From now on nothing but the truth, save for the first `standing` lies. */
  behave(standing = 0): void {
    this.#told = this.#told.slice(0, standing);
  }

  async #answer(request: HttpRequest, honest: Http, from: number): Promise<HttpReply> {
    const [path = '', query = ''] = request.path.split('?');
    for (let at = from - 1; at >= 0; at--) {
      const told = this.#told[at];
      const match = told?.route.method === request.method ? told.path.exec(path) : null;
      if (told === undefined || match === null) continue;
      const text = typeof request.body === 'string' ? request.body : null;
      const body: unknown = text === null ? null : JSON.parse(text);
      const params = { ...match.groups };
      const asked = { params, query: new URLSearchParams(query), body };
      return told.answer(request, asked, (again) => this.#answer(again, honest, at));
    }
    return honest(request);
  }
}

type Bytes = (path: string) => Promise<Uint8Array>;
type Bytes0 = Uint8Array | Promise<Uint8Array>;
