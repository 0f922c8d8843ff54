/**
 * A person's identity log: a hash chain of statements about devices, keys and recovery.
 * See docs/protocol.md, "Identity log". Rules that both sides run stand in identity-rules.ts.
 */
import { z } from 'zod';
import {
  DeviceId,
  Hash,
  Instant,
  Origin,
  PersonId,
  SealedCopy,
  SealedSecret,
  SealingKey,
  Signature,
  SigningKey,
} from './ids.js';
import { LIMITS } from './limits.js';
import { FunctionName } from './profession.js';
import { route } from './route.js';

/** Last statement of an identity log that somebody saw. `n` = -1 before the genesis. */
export const IdentityHead = z.strictObject({ n: z.int().min(-1), h: Hash });
export type IdentityHead = z.infer<typeof IdentityHead>;

/**
 * `service`: a machine, shown as one. `lending`: kept for a passkey (docs/decisions/0012), it lends
 * its word to shared posts and signs nothing else.
 */
export const DeviceKind = z.enum(['durable', 'service', 'lending']);
export type DeviceKind = z.infer<typeof DeviceKind>;

export const DeviceKeys = z.strictObject({
  device: DeviceId,
  signingKey: SigningKey,
  sealingKey: SealingKey,
  kind: DeviceKind,
});
export type DeviceKeys = z.infer<typeof DeviceKeys>;

/** Why a person key generation began. */
export const RotationReason = z.enum([
  'genesis',
  'device-revoked',
  'recovery-replaced',
  'reset',
  /** The person ends all shared posts: every lease of before is over. */
  'posts-ended',
]);

/** What each kind of identity statement says. Facts only: nothing here is free text. */
export const IdentityPayload = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('device.added'), keys: DeviceKeys }),
  z.strictObject({
    kind: z.literal('device.revoked'),
    device: DeviceId,
    /** First index of that device's statements that is no longer trusted. */
    untrustedFrom: z.int().nonnegative(),
  }),
  z.strictObject({
    kind: z.literal('person-key.rotated'),
    generation: z.int().positive(),
    publicKey: SealingKey,
    reason: RotationReason,
    /** Devices and recovery key it is sealed to, sorted; root over their copies. */
    copiesRoot: Hash,
    /** The generation before, sealed under this one; null for the first. */
    previous: SealedSecret.nullable(),
  }),
  z.strictObject({
    kind: z.literal('recovery-key.set'),
    signingKey: SigningKey,
    sealingKey: SealingKey,
    madeAt: Instant,
  }),
  /**
   * Asks to begin anew with these keys, where a live device may object: it changes nothing yet, and
   * is there for everybody to see.
   */
  z.strictObject({ kind: z.literal('identity.reset-asked'), keys: DeviceKeys }),
  /** A live device objects: what was asked there never happens. */
  z.strictObject({ kind: z.literal('identity.reset-refused'), asked: z.int().positive() }),
  z.strictObject({
    kind: z.literal('identity.reset'),
    keys: DeviceKeys,
    /** Index of the standing statement that asked for it; null where no device lives. */
    asked: z.int().positive().nullable(),
  }),
  /**
   * The provider names the person anew: a name that marriage or a correction changed, a number of
   * another register. It says nothing itself, the token does; the person stays who they were.
   */
  z.strictObject({ kind: z.literal('identity.attested') }),
]);
export type IdentityPayload = z.infer<typeof IdentityPayload>;

/**
 * The signed text of one statement. `person` is empty in the genesis, whose hash names the person.
 */
export const IdentityStatement = z.strictObject({
  v: z.literal(1),
  suite: z.literal(1),
  origin: Origin,
  person: PersonId.or(z.literal('')),
  n: z.int().nonnegative(),
  prev: Hash,
  at: Instant,
  /** Who signs: a device of this log, the recovery key, or (genesis, reset) the new device. */
  signer: DeviceId.or(z.literal('recovery')),
  payload: IdentityPayload,
});
export type IdentityStatement = z.infer<typeof IdentityStatement>;

/** Purposes of an OIDC nonce: a token made for one is worthless for another. */
export const NoncePurpose = z.enum([
  'genesis',
  'device',
  'recovery',
  'reset',
  'continuity',
  'session',
]);
export type NoncePurpose = z.infer<typeof NoncePurpose>;

/** An ID token with what its nonce was made of. */
export const ProviderAttestation = z.strictObject({
  type: z.literal('provider'),
  purpose: NoncePurpose,
  idToken: z.string().max(16_384),
  random: Hash,
});

