/**
 * Reads a request against its route: unknown fields, wrong types and the wrong kind of body are
 * refused with the paths of the fields, never with the values that were sent.
 */
import { Problem, type ProblemBody } from '@liaison/contract/errors';
import type { Route } from '@liaison/contract/route';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

type Field = NonNullable<ProblemBody['fields']>[number];

const FIELDS_SHOWN = 20;
const NAME_SHOWN = 40;
const EMPTY = new Uint8Array();

/** A field's name may come from the caller: it is cut and stripped before it is repeated. */
const safeName = (key: PropertyKey): string =>
  String(key)
    .replace(/[^\w.-]/g, '?')
    .slice(0, NAME_SHOWN);

function toFields(part: string, issue: z.core.$ZodIssue): Field[] {
  const at = [part, ...issue.path.map(safeName)];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...at, safeName(key)].join('.'),
      problem: 'This field is not known.',
    }));
  }
  return [{ path: at.join('.'), problem: issue.message.slice(0, 200) }];
}

/** An object's schema refuses unknown fields, whether or not its author thought of it. */
const strictly = (schema: z.ZodType): z.ZodType =>
  schema instanceof z.ZodObject && schema.def.catchall === undefined ? schema.strict() : schema;

const STRICT = new WeakMap<z.ZodType, z.ZodType>();

function strictOf(schema: z.ZodType): z.ZodType {
  const known = STRICT.get(schema) ?? strictly(schema);
  STRICT.set(schema, known);
  return known;
}

function check(part: string, schema: z.ZodType | undefined, value: unknown): unknown {
  if (schema === undefined) {
    const names = typeof value === 'object' && value !== null ? Object.keys(value) : [];
    if (names.length === 0) return undefined;
    const fields = names.slice(0, FIELDS_SHOWN).map((name) => ({
      path: `${part}.${safeName(name)}`,
      problem: 'This field is not known.',
    }));
    throw new Problem('request_invalid', undefined, fields);
  }
  const parsed = strictOf(schema).safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.flatMap((issue) => toFields(part, issue));
  throw new Problem('request_invalid', undefined, fields.slice(0, FIELDS_SHOWN));
}

function readBytes(route: Route, body: unknown): Uint8Array {
  if (route.bodyType !== 'binary') return EMPTY;
  if (body instanceof Uint8Array) return body;
  throw new Problem('request_invalid', 'The body must be application/octet-stream.');
}

function readBody(route: Route, body: unknown): unknown {
  if (route.bodyType === 'binary') return undefined;
  if (body instanceof Uint8Array) {
    throw new Problem('request_invalid', 'The body must be application/json.');
  }
  return check('body', route.body, body ?? undefined);
}

export function readCall(route: Route, request: FastifyRequest, reply: FastifyReply) {
  return {
    params: route.params === undefined ? undefined : check('params', route.params, request.params),
    query: check('query', route.query, request.query),
    body: readBody(route, request.body),
    bytes: readBytes(route, request.body),
    request,
    reply,
  };
}
