/** Settings: a sentence for each mistake, and nothing of the emulator in production. */
import { expect, test } from '@jest/globals';
import { ConfigError, loadConfig } from './load.config.js';

const GOOD = {
  LIAISON_MODE: 'production',
  PUBLIC_ORIGIN: 'https://liaison.example.org',
  DATABASE_URL: 'postgres://liaison:secret@db/liaison',
  OIDC_ISSUER: 'https://auth.example.org/realms/provider',
  OIDC_CLIENT_ID: 'liaison',
  OIDC_CLIENT_SECRET: 'secret',
  SMTP_URL: 'smtps://relay.example.org',
  LIAISON_DATA_DIR: '/srv/liaison',
  LOG_KEY_FILE: '/srv/keys/log.pem',
};

function sentencesFor(changes: Record<string, string | undefined>): readonly string[] {
  try {
    loadConfig({}, { ...GOOD, ...changes });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.sentences;
    throw error;
  }
}

test('good settings are taken, and an empty variable is one that was not given', () => {
  expect(sentencesFor({ REDIS_URL: '' })).toEqual([]);
  expect(loadConfig({ PORT: '8080' }, GOOD).port).toBe(8080);
  expect(loadConfig({ PORT: '8080' }, { ...GOOD, PORT: '9090' }).port).toBe(9090);
});

test.each([
  [{ DATABASE_URL: undefined }, 'DATABASE_URL is missing.'],
  [{ DATABASE_URL: 'mysql://db' }, 'DATABASE_URL is not a usable address.'],
  [{ PUBLIC_ORIGIN: 'https://liaison.example.org/app' }, 'PUBLIC_ORIGIN must be an origin only'],
  [{ PUBLIC_ORIGIN: 'http://liaison.example.org' }, 'PUBLIC_ORIGIN must be https'],
  [{ OIDC_ISSUER: 'http://localhost:3001' }, 'OIDC_ISSUER must be a real https provider'],
  [{ OIDC_ISSUER: 'https://localhost:3001' }, 'OIDC_ISSUER must be a real https provider'],
  [{ PORT: 'many' }, 'PORT must be a number'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of'],
])('%j is told in one sentence', (changes, start) => {
  const sentences = sentencesFor(changes);
  expect(sentences).toHaveLength(1);
  expect(sentences[0]?.startsWith(start)).toBe(true);
});

test('every mistake is told at once', () => {
  const changes = { OIDC_CLIENT_ID: undefined, OIDC_CLIENT_SECRET: undefined, PORT: '70000' };
  expect(sentencesFor(changes)).toHaveLength(3);
});
