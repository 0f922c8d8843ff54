/**
 * The first sight of a community of 1,000: every identity log is fetched and verified from its
 * provider token on, kept, and found again at the next start. Beside it stand the raw signatures of
 * the same logs. People come from memory, not over a network: what is measured is verification.
 */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { type IdentityLog, IdentityStatement } from '@liaison/contract/identity';
import { fromBase64Url, utf8 } from '@liaison/contract/bytes';
import { Origin } from '@liaison/contract/ids';
import type { ProviderFacts, ProviderKey } from '@liaison/contract/instance';
import { identitySigned } from '@liaison/contract/signing';
import { nonceFor, type Pins } from '@liaison/sdk/logs/attestation';
import { verifyStrictBytes } from '@liaison/sdk/crypto/signing';
import { ready } from '@liaison/sdk/crypto/sodium';
import { isIdentityFault, recallIdentity, replayIdentity } from '@liaison/sdk/logs/identity-log';
import type { IdentityState } from '@liaison/sdk/logs/identity-state';
import { NO_STATEMENT } from '@liaison/sdk/logs/identity-statements';
import { CompactSign } from 'jose';
import { bounded, compared, type Figure, median } from './figure.js';
import { makePerson } from './person.maker.js';

const PEOPLE = 1000;
const ORIGIN = Origin.parse('http://localhost:3000');
const ISSUER = 'https://provider.test/auth';
const AUDIENCE = 'liaison';
const FIRST_ID = 899_900_000_000;
const ROUNDS = 3;

const timed = async (work: () => unknown): Promise<number> => {
  const started = performance.now();
  await work();
  return performance.now() - started;
};

/** A national provider with one key, as clients have it in their pins. */
function provider(): { facts: ProviderFacts; key: KeyObject } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  const one: ProviderKey = { kty: 'RSA', kid: 'one', alg: 'RS256', use: 'sig', n, e };
  const facts = { issuer: ISSUER, audience: AUDIENCE, minimumAcr: 'eidas1', fictional: true };
  return { facts: { ...facts, jwks: { keys: [one] } }, key: privateKey };
}

function token(key: KeyObject, nonce: string, nationalId: string, at: number): Promise<string> {
  const claims = {
    ...{ iss: ISSUER, aud: AUDIENCE, iat: Math.floor(at / 1000), acr: 'eidas1', nonce },
    sub: `f:99970000-0000-4000-8000-000000009997:${nationalId}`,
    SubjectNameID: nationalId,
    ...{ family_name: 'ROUX', given_name: 'Marie' },
    SubjectRefPro: { exercices: [{ codeProfession: '60' }] },
  };
  return new CompactSign(utf8(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'RS256', kid: 'one' })
    .sign(key);
}

/** Whole logs, each begun under a token of the provider that is bound to its genesis. */
async function people(key: KeyObject): Promise<IdentityLog[]> {
  const at = Date.now();
  const logs: IdentityLog[] = [];
  for (let i = 0; i < PEOPLE; i++) {
    const { author, statements, genesis } = makePerson(ORIGIN, at);
    const { nonce, random } = nonceFor('genesis', ORIGIN, NO_STATEMENT, genesis.h);
    const idToken = await token(key, nonce, String(FIRST_ID + i), at);
    const attestation = { type: 'provider', purpose: 'genesis', idToken, random } as const;
    const [first, ...rest] = statements;
    if (first === undefined) throw new Error('A made log is empty.');
    logs.push({ person: author.person, statements: [{ ...first, attestation }, ...rest] });
  }
  return logs;
}

function rawSignatures(states: readonly IdentityState[], logs: readonly IdentityLog[]): () => void {
  const ready = logs.flatMap(({ statements }, i) => {
    const [device] = [...(states[i]?.log.devices.values() ?? [])];
    const key = fromBase64Url(device?.keys.signingKey ?? '');
    return statements.map(({ text, signature }) => ({
      key,
      signed: identitySigned(IdentityStatement.parse(JSON.parse(text)).origin, text),
      signature: fromBase64Url(signature),
    }));
  });
  return () => {
    for (const { key, signed, signature } of ready) {
      if (!verifyStrictBytes(key, signed, signature)) throw new Error('A signature is wrong.');
    }
  };
}

export async function verification(): Promise<Figure[]> {
  await ready();
  const { facts, key } = provider();
  const logs = await people(key);
  const inviter = () => Promise.resolve(null);
  const pins: Pins = { origin: ORIGIN, logKey: null, provider: facts, inviter };
  const [first, cached, raw]: [number[], number[], number[]] = [[], [], []];
  let states: IdentityState[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    states = [];
    first.push(
      await timed(async () => {
        for (const log of logs) {
          const state = await replayIdentity(log, pins);
          if (isIdentityFault(state)) throw new Error(`A made log is ${state.fault}.`);
          states.push(state);
        }
      }),
    );
    const kept = states.map(({ hashes, trusts }, i) => ({
      verdict: { hashes, trusts },
      log: logs[i],
    }));
    cached.push(
      await timed(() => {
        for (const { verdict, log } of kept) {
          if (log === undefined || recallIdentity(log, verdict, ORIGIN) === null) {
            throw new Error('A verified log is not recalled.');
          }
        }
      }),
    );
    raw.push(await timed(rawSignatures(states, logs)));
  }
  const name = `verifying ${String(PEOPLE)} people`;
  return [
    compared(`${name}, one thread, beside raw signatures`, 'ms', median(first), median(raw)),
    bounded(`${name}, first sight`, 'ms', median(first), 5000),
    bounded(`${name}, cached`, 'ms', median(cached), 200),
  ];
}
