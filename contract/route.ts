/**
 * What a route is: one description that the server binds, the SDK calls and OpenAPI prints.
 */
import type { z } from 'zod';
import type { ErrorCode } from './errors.js';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/**
 * Who may call: anybody; a session that is live or locked; a live session; a live session whose
 * person has an identity log (`person`). Default deny: a route without an entry does not exist.
 */
export type Access = 'anybody' | 'session' | 'unlocked' | 'person';

export interface Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
> {
  /** Unique; also OpenAPI's operationId. */
  readonly name: string;
  readonly method: Method;
  /** Fastify form, below the origin: `/api/circles/:circle/items`. */
  readonly path: string;
  readonly access: Access;
  /** One sentence: what it does, for whom. */
  readonly summary: string;
  readonly params?: Params;
  readonly query?: Query;
  /** JSON unless `bodyType` is `binary` (then the handler gets the raw bytes). */
  readonly body?: Body;
  readonly bodyType?: 'json' | 'binary';
  readonly reply?: Reply;
  readonly replyType?: 'json' | 'binary' | 'redirect';
  /** Codes beyond those that any route may answer. */
  readonly errors?: readonly ErrorCode[];
}

export function route<
  Params extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  Reply extends z.ZodType = z.ZodUndefined,
>(description: Route<Params, Query, Body, Reply>): Route<Params, Query, Body, Reply> {
  return description;
}
