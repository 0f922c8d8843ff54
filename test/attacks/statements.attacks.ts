/** Statements of an identity log that its law does not allow, each signed by who may sign it. */
import { toBase64Url } from '@liaison/contract/bytes';
import { canonical } from '@liaison/contract/encoding';
import type { IdentityLog, IdentityPayload } from '@liaison/contract/identity';
import { type DeviceId, Instant, type PersonId, type SealingKey } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { identitySigned } from '@liaison/contract/signing';
import { newSigningPair, sign } from '@liaison/sdk/crypto/signing';
import { newDevice } from '@liaison/sdk/logs/identity-statements';
import type { Attack } from './attack.js';
import { onLog } from './identity.oracle.js';
import type { MadePerson } from './made.person.js';

/** Coefficients above the modulus: no encapsulation takes it. */
const NO_SEALING_KEY = toBase64Url(new Uint8Array(1216).fill(255)) as SealingKey;
const NOBODY = toBase64Url(new Uint8Array(32).fill(3));

/** The person's own device says it, and says something that it may not. */
const says =
  (payload: (made: MadePerson) => IdentityPayload) =>
  (made: MadePerson): IdentityLog => {
    made.add(payload(made));
    return made.log;
  };

/** A new generation of the person's key, but for what is wrong with it. */
function rotated(made: MadePerson, wrong: object): IdentityPayload {
  const { payload } = made.rotate('device-revoked').statement;
  made.built.pop();
  return { ...payload, ...wrong };
}

/** The last statement under another text, signed again by the person's own device. */
function resigned({ log, device }: MadePerson, change: (text: string) => string): IdentityLog {
  const statements = log.statements.map((wire, n) => {
    if (n < log.statements.length - 1) return wire;
    const text = change(wire.text);
    const { origin } = JSON.parse(wire.text) as { origin: never };
    return {
      ...wire,
      text,
      signature: sign(device.signing.secretKey, identitySigned(origin, text)),
    };
  });
  return { ...log, statements };
}

export const STATEMENTS: readonly Attack[] = [
  onLog(
    'statement-two-readings',
    'a statement with room for another reading, truly signed',
    (made) => resigned(made, (text) => `${text} `),
    'form',
  ),
  onLog(
    'statement-of-another',
    'a statement that a device signed for another person’s log',
    (made) =>
      resigned(made, (text) => {
        const said = JSON.parse(text) as object;
        return canonical({ ...said, person: NOBODY as PersonId });
      }),
    'wrong-person',
  ),
  onLog(
    'person-key-malformed',
    'a person key that nobody can seal to',
    says((made) => rotated(made, { publicKey: NO_SEALING_KEY })),
    'key-invalid',
  ),
  onLog(
    'person-key-of-another-reason',
    'a later person key that says it is the first',
    says((made) => rotated(made, { reason: 'genesis' })),
    'wrong-reason',
  ),
  onLog(
    'recovery-key-malformed',
    'a paper whose keys take no copy',
    (made) => {
      const holder = newSigningPair();
      const [signingKey, madeAt] = [holder.publicKey, Instant.parse(Date.now())];
      const key = { signingKey, sealingKey: NO_SEALING_KEY, madeAt };
      made.add({ kind: 'recovery-key.set', ...key }, { holder });
      return made.log;
    },
    'key-invalid',
  ),
  onLog(
    'revocation-of-nobody',
    'the end of a device that never was',
    says(() => {
      return { kind: 'device.revoked', device: NOBODY as DeviceId, untrustedFrom: 1 };
    }),
    'device-not-known',
  ),
  onLog(
    'revocation-of-the-future',
    'a device untrusted from a place that is not written yet',
    (made) => {
      const second = newDevice();
      made.addDevice(second);
      const { device } = second.keys;
      made.add({ kind: 'device.revoked', device, untrustedFrom: 99 });
      return made.log;
    },
    'wrong-index',
  ),
  onLog(
    'devices-without-end',
    'more live devices than anybody has',
    (made) => {
      for (let at = 0; at < LIMITS.devicesPerPerson.value; at++) made.addDevice(newDevice());
      return made.log;
    },
    'too-many-devices',
  ),
];
