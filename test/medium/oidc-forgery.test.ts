/** Forged identity tokens, one fault at a time: each is refused with a code of its own. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ErrorCode } from '@liaison/contract/errors';
import type { Forgery } from '../../tools/psc-emulator/forge.js';
import { expectProblem, NURSE, nonce, OidcStage } from './oidc.stage.js';

let stage: OidcStage;
beforeAll(async () => {
  stage = await OidcStage.open();
});
afterAll(() => stage.close());

const seconds = (offset: number): number => Math.floor(Date.now() / 1000) + offset;

const FORGERIES: [string, () => Forgery, ErrorCode][] = [
  ['another nonce', () => ({ claims: { nonce: nonce() } }), 'oidc_nonce_mismatch'],
  ['no nonce', () => ({ claims: { nonce: undefined } }), 'oidc_nonce_mismatch'],
  ['another issuer', () => ({ claims: { iss: 'https://other.example' } }), 'oidc_issuer_mismatch'],
  ['another audience', () => ({ claims: { aud: 'other' } }), 'oidc_audience_mismatch'],
  [
    'a second audience',
    () => ({ claims: { aud: ['liaison-emulator', 'other'] } }),
    'oidc_audience_mismatch',
  ],
  ['another party', () => ({ claims: { azp: 'other' } }), 'oidc_audience_mismatch'],
  ['an unpublished key', () => ({ key: 'stranger' }), 'oidc_signature_invalid'],
  ['a key under a stolen name', () => ({ key: 'impostor' }), 'oidc_signature_invalid'],
  ['an end in the past', () => ({ claims: { exp: seconds(-60) } }), 'oidc_expired'],
  [
    'an issue in the future',
    () => ({ claims: { iat: seconds(120), exp: seconds(240) } }),
    'oidc_expired',
  ],
  ['no assurance', () => ({ claims: { acr: undefined } }), 'oidc_acr_too_low'],
  ['a weaker assurance', () => ({ claims: { acr: '0' } }), 'oidc_acr_too_low'],
  [
    'somebody else’s subject',
    () => ({ claims: { sub: 'f:x:899970000032' } }),
    'oidc_claims_unusable',
  ],
];

describe('an ID token that the provider must never issue', () => {
  test.each(FORGERIES)('%s is refused', async (_, forgery, code) => {
    stage.emulator.forgeNext(forgery());
    await expectProblem(stage.signIn(NURSE), code);
  });

  test.each(FORGERIES.slice(0, -1))(
    '%s is refused when handed over later',
    async (_, forgery, code) => {
      const { idToken, attempt } = await stage.signIn(NURSE);
      const forged = await stage.emulator.forge(idToken, forgery());
      const token = { idToken: forged, nonce: attempt.nonce };
      await expectProblem(stage.client().verifyIdToken(token), code);
    },
  );

  test('a national identifier that is another’s than the subject is refused', async () => {
    const { idToken, attempt } = await stage.signIn(NURSE);
    const forged = await stage.emulator.forge(idToken, {
      claims: { SubjectNameID: '899970000032' },
    });
    const token = { idToken: forged, nonce: attempt.nonce };
    await expectProblem(stage.client().verifyIdToken(token), 'oidc_claims_unusable');
  });

  test('unsigned and shared-secret tokens are refused', async () => {
    const { idToken, attempt } = await stage.signIn(NURSE);
    const [, payload = '', signature = ''] = idToken.split('.');
    for (const alg of ['none', 'HS256', 'RS512']) {
      const header = Buffer.from(JSON.stringify({ alg, typ: 'JWT' })).toString('base64url');
      const token = { idToken: `${header}.${payload}.${signature}`, nonce: attempt.nonce };
      await expectProblem(stage.client().verifyIdToken(token), 'oidc_signature_invalid');
    }
    await expectProblem(
      stage.client().verifyIdToken({ idToken: 'nonsense', nonce: attempt.nonce }),
      'oidc_signature_invalid',
    );
  });

  test('a stronger assurance than asked is accepted, one below the configured is not', async () => {
    stage.emulator.forgeNext({ claims: { acr: 'eidas2' } });
    expect((await stage.signIn(NURSE)).claims.nationalId).toBe(NURSE);
    const { idToken, attempt } = await stage.signIn(NURSE);
    const strict = stage.client({ acrValues: 'eidas2' });
    const token = { idToken, nonce: attempt.nonce };
    await expectProblem(strict.verifyIdToken(token), 'oidc_acr_too_low');
  });
});

describe('clocks that disagree', () => {
  test('a skew of 20 seconds either way is borne', async () => {
    for (const skew of [20_000, -20_000]) {
      stage.clock.advance(skew);
      expect((await stage.signIn(NURSE)).claims.nationalId).toBe(NURSE);
      stage.clock.advance(-skew);
    }
  });

  test('a server whose clock is far off refuses and says it is about time', async () => {
    for (const skew of [10 * 60_000, -10 * 60_000]) {
      stage.clock.advance(skew);
      await expectProblem(stage.signIn(NURSE), 'oidc_expired');
      stage.clock.advance(-skew);
    }
  });
});

describe('the provider’s keys and addresses', () => {
  test('a new signing key is fetched when a token names it', async () => {
    const before = await OidcStage.open();
    const port = Number(new URL(before.emulator.url).port);
    const client = before.client({ keysPauseMs: 1 });
    await before.signIn(NURSE, client);
    await before.close();
    const after = await OidcStage.open(port);
    expect((await after.signIn(NURSE, client)).claims.nationalId).toBe(NURSE);
    await after.close();
  });

  test('a discovery document of another issuer is refused', async () => {
    const { discoveryUrl } = stage.emulator;
    const client = stage.client({ issuer: 'http://127.0.0.1:9/realm', discoveryUrl });
    await expectProblem(client.begin({ nonce: nonce() }), 'oidc_issuer_mismatch');
  });

  test('the authorize page is where discovery says, not below the issuer', async () => {
    const { authorizeUrl } = await stage.client().begin({ nonce: nonce() });
    expect(new URL(authorizeUrl).pathname).toBe('/auth');
    expect(new URL(stage.emulator.issuer).pathname).toBe('/auth/realms/esante-wallet');
  });
});
