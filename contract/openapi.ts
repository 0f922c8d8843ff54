/**
 * The table of routes as an OpenAPI 3.1 document. It adds nothing of its own: what it says of a
 * route, the server checks and the SDK sends.
 */
import { z } from 'zod';
import { ERRORS, type ErrorCode } from './errors.js';
import type { Access, Route } from './route.js';
import { ALL_ROUTES } from './routes.js';
import { REQUEST_MARK } from './session.js';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = Readonly<Record<string, Json>>;

/** Codes that any route may answer, by what it asks for. */
const ALWAYS: readonly ErrorCode[] = [
  'request_invalid',
  'too_many_requests',
  'database_unavailable',
  'internal_error',
];
const BY_ACCESS: Readonly<Record<Access, readonly ErrorCode[]>> = {
  anybody: [],
  session: ['not_signed_in', 'session_expired'],
  unlocked: ['not_signed_in', 'session_expired', 'session_locked'],
  person: ['not_signed_in', 'session_expired', 'session_locked', 'identity_needed'],
};

const BINARY: JsonObject = { 'application/octet-stream': { schema: { type: 'string' } } };

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
  const described = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  // The dialect is OpenAPI's own default, and need not be named in every place.
  const plain = JSON.parse(JSON.stringify({ ...described, $schema: undefined })) as unknown;
  return plain as JsonObject;
}

function parametersIn(place: 'path' | 'query', schema: z.ZodType | undefined): JsonObject[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, JsonObject>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, form]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: form,
  }));
}

const MARK: JsonObject = {
  name: REQUEST_MARK.name,
  in: 'header',
  required: true,
  schema: { const: REQUEST_MARK.value },
};

function bodyOf(route: Route): JsonObject {
  if (route.bodyType === 'binary') return { requestBody: { required: true, content: BINARY } };
  if (route.body === undefined) return {};
  const schema = schemaOf(route.body, 'input');
  return { requestBody: { required: true, content: { 'application/json': { schema } } } };
}

function successOf(route: Route): JsonObject {
  if (route.replyType === 'redirect') return { 302: { description: 'Leads elsewhere.' } };
  if (route.replyType === 'binary') return { 200: { description: 'The bytes.', content: BINARY } };
  if (route.reply === undefined) return { 204: { description: 'Done.' } };
  const schema = schemaOf(route.reply, 'output');
  return { 200: { description: 'Done.', content: { 'application/json': { schema } } } };
}

function refusalsOf(route: Route): JsonObject {
  const codes = new Set([...ALWAYS, ...BY_ACCESS[route.access], ...(route.errors ?? [])]);
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) {
    const { status } = ERRORS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const answers = [...byStatus].sort(([a], [b]) => a - b);
  return Object.fromEntries(answers.map(([status, found]) => [status, refusal(found)]));
}

/** What each code means stands once, in the schema of `Problem`. */
function refusal(codes: readonly ErrorCode[]): JsonObject {
  return {
    description: codes.join(', '),
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}

function operationOf(route: Route): JsonObject {
  const mark = route.method === 'GET' ? [] : [MARK];
  const parameters = [
    ...parametersIn('path', route.params),
    ...parametersIn('query', route.query),
    ...mark,
  ];
  return {
    operationId: route.name,
    summary: route.summary,
    'x-access': route.access,
    security: route.access === 'anybody' ? [] : [{ session: [] }],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...bodyOf(route),
    responses: { ...successOf(route), ...refusalsOf(route) },
  };
}

const PROBLEM: JsonObject = {
  type: 'object',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: {
      oneOf: Object.entries(ERRORS).map(([code, { en }]) => ({ const: code, description: en })),
    },
    detail: { type: 'string' },
    requestId: { type: 'string' },
    fields: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'problem'],
        properties: { path: { type: 'string' }, problem: { type: 'string' } },
      },
    },
  },
};

/** `:circle` in the table is `{circle}` in OpenAPI. */
const pathOf = (route: Route): string => route.path.replace(/:(\w+)/g, '{$1}');

export function openApiDocument(version: string): JsonObject {
  const paths: Record<string, JsonObject> = {};
  for (const route of Object.values<Route>(ALL_ROUTES as unknown as Record<string, Route>)) {
    const path = pathOf(route);
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Liaison',
      version,
      description: 'What is said in circles is sealed on devices: this API carries it unread.',
    },
    paths,
    components: {
      schemas: { Problem: PROBLEM },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'liaison-session' } },
    },
  };
}
