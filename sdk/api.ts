/**
 * Calls routes of the contract's table. Every reply is parsed by the route's own schema; a reply
 * that does not fit is a fault, never a value. Retries what may heal by itself, a few times.
 */
import { fromUtf8 } from '@liaison/contract/bytes';
import { ERRORS, Problem, type ProblemBody } from '@liaison/contract/errors';
import { LIMITS } from '@liaison/contract/limits';
import type { Route } from '@liaison/contract/route';
import { REQUEST_MARK } from '@liaison/contract/session';
import type { z } from 'zod';
import { chance } from './crypto/random.js';
import { Fault } from './fault.js';
import type { Http, HttpReply, HttpRequest } from './http.js';

type In<S> = S extends z.ZodType ? z.input<S> : undefined;
type Out<S> = S extends z.ZodType ? z.output<S> : undefined;
type Given<Name extends string, S> = S extends z.ZodUndefined
  ? Readonly<Partial<Record<Name, never>>>
  : Readonly<Record<Name, In<S>>>;

export type CallInput<R> =
  R extends Route<infer P, infer Q, infer B>
    ? Given<'params', P> & Given<'query', Q> & Given<'body', B> & { readonly bytes?: Uint8Array }
    : never;
export type CallReply<R> =
  R extends Route<z.ZodType, z.ZodType, z.ZodType, infer Reply> ? Out<Reply> : never;

type Plain = string | number | boolean;

/** The same input, seen without its types: what building a request needs. */
interface LooseInput {
  readonly params?: Readonly<Record<string, Plain>> | undefined;
  readonly query?: Readonly<Record<string, Plain | undefined>> | undefined;
  readonly body?: unknown;
  readonly bytes?: Uint8Array;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function pathOf(route: Route, input: LooseInput): string {
  const { params } = input;
  const path =
    params === undefined
      ? route.path
      : route.path.replace(/:(\w+)/g, (_, name: string) =>
          encodeURIComponent(String(params[name] ?? '')),
        );
  if (input.query === undefined) return path;
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query)) {
    if (value !== undefined) query.set(name, String(value));
  }
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}

function requestOf(route: Route, input: LooseInput): HttpRequest {
  const isTransfer = input.bytes !== undefined || route.reply === undefined;
  const timeoutMs = LIMITS[isTransfer ? 'transferTimeoutMs' : 'callTimeoutMs'].value;
  const base = { method: route.method, path: pathOf(route, input), timeoutMs } as const;
  const mark = route.method === 'GET' ? {} : { [REQUEST_MARK.name]: REQUEST_MARK.value };
  if (input.bytes !== undefined) {
    const headers = { ...mark, 'content-type': 'application/octet-stream' };
    return { ...base, headers, body: input.bytes };
  }
  if (input.body === undefined) return { ...base, headers: mark };
  const headers = { ...mark, 'content-type': 'application/json' };
  return { ...base, headers, body: JSON.stringify(input.body) };
}

function parsed(reply: HttpReply): unknown {
  try {
    return JSON.parse(fromUtf8(reply.body));
  } catch (error) {
    throw new Fault('reply-invalid', `status ${String(reply.status)} without JSON`, {
      cause: error,
    });
  }
}

function refusal(reply: HttpReply): Problem {
  const { code, detail, fields } = parsed(reply) as Partial<ProblemBody>;
  if (typeof code !== 'string' || !Object.hasOwn(ERRORS, code)) {
    throw new Fault('reply-invalid', `status ${String(reply.status)} with an unknown code`);
  }
  return new Problem(code, detail, fields);
}

/**
 * What may heal by waiting: no reply at all, a busy or absent server, too many requests. Whoever
 * waited in vain for as long as anybody should is not made to wait again.
 */
function heals(error: unknown): boolean {
  if (error instanceof Fault) return error.code === 'offline' && !isTimeout(error.cause);
  return error instanceof Problem && (error.status === 503 || error.status === 429);
}

const isTimeout = (cause: unknown): boolean =>
  cause instanceof DOMException && cause.name === 'TimeoutError';

/** What a gateway says when it finds no server behind it. */
const GATEWAY_STATUSES: readonly number[] = [502, 503, 504];

/**
 * Whether somebody between us and the server answered instead: a gateway, a hospital's proxy, a
 * café's welcome. Ours answers what is asked here neither with a page nor by sending us elsewhere
 * (of which a browser says status 0). Taken for its word, that would refuse what waits to be sent.
 */
function isSomebodyElse({ status, headers }: HttpReply): boolean {
  const type = headers['content-type'] ?? '';
  const leadsElsewhere = status === 0 || (status >= 300 && status < 400);
  const isGateway = GATEWAY_STATUSES.includes(status) && !type.includes('json');
  return leadsElsewhere || isGateway || type.includes('html');
}

export class Api {
  /** Told of each refusal, whoever asked: that a session is over shows wherever it is met. */
  onRefusal: (problem: Problem) => void = () => undefined;

  constructor(private readonly http: Http) {}

  async call<R extends Route>(route: R, input: CallInput<R>): Promise<CallReply<R>> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#once(route, input);
      } catch (error) {
        if (!heals(error) || attempt >= LIMITS.callAttempts.value) throw error;
        await pause(LIMITS.callPauseMs.value * 2 ** (attempt - 1) * (0.5 + chance()));
      }
    }
  }

  /** The bytes of a binary reply. */
  async bytes<R extends Route>(route: R, input: CallInput<R>): Promise<Uint8Array> {
    return (await this.#send(requestOf(route, input as LooseInput))).body;
  }

  async #once<R extends Route>(route: R, input: CallInput<R>): Promise<CallReply<R>> {
    const reply = await this.#send(requestOf(route, input as LooseInput));
    if (route.reply === undefined) return undefined as CallReply<R>;
    const value = route.reply.safeParse(parsed(reply));
    if (value.success) return value.data as CallReply<R>;
    const where = value.error.issues.map((issue) => issue.path.join('.')).slice(0, 3);
    throw new Fault('reply-invalid', `${route.name}: ${where.join(', ')}`);
  }

  async #send(request: HttpRequest): Promise<HttpReply> {
    let reply: HttpReply;
    try {
      reply = await this.http(request);
    } catch (error) {
      throw new Fault('offline', 'the server did not answer', { cause: error });
    }
    if (isSomebodyElse(reply)) {
      throw new Fault('offline', `somebody else answered ${String(reply.status)}`);
    }
    if (reply.status < 400) return reply;
    const problem = refusal(reply);
    this.onRefusal(problem);
    throw problem;
  }
}
