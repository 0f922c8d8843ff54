/** Identity logs: devices nobody added, keys that were swapped, branches, resets, recoveries. */
import { toBase64Url } from '@liaison/contract/bytes';
import type { IdentityLog, WireStatement } from '@liaison/contract/identity';
import {
  type DeviceId,
  type Hash,
  Instant,
  type Origin,
  type SealingKey,
  type SigningKey,
} from '@liaison/contract/ids';
import { deviceIdHashed } from '@liaison/contract/signing';
import { canonical } from '@liaison/contract/encoding';
import { hash } from '@liaison/sdk/crypto/hash';
import { newSigningPair } from '@liaison/sdk/crypto/signing';
import { type DeviceSecrets, newDevice } from '@liaison/sdk/logs/identity-statements';
import { type Attack, attack } from './attack.js';
import { MadePerson, rewritten, serveLogs, tokenFor } from './made.person.js';
import { caughtLog, knownLog, onLog } from './identity.oracle.js';

/** As `onLog`, where the victim knows the honest log and the lie comes after it. */
function onKnownLog(
  id: string,
  name: string,
  lie: (made: MadePerson) => IdentityLog,
  code: string,
): Attack {
  return attack({
    id,
    name,
    arrange: knownLog,
    misbehave: ({ victim, made }) => serveLogs(victim, lie(made)),
    expect: caughtLog(code),
  });
}

const withKeys = (change: Partial<DeviceSecrets['keys']>): DeviceSecrets => {
  const device = newDevice();
  const keys = { ...device.keys, ...change };
  const id = hash(deviceIdHashed(keys.signingKey, keys.sealingKey)) as string as DeviceId;
  return { ...device, keys: { ...keys, device: change.device ?? id } };
};

/** A point of small order: any signature of a certain form holds under it, for any text. */
const SMALL_ORDER = toBase64Url(Uint8Array.of(1, ...new Uint8Array(31))) as SigningKey;
/** Coefficients above the modulus: no encapsulation takes it. */
const NO_SEALING_KEY = toBase64Url(new Uint8Array(1216).fill(255)) as SealingKey;
const OTHER = toBase64Url(new Uint8Array(32).fill(3)) as Hash;

const changed = (wire: WireStatement, change: (text: Record<string, never>) => object) => {
  const text = JSON.parse(wire.text) as Record<string, never>;
  return { ...wire, text: canonical({ ...text, ...change(text) }) };
};

const last = (log: IdentityLog, change: (wire: WireStatement) => WireStatement): IdentityLog =>
  rewritten(log, (all) => all.map((wire, i) => (i === all.length - 1 ? change(wire) : wire)));

const signerOf = ({ keys, signing }: DeviceSecrets) => ({ id: keys.device, signing });

