/**
 * Who is signed in, by what proof, and in which role they act. A session never names a device:
 * items do, and their signatures prove it.
 *
 * Cross-site requests: the session cookie is SameSite=Lax, and every request that is not a GET
 * must carry `REQUEST_MARK`, a header that no foreign page can send without being asked first.
 */
import { z } from 'zod';
import {
  DeviceId,
  Finess,
  Hash,
  Instant,
  NationalId,
  PersonId,
  Signature,
  SigningKey,
  Uuid,
} from './ids.js';
import { InvitationText } from './identity.js';
import { Profession } from './profession.js';
import { route } from './route.js';

/** Header and value that every request other than a GET carries. */
export const REQUEST_MARK = { name: 'x-liaison', value: '1' } as const;

/**
 * Marks a request that the program makes by itself (polling, a wake-up's answer): it does not keep
 * an idle session open. Nothing but the idle clock heeds it.
 */
export const BACKGROUND_MARK = { name: 'x-liaison-background', value: '1' } as const;

/** The nonce of an authorize request: 64 hex digits of `nonceHashed`, made by the client. */
export const Nonce = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * A path of this deployment, safe to come back to: `//host` and `/\host` lead elsewhere, and only
 * printable ASCII stands in the header that leads there.
 */
export const ReturnTo = z
  .string()
  .max(2048)
  .regex(/^\/(?![/\\])[!-[\]-~]*$/);

/** Names one of a person's activities; the same at every sign-in while the activity is. */
export const RoleId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{22}$/)
  .brand('RoleId');
export type RoleId = z.infer<typeof RoleId>;

export const SessionRole = z.strictObject({
  id: RoleId,
  profession: Profession,
  structure: z.string(),
  finess: Finess.nullable(),
});
export type SessionRole = z.infer<typeof SessionRole>;

/** Who the national provider says they are. `certified`: all of it stood in the signed token. */
export const SessionClaims = z.strictObject({
  nationalId: NationalId,
  familyName: z.string(),
  givenName: z.string(),
  certified: z.boolean(),
});
export type SessionClaims = z.infer<typeof SessionClaims>;

/** Who vouched for a person without the provider: an inviter's signed text, or the operator. */
export const Voucher = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('invitation'),
    inviter: PersonId,
    /** The invitation key, which signs the genesis. */
    key: SigningKey,
    role: InvitationText.shape.role,
    /** Canonical InvitationText and the inviter's signature: what the attestation repeats. */
    text: z.string(),
    signature: Signature,
  }),
  z.strictObject({ type: z.literal('operator'), role: InvitationText.shape.role }),
]);
export type Voucher = z.infer<typeof Voucher>;

export const SignInMeans = z.enum(['provider', 'passkey', 'invitation', 'device']);
export type SignInMeans = z.infer<typeof SignInMeans>;

export const Session = z.strictObject({
  session: Uuid,
  account: Uuid,
  /** Null until an identity log is open. */
  person: PersonId.nullable(),
  name: z.string(),
  means: SignInMeans,
  /** Null for people without the provider; then `voucher` says who answers for them. */
  claims: SessionClaims.nullable(),
  voucher: Voucher.nullable(),
  roles: z.array(SessionRole),
  /** Null while several are possible and none was chosen. */
  role: RoleId.nullable(),
  locked: z.boolean(),
  /** When it locks by itself, and when it ends whatever happens. */
  locksAt: Instant,
  endsAt: Instant,
  hasPasskey: z.boolean(),
  /** The identity comes from an emulator. */
  fictional: z.boolean(),
  /** This very sign-in's token, for the attestation; kept a few minutes, then gone. */
  signIn: z.strictObject({ idToken: z.string(), nonce: Nonce }).nullable(),
});
export type Session = z.infer<typeof Session>;

/** Null: nobody is signed in. */
export const SessionReply = z.strictObject({ session: Session.nullable() });

export const SessionSummary = z.strictObject({
  session: Uuid,
  means: SignInMeans,
  createdAt: Instant,
  seenAt: Instant,
  endsAt: Instant,
  locked: z.boolean(),
  /** The one that asks. */
  here: z.boolean(),
});
export type SessionSummary = z.infer<typeof SessionSummary>;

