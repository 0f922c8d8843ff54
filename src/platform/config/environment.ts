/**
 * The environment's variables: their form, and a sentence for each mistake an operator can make.
 */
import { z } from 'zod';

const whole = (name: string, lowest: number, highest: number) =>
  z.coerce
    .number({ error: `${name} must be a number from ${lowest} to ${highest}.` })
    .int(`${name} must be a whole number.`)
    .min(lowest, `${name} must be at least ${lowest}.`)
    .max(highest, `${name} must be at most ${highest}.`);

const address = (name: string, protocols: RegExp, example: string) =>
  z
    .string({ error: `${name} is missing. Give it an address such as ${example}.` })
    .refine((text) => URL.canParse(text) && protocols.test(new URL(text).protocol), {
      error: `${name} is not a usable address. Give it one such as ${example}.`,
    });

const text = (name: string, what: string) =>
  z.string({ error: `${name} is missing. It is ${what}.` }).min(1, `${name} is empty.`);

const isOrigin = (value: string) => URL.canParse(value) && new URL(value).origin === value;

/** Those of Chromium, Firefox, Edge on Windows and Safari. */
const PUSH_SERVICES =
  'fcm.googleapis.com,*.push.services.mozilla.com,*.notify.windows.com,*.push.apple.com';

export const ENVIRONMENT = z.object({
  LIAISON_MODE: z
    .enum(['embedded', 'production'], {
      error: 'LIAISON_MODE must be "embedded" or "production".',
    })
    .default('production'),
  HOST: z.string().default('127.0.0.1'),
  PORT: whole('PORT', 0, 65_535).default(3000),
  PUBLIC_ORIGIN: address('PUBLIC_ORIGIN', /^https?:$/, 'https://liaison.example.org').refine(
    isOrigin,
    'PUBLIC_ORIGIN must be an origin only: no path and no final slash.',
  ),
  DATABASE_URL: address('DATABASE_URL', /^postgres(ql)?:$/, 'postgres://user:secret@db/liaison'),
  DATABASE_CONNECTIONS: whole('DATABASE_CONNECTIONS', 2, 500).default(16),
  REDIS_URL: address('REDIS_URL', /^rediss?:$/, 'redis://cache:6379').optional(),
  OIDC_ISSUER: address('OIDC_ISSUER', /^https?:$/, 'https://auth.esw.esante.gouv.fr/…'),
  OIDC_CLIENT_ID: text('OIDC_CLIENT_ID', 'the client id that the provider gave'),
  OIDC_CLIENT_SECRET: text('OIDC_CLIENT_SECRET', 'the client secret that the provider gave'),
  SMTP_URL: address('SMTP_URL', /^smtps?:$/, 'smtps://user:secret@relay.example.org'),
  MAIL_FROM: z.string().min(3).default('Liaison <liaison@localhost>'),
  PUSH_SERVICES: z.string().default(PUSH_SERVICES),
  LIAISON_DATA_DIR: text('LIAISON_DATA_DIR', 'the folder where sealed files are kept'),
  LOG_KEY_FILE: text('LOG_KEY_FILE', 'the file that holds the server’s signing key'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent.',
    })
    .default('info'),
  TRUSTED_PROXIES: whole('TRUSTED_PROXIES', 0, 8).default(0),
});

export type Environment = z.output<typeof ENVIRONMENT>;
