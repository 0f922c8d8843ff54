/**
 * What anybody may know of a deployment before signing in: where it stands, which key signs its
 * logs, and whose identity tokens it believes.
 */
import { z } from 'zod';
import { Origin, SigningKey } from './ids.js';
import { LIMITS } from './limits.js';
import { route } from './route.js';

/** A public RSA key of the provider, as its own key document states it. */
export const ProviderKey = z.strictObject({
  kty: z.literal('RSA'),
  kid: z.string().min(1).max(LIMITS.lineLength.value),
  alg: z.literal('RS256'),
  use: z.literal('sig'),
  n: z.base64url(),
  e: z.base64url(),
});
export type ProviderKey = z.infer<typeof ProviderKey>;

export const ProviderFacts = z.strictObject({
  issuer: z.url(),
  /** The client id that every token must name. */
  audience: z.string().min(1),
  minimumAcr: z.string().min(1),
  /** Empty while the provider has not answered yet: ask again later. */
  jwks: z.strictObject({ keys: z.array(ProviderKey) }),
  /** An emulator: its people read "fictional" everywhere. */
  fictional: z.boolean(),
});
export type ProviderFacts = z.infer<typeof ProviderFacts>;

export const Instance = z.strictObject({
  origin: Origin,
  version: z.string().min(1),
  /** Verifies receipts, checkpoints and an operator's attestations. */
  logKey: SigningKey,
  provider: ProviderFacts,
});
export type Instance = z.infer<typeof Instance>;

/**
 * What a build for real people carries of its deployment. The answer of `/api/instance`, read where
 * nobody stands between, has this form.
 */
export const InstancePins = z.object({
  origin: Origin,
  logKey: SigningKey,
  provider: ProviderFacts,
});
export type InstancePins = z.infer<typeof InstancePins>;

export const INSTANCE_ROUTES = {
  instance: route({
    name: 'instance',
    method: 'GET',
    path: '/api/instance',
    access: 'anybody',
    summary: 'What a client must know of this deployment before it trusts a token or a receipt.',
    reply: Instance,
  }),
} as const;