/** A browser whose storage was erased still has its cookies, and so can say what it lost. */
const DeviceHere = z.strictObject({ device: DeviceId.nullable() });

export const SESSION_ROUTES = {
  login: route({
    name: 'login',
    method: 'POST',
    path: '/api/auth/login',
    access: 'anybody',
    summary: 'Begins a sign-in by the national provider; the client made the nonce.',
    body: z.strictObject({ nonce: Nonce, returnTo: ReturnTo }),
    reply: z.strictObject({ authorizeUrl: z.url() }),
    errors: ['oidc_provider_unavailable', 'too_many_requests'],
  }),
  callback: route({
    name: 'callback',
    method: 'GET',
    path: '/api/auth/callback',
    access: 'anybody',
    summary:
      'Where the provider sends the browser: leads to `returnTo`, or to `/?signin=<error code>`.',
    query: z.looseObject({
      state: z.string().max(512).optional(),
      code: z.string().max(4096).optional(),
      error: z.string().max(512).optional(),
    }),
    replyType: 'redirect',
    errors: [
      'oidc_state_unknown',
      'oidc_denied',
      'oidc_nonce_mismatch',
      'oidc_issuer_mismatch',
      'oidc_audience_mismatch',
      'oidc_signature_invalid',
      'oidc_acr_too_low',
      'oidc_expired',
      'oidc_provider_unavailable',
      'oidc_claims_unusable',
    ],
  }),
  session: route({
    name: 'session',
    method: 'GET',
    path: '/api/session',
    access: 'anybody',
    summary: 'Who is signed in here, or nobody.',
    reply: SessionReply,
  }),
  chooseRole: route({
    name: 'chooseRole',
    method: 'POST',
    path: '/api/session/role',
    access: 'unlocked',
    summary: 'Chooses the activity in which the caller acts; the session takes a new cookie.',
    body: z.strictObject({ role: RoleId }),
    reply: SessionReply,
    errors: ['role_unknown'],
  }),
  lockSession: route({
    name: 'lockSession',
    method: 'POST',
    path: '/api/session/lock',
    access: 'session',
    summary: 'Locks the session at once, as two idle hours would.',
    reply: SessionReply,
  }),
  signOut: route({
    name: 'signOut',
    method: 'POST',
    path: '/api/session/end',
    access: 'session',
    summary: 'Ends the session here and says where to end the provider’s own.',
    /** The token that the client kept, as a hint; the server has forgotten it. */
    body: z.strictObject({ idToken: z.string().max(16_384).optional() }),
    reply: z.strictObject({ providerLogoutUrl: z.url().nullable() }),
  }),
  deviceHere: route({
    name: 'deviceHere',
    method: 'GET',
    path: '/api/session/device',
    access: 'unlocked',
    summary: 'The device that this browser last said it is, by its cookie; nothing else knows it.',
    reply: DeviceHere,
  }),
  noteDevice: route({
    name: 'noteDevice',
    method: 'POST',
    path: '/api/session/device',
    access: 'unlocked',
    summary: 'Has this browser’s cookie remember its device, or forget it.',
    body: DeviceHere,
    reply: DeviceHere,
  }),
  sessions: route({
    name: 'sessions',
    method: 'GET',
    path: '/api/sessions',
    access: 'unlocked',
    summary: 'The caller’s live sessions, newest first.',
    reply: z.strictObject({ sessions: z.array(SessionSummary) }),
  }),
  revokeSession: route({
    name: 'revokeSession',
    method: 'DELETE',
    path: '/api/sessions/:session',
    access: 'unlocked',
    summary: 'Ends one of the caller’s sessions, wherever it is open.',
    params: z.strictObject({ session: Uuid }),
    reply: z.strictObject({ sessions: z.array(SessionSummary) }),
    errors: ['not_found'],
  }),
  operatorProof: route({
    name: 'operatorProof',
    method: 'POST',
    path: '/api/session/operator-proof',
    access: 'unlocked',
    summary: 'The operator’s attestation of a genesis, for whoever the operator invited.',
    /** Hash of the genesis statement (`identityHashed`). */
    body: z.strictObject({ genesis: Hash }),
    reply: z.strictObject({ proof: Signature }),
    errors: ['not_allowed'],
  }),
} as const;
