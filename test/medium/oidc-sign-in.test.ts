/** Signing in against a real provider process, as the server does it, and its refusals. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { loginAt } from '../../tools/psc-emulator/headless-login.js';
import {
  GP_SIGNED_USERINFO,
  HOSPITAL_AND_PRACTICE,
  MIDWIFE_AND_NURSE,
  NURSE,
  NURSE_WITHOUT_ACTIVITIES,
  OidcStage,
  REDIRECT_URI,
  expectProblem,
  nonce,
} from './oidc.stage.js';

let stage: OidcStage;
beforeAll(async () => {
  stage = await OidcStage.open();
});
afterAll(() => stage.close());

describe('signing in by the national provider', () => {
  test('a discharge nurse comes back with a certified identity and her role', async () => {
    const { idToken, claims, attempt } = await stage.signIn(NURSE);
    expect(claims).toMatchObject({
      nationalId: NURSE,
      familyName: 'LEFEVRE',
      givenName: 'NADIA',
      certified: true,
    });
    expect(claims.subject).toMatch(new RegExp(`^f:[0-9a-f-]{36}:${NURSE}$`));
    expect(claims.roles).toEqual([
      expect.objectContaining({
        professionCode: '60',
        modeCode: 'S',
        sectorCode: 'SA01',
        siteFiness: '029970014',
        skillCode: null,
        siret: null,
        organisationName: 'CH DE LAON',
      }),
    ]);
    expect(attempt.returnTo).toBe('/circles');
    expect(decodeProtectedHeader(idToken).alg).toBe('RS256');
    expect(decodeJwt(idToken)).toMatchObject({
      iss: stage.emulator.issuer,
      aud: stage.emulator.clientId,
      acr: 'eidas1',
      nonce: attempt.nonce,
      SubjectNameID: NURSE,
      SubjectRole: ['60^1.2.250.1.213.1.1.5.5'],
      auth_time: expect.any(Number),
      sid: expect.any(String),
    });
  });

  test('userinfo is read as a signed JWT as well as JSON', async () => {
    const { claims } = await stage.signIn(GP_SIGNED_USERINFO);
    expect(claims).toMatchObject({ familyName: 'PETIT', certified: true });
    expect(claims.roles).toMatchObject([
      { professionCode: '10', skillCode: 'SM54', modeCode: 'L' },
    ]);
  });

  test('claims that stand only in userinfo are used and not called certified', async () => {
    for (const person of [NURSE, GP_SIGNED_USERINFO]) {
      stage.emulator.forgeNext({ claims: { SubjectRefPro: undefined, family_name: undefined } });
      const { claims } = await stage.signIn(person);
      expect(claims.roles).toHaveLength(1);
      expect(claims.familyName).not.toBe('');
      expect(claims.certified).toBe(false);
    }
  });

  test('several exercices and several activities are several roles', async () => {
    const midwife = await stage.signIn(MIDWIFE_AND_NURSE);
    expect(midwife.claims.roles.map((role) => role.professionCode)).toEqual(['50', '60']);
    const cardiologist = await stage.signIn(HOSPITAL_AND_PRACTICE);
    expect(cardiologist.claims.roles.map((role) => role.modeCode)).toEqual(['S', 'L']);
    expect(new Set(cardiologist.claims.roles.map((role) => role.key)).size).toBe(2);
  });

  test('without activities, an exercice is a role whose place is unknown', async () => {
    const { claims } = await stage.signIn(NURSE_WITHOUT_ACTIVITIES);
    expect(claims.roles).toMatchObject([
      { professionCode: '60', modeCode: null, siteFiness: null, organisationName: null },
    ]);
  });

  test('the token can be verified again later, for what it was made for', async () => {
    const { idToken, attempt, claims } = await stage.signIn(NURSE);
    const client = stage.client();
    const token = { idToken, nonce: attempt.nonce };
    expect((await client.verifyIdToken(token)).nationalId).toBe(claims.nationalId);
    await expectProblem(client.verifyIdToken({ idToken, nonce: nonce() }), 'oidc_nonce_mismatch');
    stage.clock.advance(10 * 60_000);
    await expectProblem(client.verifyIdToken(token), 'oidc_expired');
    const within = { ...token, issuedWithinMs: 15 * 60_000 };
    expect((await client.verifyIdToken(within)).nationalId).toBe(NURSE);
    stage.clock.advance(-10 * 60_000);
  });

  test('the way back is a path of our own, whatever was asked', async () => {
    const client = stage.client();
    for (const returnTo of ['//evil.example', 'https://evil.example', '/\\evil.example', 'x']) {
      const { attempt } = await client.begin({ nonce: nonce(), returnTo });
      expect(attempt.returnTo).toBe('/');
    }
  });

  test('a nonce that is not 64 lower-case hex characters never leaves', async () => {
    for (const bad of ['', 'abc', 'Z'.repeat(64), 'A'.repeat(64), 'a'.repeat(63)]) {
      await expectProblem(stage.client().begin({ nonce: bad }), 'request_invalid');
    }
  });

  test('signing out goes through the provider and comes back with the state', async () => {
    const { idToken } = await stage.signIn(NURSE);
    const returnUrl = new URL('/', REDIRECT_URI).href;
    const url = await stage.client().logoutUrl({ idToken, returnUrl, state: 'abc' });
    const response = await fetch(url, { redirect: 'manual' });
    expect(response.headers.get('location')).toBe(`${returnUrl}?state=abc`);
  });
});

describe('a sign-in that does not end well', () => {
  test('an answer with another state, or none', async () => {
    const client = stage.client();
    const { authorizeUrl, attempt } = await client.begin({ nonce: nonce() });
    const callbackUrl = await loginAt(authorizeUrl, NURSE);
    const other = { ...attempt, state: 'other' };
    await expectProblem(client.finish({ callbackUrl, attempt: other }), 'oidc_state_unknown');
    const bare = { callbackUrl: REDIRECT_URI, attempt };
    await expectProblem(client.finish(bare), 'oidc_state_unknown');
  });

  test('a code used twice', async () => {
    const client = stage.client();
    const { callbackUrl, attempt } = await stage.signIn(NURSE, client);
    await expectProblem(client.finish({ callbackUrl, attempt }), 'oidc_state_unknown');
  });

  test('a code whose proof key is another sign-in’s', async () => {
    const client = stage.client();
    const { authorizeUrl, attempt } = await client.begin({ nonce: nonce() });
    const callbackUrl = await loginAt(authorizeUrl, NURSE);
    const codeVerifier = (await client.begin({ nonce: nonce() })).attempt.codeVerifier ?? '';
    const mixed = { ...attempt, codeVerifier };
    await expectProblem(client.finish({ callbackUrl, attempt: mixed }), 'oidc_state_unknown');
  });

  test('the person declines', async () => {
    const client = stage.client();
    const { attempt } = await client.begin({ nonce: nonce() });
    const back = new URLSearchParams({ state: attempt.state, error: 'access_denied' });
    back.set('iss', stage.emulator.issuer);
    const callbackUrl = `${REDIRECT_URI}?${back.toString()}`;
    await expectProblem(client.finish({ callbackUrl, attempt }), 'oidc_denied');
  });

  test('the answer names another issuer', async () => {
    const client = stage.client();
    const { authorizeUrl, attempt } = await client.begin({ nonce: nonce() });
    const url = new URL(await loginAt(authorizeUrl, NURSE));
    url.searchParams.set('iss', 'https://other.example');
    await expectProblem(client.finish({ callbackUrl: url.href, attempt }), 'oidc_issuer_mismatch');
  });

  test('the client’s secret is wrong', async () => {
    const client = stage.client({ clientSecret: 'wrong' });
    await expectProblem(stage.signIn(NURSE, client), 'oidc_denied');
  });

  test('the provider is down at the start, then in between, then back', async () => {
    const other = await OidcStage.open();
    const port = Number(new URL(other.emulator.url).port);
    const client = other.client();
    const { authorizeUrl, attempt } = await client.begin({ nonce: nonce() });
    const callbackUrl = await loginAt(authorizeUrl, NURSE);
    const fresh = other.client();
    await other.close();
    await expectProblem(client.finish({ callbackUrl, attempt }), 'oidc_provider_unavailable');
    await expectProblem(fresh.begin({ nonce: nonce() }), 'oidc_provider_unavailable');
    const again = await OidcStage.open(port);
    expect((await again.signIn(NURSE, fresh)).claims.nationalId).toBe(NURSE);
    await again.close();
  });
});
