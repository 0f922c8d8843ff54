/**
 * Passkeys (WebAuthn): they unlock a session, and sign in people whom the national provider does
 * not know. What a browser's authenticator says travels as the W3C's own JSON.
 */
import { z } from 'zod';
import { Instant, Uuid } from './ids.js';
import { LIMITS } from './limits.js';
import { route } from './route.js';
import { SessionReply } from './session.js';

const Bytes = z.base64url().max(16_384);

/** Options for the browser's `parseCreationOptionsFromJSON` or `parseRequestOptionsFromJSON`. */
export const PasskeyOptions = z.looseObject({ challenge: z.base64url() });
export type PasskeyOptions = z.infer<typeof PasskeyOptions>;

/** Nothing else may leave the device: the results of `prf`, above all, are secrets. */
const Extensions = z.strictObject({
  credProps: z.strictObject({ rk: z.boolean().optional() }).optional(),
});

const Attachment = z.enum(['platform', 'cross-platform']).nullish();

export const PasskeyRegistration = z.strictObject({
  id: Bytes,
  rawId: Bytes,
  type: z.literal('public-key'),
  authenticatorAttachment: Attachment,
  clientExtensionResults: Extensions,
  response: z.looseObject({
    clientDataJSON: Bytes,
    attestationObject: Bytes,
    transports: z
      .array(
        z
          .string()
          .max(40)
          .regex(/^[a-z-]*$/),
      )
      .max(10)
      .optional(),
  }),
});
export type PasskeyRegistration = z.infer<typeof PasskeyRegistration>;

export const PasskeyAssertion = z.strictObject({
  id: Bytes,
  rawId: Bytes,
  type: z.literal('public-key'),
  authenticatorAttachment: Attachment,
  clientExtensionResults: Extensions,
  response: z.looseObject({
    clientDataJSON: Bytes,
    authenticatorData: Bytes,
    signature: Bytes,
    userHandle: Bytes.nullish(),
  }),
});
export type PasskeyAssertion = z.infer<typeof PasskeyAssertion>;

export const PasskeySummary = z.strictObject({
  passkey: Uuid,
  createdAt: Instant,
  usedAt: Instant.nullable(),
  /** Copied by its maker to other devices of the same person. */
  synced: z.boolean(),
});
export type PasskeySummary = z.infer<typeof PasskeySummary>;

const PasskeysReply = z.strictObject({
  passkeys: z.array(PasskeySummary).max(LIMITS.passkeysPerAccount.value),
});
const OptionsReply = z.strictObject({ options: PasskeyOptions });
const AssertionBody = z.strictObject({ answer: PasskeyAssertion });

export const PASSKEY_ROUTES = {
  passkeys: route({
    name: 'passkeys',
    method: 'GET',
    path: '/api/passkeys',
    access: 'unlocked',
    summary: 'The caller’s passkeys.',
    reply: PasskeysReply,
  }),
  passkeyRegistrationOptions: route({
    name: 'passkeyRegistrationOptions',
    method: 'POST',
    path: '/api/passkeys/options',
    access: 'unlocked',
    summary: 'What the browser needs to make a passkey for the caller.',
    reply: OptionsReply,
    errors: ['not_allowed'],
  }),
  registerPasskey: route({
    name: 'registerPasskey',
    method: 'POST',
    path: '/api/passkeys',
    access: 'unlocked',
    summary: 'Records a passkey that the browser has just made.',
    body: z.strictObject({ answer: PasskeyRegistration }),
    reply: PasskeysReply,
    errors: ['passkey_refused'],
  }),
  removePasskey: route({
    name: 'removePasskey',
    method: 'DELETE',
    path: '/api/passkeys/:passkey',
    access: 'unlocked',
    summary: 'Forgets a passkey; the only way in of an invited person stays.',
    params: z.strictObject({ passkey: Uuid }),
    reply: PasskeysReply,
    errors: ['not_found', 'not_allowed'],
  }),
  unlockOptions: route({
    name: 'unlockOptions',
    method: 'POST',
    path: '/api/session/unlock/options',
    access: 'session',
    summary: 'What the browser needs to unlock this session with a passkey.',
    reply: OptionsReply,
  }),
  unlockSession: route({
    name: 'unlockSession',
    method: 'POST',
    path: '/api/session/unlock',
    access: 'session',
    summary: 'Opens the locked session again; it takes a new cookie.',
    body: AssertionBody,
    reply: SessionReply,
    errors: ['passkey_refused'],
  }),
  passkeySignInOptions: route({
    name: 'passkeySignInOptions',
    method: 'POST',
    path: '/api/auth/passkey/options',
    access: 'anybody',
    summary: 'What the browser needs to sign in somebody whom the provider does not know.',
    reply: OptionsReply,
  }),
  passkeySignIn: route({
    name: 'passkeySignIn',
    method: 'POST',
    path: '/api/auth/passkey',
    access: 'anybody',
    summary: 'Signs in an invited person with their passkey.',
    body: AssertionBody,
    reply: SessionReply,
    errors: ['passkey_refused', 'too_many_requests'],
  }),
} as const;