/** The signed text of an invitation: an inviter vouches for whoever holds the invitation key. */
export const InvitationText = z.strictObject({
  v: z.literal(1),
  origin: Origin,
  inviter: PersonId,
  device: DeviceId,
  /** Index of the inviter's identity log at that time. */
  identity: IdentityHead,
  key: SigningKey,
  nameHash: Hash,
  /** In which function the invited person acts; the server takes those of `OwnFunction`. */
  role: FunctionName,
  at: Instant,
  until: Instant,
});
export type InvitationText = z.infer<typeof InvitationText>;

export const InvitationAttestation = z.strictObject({
  type: z.literal('invitation'),
  /** Canonical InvitationText and the inviter's signature over it. */
  text: z.string().max(4096),
  signature: Signature,
  /** The invitation key's signature over the genesis statement's hash. */
  proof: Signature,
});

/** The first coordinator of an installation, let in by whoever runs the server. */
export const OperatorAttestation = z.strictObject({
  type: z.literal('operator'),
  /** The server's log key over the genesis statement's hash. */
  proof: Signature,
});

export const Attestation = z.discriminatedUnion('type', [
  ProviderAttestation,
  InvitationAttestation,
  OperatorAttestation,
]);
export type Attestation = z.infer<typeof Attestation>;

/** One statement as it travels and is kept. */
export const WireStatement = z.strictObject({
  text: z.string().max(LIMITS.headerBytes.value),
  signature: Signature,
  /** The new device's own signature, where keys enter the log. */
  possession: Signature.nullable(),
  attestation: Attestation.nullable(),
});
export type WireStatement = z.infer<typeof WireStatement>;

/** A person key generation sealed to one device or to the recovery key. */
export const PersonKeyCopy = z.strictObject({
  generation: z.int().positive(),
  recipient: DeviceId.or(z.literal('recovery')),
  copy: SealedCopy,
});
export type PersonKeyCopy = z.infer<typeof PersonKeyCopy>;

export const IdentityLog = z.strictObject({
  person: PersonId,
  statements: z.array(WireStatement).max(LIMITS.identityStatements.value),
});
export type IdentityLog = z.infer<typeof IdentityLog>;

const PersonParams = z.strictObject({ person: PersonId });

const StatementsBody = z.strictObject({
  statements: z.array(WireStatement).min(1).max(64),
  copies: z.array(PersonKeyCopy).max(LIMITS.devicesPerPerson.value * 4),
});

export const IDENTITY_ROUTES = {
  enrol: route({
    name: 'enrol',
    method: 'POST',
    path: '/api/identities',
    access: 'unlocked',
    summary: 'Opens the caller’s identity log: genesis, first person key, recovery key.',
    body: StatementsBody,
    reply: z.strictObject({ person: PersonId, head: IdentityHead }),
    errors: ['identity_exists', 'identity_statement_invalid', 'attestation_invalid', 'key_invalid'],
  }),
  appendIdentity: route({
    name: 'appendIdentity',
    method: 'POST',
    path: '/api/identities/:person/statements',
    access: 'unlocked',
    summary: 'Adds statements to the caller’s own identity log, all or none.',
    params: PersonParams,
    body: StatementsBody,
    reply: z.strictObject({ head: IdentityHead }),
    errors: ['identity_head_moved', 'identity_statement_invalid', 'attestation_invalid'],
  }),
  continueIdentity: route({
    name: 'continueIdentity',
    method: 'POST',
    path: '/api/identities/:person/continuity',
    access: 'unlocked',
    summary: 'Goes on with an identity under the name or number that the provider now gives.',
    params: PersonParams,
    body: z.strictObject({ statement: WireStatement }),
    reply: z.strictObject({ head: IdentityHead }),
    errors: [
      'identity_exists',
      'identity_head_moved',
      'identity_statement_invalid',
      'attestation_invalid',
      'person_unknown',
    ],
  }),
  queryIdentities: route({
    name: 'queryIdentities',
    method: 'POST',
    path: '/api/identities/query',
    access: 'unlocked',
    summary: 'Identity logs of people, each from an index on.',
    body: z.strictObject({
      people: z
        .array(
          z.strictObject({
            person: PersonId,
            from: z.int().nonnegative().max(LIMITS.identityStatements.value),
          }),
        )
        .min(1)
        .max(LIMITS.identityQuery.value)
        // Each name would bring the whole log again, for each of its names.
        .refine((people) => new Set(people.map(({ person }) => person)).size === people.length),
    }),
    reply: z.strictObject({ logs: z.array(IdentityLog) }),
    errors: ['person_unknown'],
  }),
  personKeyCopies: route({
    name: 'personKeyCopies',
    method: 'GET',
    path: '/api/identities/:person/key-copies',
    access: 'unlocked',
    summary: 'The caller’s own sealed person keys, for every device and the recovery key.',
    params: PersonParams,
    reply: z.strictObject({ copies: z.array(PersonKeyCopy) }),
  }),
} as const;
