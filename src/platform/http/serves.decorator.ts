/**
 * Binds a controller's method to one route of the contract: its method and path, the check of what
 * comes in, and the access that it asks for. The default-deny guard reads the route by
 * `routeOf`; a handler without this decorator serves nothing.
 */
import {
  createParamDecorator,
  type ExecutionContext,
  HttpCode,
  RequestMapping,
  RequestMethod,
  SetMetadata,
} from '@nestjs/common';
import type { Route } from '@liaison/contract/route';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { readCall } from './call.js';

/** Metadata under which a handler keeps its route. */
const ROUTE = Symbol('liaison:route');

/** What a handler is given: everything checked, and the raw pair for cookies and sessions. */
export interface Call<R extends Route> {
  readonly params: z.output<NonNullable<R['params']>>;
  readonly query: z.output<NonNullable<R['query']>>;
  readonly body: z.output<NonNullable<R['body']>>;
  /** The raw body of a route whose `bodyType` is `binary`; empty otherwise. */
  readonly bytes: Uint8Array;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/**
 * What a handler answers: the contract's reply. Where the contract states none, it is the bytes of
 * a `binary` route, the address of a `redirect`, or nothing: no type tells these apart.
 */
export type Answer<R extends Route> =
  NonNullable<R['reply']> extends z.ZodUndefined ? unknown : z.input<NonNullable<R['reply']>>;

type Handler<R extends Route> = (call: Call<R>) => Answer<R> | Promise<Answer<R>>;

const METHODS = {
  GET: RequestMethod.GET,
  POST: RequestMethod.POST,
  PUT: RequestMethod.PUT,
  DELETE: RequestMethod.DELETE,
} as const;

const CallArgument = createParamDecorator((route: Route, context: ExecutionContext) => {
  const http = context.switchToHttp();
  return readCall(route, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
});

const answersNothing = (route: Route): boolean =>
  route.reply === undefined && (route.replyType ?? 'json') === 'json';

export function Serves<R extends Route>(route: R) {
  return <H extends Handler<R>>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<H>,
  ): void => {
    shape(route, descriptor);
    RequestMapping({ path: route.path, method: METHODS[route.method] })(target, key, descriptor);
    HttpCode(answersNothing(route) ? 204 : 200)(target, key, descriptor);
    SetMetadata(ROUTE, route)(target, key, descriptor);
    CallArgument(route)(target, key, 0);
  };
}

/** Sends a redirect or raw bytes in the form that the route states; JSON needs nothing. */
function shape<H extends (call: never) => unknown>(
  { replyType = 'json' }: Route,
  descriptor: TypedPropertyDescriptor<H>,
): void {
  const handler = descriptor.value;
  if (replyType === 'json' || handler === undefined) return;
  const shaped = async function (this: unknown, call: { readonly reply: FastifyReply }) {
    const answer: unknown = await handler.call(this, call as never);
    if (replyType === 'redirect') {
      call.reply.status(302).header('location', String(answer));
      return undefined;
    }
    call.reply.type('application/octet-stream');
    return answer instanceof Uint8Array ? asBuffer(answer) : Buffer.alloc(0);
  };
  descriptor.value = shaped as unknown as H;
}

const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The route that a handler serves, for guards and interceptors; undefined when it serves none. */
export function routeOf(context: Pick<ExecutionContext, 'getHandler'>): Route | undefined {
  const route: unknown = Reflect.getMetadata(ROUTE, context.getHandler());
  return isRoute(route) ? route : undefined;
}

const isRoute = (value: unknown): value is Route =>
  typeof value === 'object' && value !== null && 'access' in value && 'path' in value;
