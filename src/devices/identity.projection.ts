/**
 * Devices and key generations as rows, for whoever lists or joins them. They are what the log's
 * fold says and nothing more: written whole after each change, in the same transaction.
 */
import { hash } from '../platform/hash/blake.js';
import { keyHashed } from '@liaison/contract/signing';
import type { Transaction } from '../platform/database/database.js';
import type { IdentityView } from './identity.view.js';

const DEVICES = `
  INSERT INTO devices (person_id, device_id, kind, signing_key, sealing_key, added_n, revoked_n)
  SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::int4[], $7::int4[])
  ON CONFLICT (device_id) DO UPDATE SET revoked_n = excluded.revoked_n`;

const KEYS = `
  INSERT INTO person_keys (person_id, generation, public_key, key_hash, n)
  SELECT $1, * FROM unnest($2::int4[], $3::text[], $4::text[], $5::int4[])
  ON CONFLICT DO NOTHING`;

/** A device or generation that fell with its signer's revocation is in the fold no more. */
const FALLEN_DEVICES =
  'UPDATE devices SET revoked_n = $3 WHERE person_id = $1 AND NOT device_id = ANY($2)';
const FALLEN_KEYS = 'DELETE FROM person_keys WHERE person_id = $1 AND NOT generation = ANY($2)';

export async function projectIdentity(on: Transaction, view: IdentityView): Promise<void> {
  const { person, state } = view;
  const devices = [...state.devices.values()];
  const ids = devices.map(({ keys }) => keys.device);
  await on.query(FALLEN_DEVICES, [person, ids, view.head.n]);
  await on.query(DEVICES, [
    person,
    ids,
    devices.map(({ keys }) => keys.kind),
    devices.map(({ keys }) => keys.signingKey),
    devices.map(({ keys }) => keys.sealingKey),
    devices.map(({ addedAt }) => addedAt),
    devices.map(({ revokedAt }) => revokedAt),
  ]);
  const generations = state.generations;
  await on.query(FALLEN_KEYS, [person, generations.map(({ generation }) => generation)]);
  await on.query(KEYS, [
    person,
    generations.map(({ generation }) => generation),
    generations.map(({ publicKey }) => publicKey),
    generations.map(({ publicKey }) => hash(keyHashed(publicKey))),
    generations.map(({ n }) => n),
  ]);
}