export const IDENTITIES: readonly Attack[] = [
  onLog(
    'ghost-device',
    'a device added with a signature that is not the person’s',
    (made) => {
      const signing = newSigningPair();
      made.addDevice(newDevice(), { signer: { id: made.device.keys.device, signing } });
      return made.log;
    },
    'signature',
  ),
  onLog(
    'ghost-device-by-itself',
    'a device that lets itself in',
    (made) => {
      const ghost = newDevice();
      made.addDevice(ghost, { signer: signerOf(ghost) });
      return made.log;
    },
    'signer-not-live',
  ),
  onLog(
    'device-not-held',
    'a device whose key nobody shows to hold',
    (made) => {
      made.addDevice(newDevice());
      return last(made.log, (wire) => ({ ...wire, possession: null }));
    },
    'possession',
  ),
  onLog(
    'device-held-by-another',
    'possession of a device shown by another key',
    (made) => {
      made.addDevice(newDevice(), { holder: newSigningPair() });
      return made.log;
    },
    'possession',
  ),
  onLog(
    'device-id-false',
    'a device under an id that is not its keys’',
    (made) => {
      made.addDevice(withKeys({ device: OTHER as string as DeviceId }));
      return made.log;
    },
    'device-id',
  ),
  onLog(
    'signing-key-small-order',
    'a signing key of small order',
    (made) => {
      made.addDevice(withKeys({ signingKey: SMALL_ORDER }));
      return made.log;
    },
    'key-invalid',
  ),
  onLog(
    'lending-device-signs',
    'a device that only lends its word to posts lets another in',
    (made) => {
      const lending = withKeys({ kind: 'lending' });
      made.addDevice(lending);
      made.addDevice(newDevice(), { signer: signerOf(lending) });
      return made.log;
    },
    'signer-not-live',
  ),
  onKnownLog(
    'statement-of-a-later-version',
    'a statement of a version that this client does not know',
    (made) => {
      made.addDevice(newDevice());
      return last(made.log, (wire) => changed(wire, () => ({ v: 2 })));
    },
    'newer',
  ),
  onLog(
    'sealing-key-malformed',
    'a sealing key that takes no encapsulation',
    (made) => {
      made.addDevice(withKeys({ sealingKey: NO_SEALING_KEY }));
      return made.log;
    },
    'key-invalid',
  ),
  onLog(
    'revoked-device-adds',
    'a revoked device lets another in',
    (made) => {
      const thief = newDevice();
      made.addDevice(thief);
      const untrustedFrom = made.built.length;
      made.add({ kind: 'device.revoked', device: thief.keys.device, untrustedFrom });
      made.addDevice(newDevice(), { signer: signerOf(thief) });
      return made.log;
    },
    'signer-not-live',
  ),
  onLog(
    'thief-adds-before-revocation',
    'a stolen device lets another in just before it is revoked',
    (made) => {
      const thief = newDevice();
      made.addDevice(thief);
      // What the owner had read when they chose from where on it is not trusted.
      const untrustedFrom = made.built.length;
      const ghost = newDevice();
      made.addDevice(ghost, { signer: signerOf(thief) });
      made.add({ kind: 'device.revoked', device: thief.keys.device, untrustedFrom });
      made.addDevice(newDevice(), { signer: signerOf(ghost) });
      return made.log;
    },
    'signer-not-live',
  ),
  onLog(
    'device-twice',
    'a device that was revoked enters again',
    (made) => {
      const old = newDevice();
      made.addDevice(old);
      const untrustedFrom = made.built.length;
      made.add({ kind: 'device.revoked', device: old.keys.device, untrustedFrom });
      made.addDevice(old);
      return made.log;
    },
    'device-known',
  ),
  onLog(
    'revocation-fells-its-signer',
    'a device ends the one that it stands on',
    (made) => {
      const second = newDevice();
      made.addDevice(second);
      const first = made.device.keys.device;
      const payload = { kind: 'device.revoked', device: first, untrustedFrom: 1 } as const;
      made.add(payload, { signer: signerOf(second) });
      return made.log;
    },
    'fells-its-signer',
  ),
  onLog(
    'statement-dropped',
    'a statement left out of a log',
    (made) => rewritten(made.log, ([first, , ...rest]) => (first ? [first, ...rest] : [])),
    'wrong-index',
  ),
  onLog(
    'statements-reordered',
    'two statements in each other’s place',
    (made) => rewritten(made.log, (all) => [...all.slice(0, 1), ...all.slice(1).reverse()]),
    'wrong-index',
  ),
  onLog(
    'log-of-another',
    'one person’s log served under another’s id',
    async ({ person }, stage) => {
      const other = await MadePerson.certified(stage, { nationalId: '899970088888' });
      return { person, statements: other.log.statements };
    },
    'person-id',
  ),
  onLog(
    'log-of-another-instance',
    'a log made for a test instance',
    async (made) => {
      const origin = 'https://test.liaison.example' as Origin;
      made.addDevice(newDevice(), { origin });
      return made.log;
    },
    'origin',
  ),
  onLog(
    'person-key-substituted',
    'the key that others seal to, swapped by the server',
    ({ log }) => {
      const publicKey = newDevice().keys.sealingKey;
      const swap = ({ payload }: Record<string, never>) => ({
        payload: Object.assign({}, payload, { publicKey }),
      });
      return last(log, (wire) => changed(wire, swap));
    },
    'signature',
  ),
  onLog(
    'generation-skipped',
    'a person key that takes the number of a later one',
    (made) => {
      const { payload } = made.rotate('device-revoked').statement;
      made.built.pop();
      if (payload.kind === 'person-key.rotated') made.add({ ...payload, generation: 3 });
      return made.log;
    },
    'wrong-generation',
  ),
  onLog(
    'generation-served-again',
    'an old generation stated once more as the current one',
    (made) => {
      const { payload } = made.built[2]?.statement ?? {};
      if (payload !== undefined) made.add(payload);
      return made.log;
    },
    'wrong-generation',
  ),
  onLog(
    'recovery-key-substituted',
    'a recovery key set by whoever runs the server',
    (made) => {
      const theirs = newSigningPair();
      const sealingKey = newDevice().keys.sealingKey;
      const [signingKey, madeAt] = [theirs.publicKey, Instant.parse(Date.now())];
      const signer = { id: made.device.keys.device, signing: theirs };
      const payload = { kind: 'recovery-key.set', signingKey, sealingKey, madeAt } as const;
      made.add(payload, { holder: theirs, signer });
      return made.log;
    },
    'signature',
  ),
  onLog(
    'paper-without-sign-in',
    'a device let in by the printed code alone',
    (made) => {
      const signer = { id: 'recovery', signing: made.recovery.signing } as const;
      made.addDevice(newDevice(), { signer });
      return made.log;
    },
    'attestation-missing',
  ),
  onLog(
    'paper-with-another-sign-in',
    'a stolen code with the thief’s own sign-in',
    async (made, stage) => {
      const signer = { id: 'recovery', signing: made.recovery.signing } as const;
      const built = made.addDevice(newDevice(), { signer });
      const wrong = { nationalId: '899970088888' };
      const attestation = await tokenFor(stage, 'recovery', built, wrong);
      return last(made.log, (wire) => ({ ...wire, attestation }));
    },
    'another-person',
  ),
  onLog(
    'paper-does-more',
    'the printed code used to end a device',
    (made) => {
      const signer = { id: 'recovery', signing: made.recovery.signing } as const;
      const { device } = made.device.keys;
      made.add({ kind: 'device.revoked', device, untrustedFrom: 0 }, { signer });
      return made.log;
    },
    'signer-not-allowed',
  ),
  onLog(
    'reset-without-sign-in',
    'an identity reset that no provider attests',
    (made) => {
      const { keys, signing } = newDevice();
      const signer = { id: keys.device, signing };
      made.add({ kind: 'identity.reset-asked', keys }, { signer, holder: signing });
      return made.log;
    },
    'attestation-missing',
  ),
  onLog(
    'reset-with-session-token',
    'a reset attested by the token of an ordinary sign-in',
    async (made, stage) => {
      const { keys, signing } = newDevice();
      const signer = { id: keys.device, signing };
      const built = made.add({ kind: 'identity.reset-asked', keys }, { signer, holder: signing });
      const attestation = await tokenFor(stage, 'reset', built, { madeFor: 'session' });
      return last(made.log, (wire) => ({ ...wire, attestation }));
    },
    'token-nonce',
  ),
  onKnownLog(
    'second-branch',
    'a second branch from a genuine genesis, by its own first device',
    (made) => {
      made.built.splice(2);
      made.addDevice(newDevice());
      made.addDevice(newDevice());
      return made.log;
    },
    'wrong-previous',
  ),
  onKnownLog(
    'ghost-device-later',
    'a ghost device added to a log that is known',
    (made) => {
      const signing = newSigningPair();
      made.addDevice(newDevice(), { signer: { id: made.device.keys.device, signing } });
      return made.log;
    },
    'signature',
  ),
];
