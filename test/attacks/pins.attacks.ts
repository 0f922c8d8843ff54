/** Keys that a build carries, and a server that offers others. */
import { INSTANCE_ROUTES, type InstancePins } from '@liaison/contract/instance';
import type { SigningKey } from '@liaison/contract/ids';
import { Api } from '@liaison/sdk/api';
import { newSigningPair } from '@liaison/sdk/crypto/signing';
import { openLiaison } from '@liaison/sdk/liaison';
import { MemoryStore } from '@liaison/sdk/store/memory.store';
import { expect } from '@jest/globals';
import { strangerSigner } from '../../tools/psc-emulator/signing.key.js';
import { type Attack, attack, refuses } from './attack.js';
import { neverCertified, strangerLog } from './identity.oracle.js';
import { Liar } from './liar.js';
import { MadePerson, serveLogs } from './made.person.js';
import type { Stage } from './stage.js';

const trueInstance = ({ people }: Stage) =>
  new Api(people.gp.http).call(INSTANCE_ROUTES.instance, {});

const HOUR_MS = 3_600_000;

/** A deployment as a new device meets it, with what a build carries of it. */
function onArrival(
  id: string,
  name: string,
  lie: (instance: InstancePins) => InstancePins,
  pins: (instance: InstancePins) => InstancePins | null,
): Attack {
  return attack({
    id,
    name,
    arrange: trueInstance,
    misbehave: () => undefined,
    expect: async (instance, { people, world }) => {
      const { origin } = world;
      const open = async (carried: InstancePins | null, isLying: boolean) => {
        const liar = new Liar(people.gp.http);
        if (isLying) {
          liar.about(INSTANCE_ROUTES.instance, async (truth) => {
            const said = await truth();
            return { ...said, ...lie(said) };
          });
        }
        const [store, socket] = [new MemoryStore(), false] as const;
        return openLiaison({ origin, http: liar.http, store, socket, pins: carried });
      };
      const { person } = people.nurse;
      const shown = await refuses('not-pinned', () => open(pins(instance), true));
      const honest = await open(instance, false);
      expect((await honest.person(person))?.trust.level).toBe('certified');
      await honest.dispose();
      return shown;
    },
  });
}

export const PINS: readonly Attack[] = [
  attack({
    id: 'provider-key-added',
    name: 'a further provider key, offered by the server alone',
    arrange: async (stage) => {
      const signer = await strangerSigner();
      const made = await MadePerson.certified(stage, {
        text: async (token) => signer.sign(JSON.parse(payloadOf(token)) as never),
      });
      const victim = await stage.victim('gp', [], await trueInstance(stage));
      return { ...(await strangerLog(victim, made)), key: signer.jwk };
    },
    misbehave: async ({ victim, made, key }) => {
      victim.liar.about(INSTANCE_ROUTES.instance, async (truth) => {
        const { provider, ...rest } = await truth();
        const { kty, kid, n, e } = key;
        const added = { kty, kid, n, e, alg: 'RS256', use: 'sig' };
        return {
          ...rest,
          provider: { ...provider, jwks: { keys: [...provider.jwks.keys, added] } },
        };
      });
      victim.wait(HOUR_MS + 1);
      await victim.liaison.refresh();
      serveLogs(victim, made.log);
    },
    expect: neverCertified('server'),
  }),
  onArrival(
    'provider-not-pinned',
    'a deployment that says its people are real, to a build without pins',
    (said) => ({ ...said, provider: { ...said.provider, fictional: false } }),
    () => null,
  ),
  onArrival(
    'build-of-another-instance',
    'a build for another deployment, served by this one',
    (said) => said,
    (said) => ({ ...said, origin: 'https://autre.example' as never }),
  ),
  attack({
    id: 'log-key-not-of-the-build',
    name: 'a log key that is not the one of the build',
    arrange: async (stage) => {
      const logKey: SigningKey = newSigningPair().publicKey;
      return stage.victim('gp', [], { ...(await trueInstance(stage)), logKey });
    },
    misbehave: () => undefined,
    expect: async (victim, stage) => {
      expect((await victim.liaison.connection()).alarm).not.toBeNull();
      const codes = (await stage.evidence(victim)).map(({ code }) => code);
      expect(codes).toContain('instance-changed');
      return 'blocked: instance-changed';
    },
  }),
];

const payloadOf = (token: string): string =>
  Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
