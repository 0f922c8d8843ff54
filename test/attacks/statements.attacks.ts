/** Statements of an identity log that its law does not allow, each signed by who may sign it. */
import { toBase64Url } from '@liaison/contract/bytes';
import { canonical } from '@liaison/contract/encoding';
import type { IdentityLog, IdentityPayload } from '@liaison/contract/identity';
import {
  type DeviceId,
  Instant,
  type Origin,
  type PersonId,
  type SealingKey,
} from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { identitySigned, nameHashed, personIdHashed } from '@liaison/contract/signing';
import { hash } from '@liaison/sdk/crypto/hash';
import { newSigningPair, sign } from '@liaison/sdk/crypto/signing';
import { buildStatement, newDevice, NO_STATEMENT } from '@liaison/sdk/logs/identity-statements';
import { expect } from '@jest/globals';
import { type Attack, attack, isBlocked } from './attack.js';
import { onLog } from './identity.oracle.js';
import { MadePerson, rewritten, serveLogs, tokenFor } from './made.person.js';
import type { Stage } from './stage.js';
import { invitation } from './tokens.attacks.js';

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

/** A lifetime is long: for this attack it is short. */
const FEW = 60;

function withFewStatements({ run, ...named }: Attack): Attack {
  const limit = LIMITS.identityStatements as { value: number };
  return {
    ...named,
    run: async (stage) => {
      const whole = limit.value;
      limit.value = FEW;
      try {
        return await run(stage);
      } finally {
        limit.value = whole;
      }
    },
  };
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
  withFewStatements(
    onLog(
      'statements-without-end',
      'more statements than a lifetime has',
      (made) => {
        for (let at = 0; at < FEW; at++) {
          const holder = newSigningPair();
          const { publicKey: signingKey } = holder;
          const { sealingKey } = made.device.keys;
          const key = { signingKey, sealingKey, madeAt: Instant.parse(Date.now()) };
          made.add({ kind: 'recovery-key.set', ...key }, { holder });
        }
        return made.log;
      },
      'log-full',
    ),
  ),
  attack({
    id: 'log-begun-by-a-reset',
    name: 'a log that begins as if somebody began anew',
    arrange: (stage: Stage) => stage.victim('gp'),
    misbehave: async (victim, stage) => {
      const { keys, signing } = newDevice();
      const built = buildStatement({
        origin: stage.world.origin as Origin,
        person: '',
        head: NO_STATEMENT,
        at: Date.now(),
        signer: { id: keys.device, signing },
        payload: { kind: 'identity.reset', keys, asked: null },
        holder: signing,
      });
      const person = hash(personIdHashed(built.wire.text)) as string as PersonId;
      const attestation = await tokenFor(stage, 'genesis', built);
      const log = { person, statements: [{ ...built.wire, attestation }] };
      await victim.tree.list(log);
      serveLogs(victim, log);
      return person;
    },
    expect: async (victim, stage, person) => {
      expect((await victim.liaison.person(person))?.trust.level ?? 'directory').toBe('directory');
      await isBlocked(victim, null, 'identity-not-a-genesis', stage);
      expect(await victim.store.get('people', person)).toBeUndefined();
      return 'blocked: identity-not-a-genesis';
    },
  }),
  onLog(
    'paper-vouched-by-another',
    'a certified person’s paper, with a colleague’s word in the place of their sign-in',
    async (made, stage) => {
      const signer = { id: 'recovery', signing: made.recovery.signing } as const;
      const built = made.addDevice(newDevice(), { signer });
      const attestation = await invitation(stage, built);
      return rewritten(made.log, (all) =>
        all.map((wire, n) => (n === all.length - 1 ? { ...wire, attestation } : wire)),
      );
    },
    'another-person',
  ),
  attack({
    id: 'paper-vouched-for-another',
    name: 'a vouched person’s paper, with a word for somebody of another name',
    arrange: async (stage: Stage) => {
      const victim = await stage.victim('gp');
      const made = await MadePerson.by(stage, (genesis) => invitation(stage, genesis));
      const honest = made.log;
      await victim.tree.list(honest);
      return { victim, made, honest };
    },
    misbehave: async ({ victim, made }, stage) => {
      const signer = { id: 'recovery', signing: made.recovery.signing } as const;
      const built = made.addDevice(newDevice(), { signer });
      const nameHash = hash(nameHashed(null, 'Paul Durand'));
      const attestation = await invitation(stage, built, { nameHash });
      const lie = rewritten(made.log, (all) =>
        all.map((wire, n) => (n === all.length - 1 ? { ...wire, attestation } : wire)),
      );
      serveLogs(victim, lie);
    },
    expect: async ({ victim, made, honest }, stage) => {
      await victim.liaison.person(made.person);
      await isBlocked(victim, null, 'identity-another-person', stage);
      stage.behave(victim);
      serveLogs(victim, honest);
      await victim.liaison.person(made.person);
      expect((await victim.liaison.connection()).alarm).toBeNull();
      return 'blocked: identity-another-person';
    },
  }),
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
