/** Routes over a real server: what is refused, in which form, and that the contract binds both. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Problem } from '@liaison/contract/errors';
import { LIMITS } from '@liaison/contract/limits';
import { route } from '@liaison/contract/route';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { z } from 'zod';
import { createAdapter, prepareServer } from '../../src/platform/http/server.js';
import { type Call, Serves } from '../../src/platform/http/serves.decorator.js';
import { Log } from '../../src/platform/logger/log.js';
import { PlatformModule } from '../../src/platform/platform.module.js';
import { testConfig } from '../support/test-config.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const ROUTES = {
  measure: route({
    name: 'measure',
    method: 'POST',
    path: '/api/beds/:bed',
    access: 'anybody',
    summary: 'A route of this test.',
    params: z.object({ bed: z.string().max(8) }),
    query: z.object({ ward: z.string().optional() }),
    body: z.object({ pulse: z.int().positive() }),
    reply: z.strictObject({ bed: z.string(), pulse: z.int() }),
  }),
  weigh: route({
    name: 'weigh',
    method: 'PUT',
    path: '/api/bytes',
    access: 'anybody',
    summary: 'Gives back the bytes it got, reversed.',
    bodyType: 'binary',
    replyType: 'binary',
  }),
  fail: route({
    name: 'fail',
    method: 'GET',
    path: '/api/failures/:kind',
    access: 'anybody',
    summary: 'Fails in the way asked for.',
    params: z.object({ kind: z.enum(['problem', 'mistake', 'reply']) }),
    reply: z.strictObject({ fine: z.literal(true) }),
  }),
  leave: route({
    name: 'leave',
    method: 'GET',
    path: '/api/leave',
    access: 'anybody',
    summary: 'Sends the browser elsewhere.',
    replyType: 'redirect',
  }),
} as const;

@Controller()
class WardController {
  @Serves(ROUTES.measure)
  measure({ params, body }: Call<typeof ROUTES.measure>) {
    return { bed: params.bed, pulse: body.pulse };
  }

  @Serves(ROUTES.weigh)
  weigh({ bytes }: Call<typeof ROUTES.weigh>) {
    return Uint8Array.from(bytes).reverse();
  }

  @Serves(ROUTES.fail)
  fail({ params }: Call<typeof ROUTES.fail>): { fine: true } {
    if (params.kind === 'problem') throw new Problem('circle_unknown');
    if (params.kind === 'mistake') throw new TypeError('secret-value');
    return JSON.parse('{"fine":"secret-value"}') as { fine: true };
  }

  @Serves(ROUTES.leave)
  leave() {
    return 'https://provider.example/authorize';
  }
}

@Module({ controllers: [WardController] })
class WardModule {}

let database: TestDatabase;
let app: NestFastifyApplication;
let origin: string;

beforeAll(async () => {
  database = await createTestDatabase();
  const config = testConfig(database);
  const platform = PlatformModule.register({ config, roles: ['api'], log: Log.create('silent') });
  app = await NestFactory.create<NestFastifyApplication>(
    { module: WardModule, imports: [platform] },
    createAdapter(config),
    { logger: false, bodyParser: false, abortOnError: false },
  );
  await prepareServer(app);
  await app.listen(0, '127.0.0.1');
  origin = await app.getUrl();
});

afterAll(async () => {
  await app.close();
  await database.close();
});

const post = (path: string, body: unknown) =>
  fetch(origin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

test('a good request is answered, with strict headers and a number', async () => {
  const response = await post('/api/beds/12?ward=b', { pulse: 60 });
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ bed: '12', pulse: 60 });
  const policy = response.headers.get('content-security-policy');
  expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('unsafe-inline');
  expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
});

test.each([
  ['an unknown field', '/api/beds/12', { pulse: 60, note: 'x' }, 'body.note'],
  ['a wrong type', '/api/beds/12', { pulse: 'sixty' }, 'body.pulse'],
  ['a missing body', '/api/beds/12', {}, 'body.pulse'],
  ['an unknown query', '/api/beds/12?sort=1', { pulse: 60 }, 'query.sort'],
  ['a parameter out of form', '/api/beds/123456789', { pulse: 60 }, 'params.bed'],
])('%s is refused by the path of the field', async (_name, path, body, field) => {
  const response = await post(path, body);
  expect(response.status).toBe(400);
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  const problem = (await response.json()) as { code: string; fields: { path: string }[] };
  expect(problem.code).toBe('request_invalid');
  expect(problem.fields.map(({ path: at }) => at)).toContain(field);
});

test.each([
  ['malformed JSON', '{"pulse":', 400, 'request_invalid'],
  ['a poisoned object', '{"__proto__":{"pulse":1}}', 400, 'request_invalid'],
  ['a body too large', 'x'.repeat(LIMITS.requestBytes.value + 1), 413, 'request_too_large'],
])('%s has its own code', async (_name, body, status, code) => {
  const response = await post('/api/beds/12', body);
  expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([
    status,
    code,
  ]);
});

test('raw bytes go both ways; JSON in their place is refused', async () => {
  const response = await fetch(`${origin}/api/bytes`, {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream' },
    body: new Uint8Array([1, 2, 255]),
  });
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array([255, 2, 1]));
  const refused = await fetch(`${origin}/api/bytes`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  expect(refused.status).toBe(400);
});

test.each([
  ['problem', 404, 'circle_unknown'],
  ['mistake', 500, 'internal_error'],
  ['reply', 500, 'internal_error'],
])('a failure (%s) is told by its code and never by its values', async (kind, status, code) => {
  const response = await fetch(`${origin}/api/failures/${kind}`);
  const text = await response.text();
  expect(response.status).toBe(status);
  expect(JSON.parse(text)).toMatchObject({ code });
  expect(text).not.toContain('secret-value');
});

test('a redirect leaves with its address', async () => {
  const response = await fetch(`${origin}/api/leave`, { redirect: 'manual' });
  expect(response.status).toBe(302);
  expect(response.headers.get('location')).toBe('https://provider.example/authorize');
});

test('unknown addresses of the API are problems, and health tells the truth', async () => {
  const unknown = await fetch(`${origin}/api/nothing`, { headers: { accept: 'text/html' } });
  expect([unknown.status, ((await unknown.json()) as { code: string }).code]).toEqual([
    404,
    'not_found',
  ]);
  expect(await (await fetch(`${origin}/health/ready`)).json()).toEqual({
    ready: true,
    parts: { database: 'ready', queue: 'ready' },
  });
});
