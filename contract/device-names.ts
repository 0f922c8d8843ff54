/**
 * What people call their devices, and the hour in which each was last used. The names are sealed to
 * the owner's own devices and signed by one of them: the server keeps a box that it can neither
 * read nor make. See docs/protocol.md, "Device names".
 */
import { z } from 'zod';
import { DeviceId, Instant, Origin, PersonId, SealedBytes, Signature } from './ids.js';
import { LIMITS } from './limits.js';
import { route } from './route.js';

export const DeviceName = z.string().min(1).max(LIMITS.deviceNameLength.value);

/** The signed text in the box: all names, each with the instant at which it was given. */
export const DeviceNames = z.strictObject({
  v: z.literal(1),
  origin: Origin,
  person: PersonId,
  /** The device that signs. */
  by: DeviceId,
  revision: z.int().positive(),
  names: z
    .array(z.strictObject({ device: DeviceId, name: DeviceName, at: Instant }))
    .max(LIMITS.deviceNames.value),
});
export type DeviceNames = z.infer<typeof DeviceNames>;

/** What is sealed: the canonical text and its signature. */
export const SignedDeviceNames = z.strictObject({
  text: z.string().max(LIMITS.deviceNamesBytes.value),
  signature: Signature,
});
export type SignedDeviceNames = z.infer<typeof SignedDeviceNames>;

/** The box as it travels: sealed under that generation of the person's key. */
export const DeviceNamesBox = z.strictObject({
  revision: z.int().positive(),
  generation: z.int().positive(),
  sealed: SealedBytes.max(LIMITS.deviceNamesBytes.value),
});
export type DeviceNamesBox = z.infer<typeof DeviceNamesBox>;

/** When a device last said that it was in use, by the server's clock and to the hour. */
export const DeviceUse = z.strictObject({ device: DeviceId, usedAt: Instant });
export type DeviceUse = z.infer<typeof DeviceUse>;

/** What the server notes of a use: it has no need of the minute. */
export const USE_STEP_MS = 3_600_000;

const PersonParams = z.strictObject({ person: PersonId });

export const DEVICE_ROUTES = {
  ownDevices: route({
    name: 'ownDevices',
    method: 'POST',
    path: '/api/identities/:person/devices',
    access: 'person',
    summary: 'The sealed names of the caller’s devices and their last use; notes that of one.',
    params: PersonParams,
    /** The device in use; null where none is to be noted. */
    body: z.strictObject({ device: DeviceId.nullable() }),
    reply: z.strictObject({
      names: DeviceNamesBox.nullable(),
      uses: z.array(DeviceUse).max(LIMITS.identityStatements.value),
    }),
  }),
  nameDevices: route({
    name: 'nameDevices',
    method: 'PUT',
    path: '/api/identities/:person/device-names',
    access: 'person',
    summary: 'Replaces the sealed names of the caller’s devices by the next revision.',
    params: PersonParams,
    body: DeviceNamesBox,
    reply: z.strictObject({ revision: z.int().positive() }),
    errors: ['device_names_moved'],
  }),
} as const;
