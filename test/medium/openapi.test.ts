/** The API's own description: served as it is written, complete, and without any script. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { openApiDocument } from '@liaison/contract/openapi';
import type { Route } from '@liaison/contract/route';
import { ALL_ROUTES } from '@liaison/contract/routes';
import { IdentityStage } from './identity.stage.js';

interface Document {
  readonly info: { readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, { operationId: string }>>>>;
}

const routes = Object.values(ALL_ROUTES) as unknown as readonly Route[];
let stage: IdentityStage;

beforeAll(async () => {
  stage = await IdentityStage.open();
});

afterAll(() => stage.close());

test('is served as the file in docs says', async () => {
  const served = (await stage.browser().get<Document>('/api/openapi.json')).body;
  const file: unknown = JSON.parse(readFileSync('docs/openapi.json', 'utf8'));
  expect(served).toEqual(file);
  expect(served).toEqual(openApiDocument(served.info.version));
});

test('describes each route once', async () => {
  const { paths } = (await stage.browser().get<Document>('/api/openapi.json')).body;
  const described = Object.values(paths).flatMap((path) =>
    Object.values(path).map(({ operationId }) => operationId),
  );
  expect(described.sort()).toEqual(routes.map(({ name }) => name).sort());
});

test('is readable by people without a script', async () => {
  const { status, body, headers } = await stage.browser().get<string>('/docs');
  expect(status).toBe(200);
  expect(headers.get('content-security-policy')).toContain("default-src 'self'");
  expect(body).not.toMatch(/<script|style=|https?:\/\//);
  const text = body.replace(/&lt;/g, '<').replace(/&gt;/g, '>');
  for (const { summary } of routes) expect(text).toContain(summary);
});

test('the instance tells what a client must know before it trusts anything', async () => {
  const { body } = await stage.browser().get('/api/instance');
  expect(body).toMatchObject({
    origin: stage.config.publicOrigin,
    provider: {
      issuer: stage.emulator.issuer,
      audience: stage.emulator.clientId,
      minimumAcr: 'eidas1',
      fictional: true,
      jwks: { keys: [{ kty: 'RSA', alg: 'RS256' }] },
    },
  });
});
