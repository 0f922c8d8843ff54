/**
 * Identity logs, right and wrong: each check of the replay is shown to refuse what it is there for.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { canonical } from '@liaison/contract/encoding';
import type { IdentityLog, IdentityPayload, WireStatement } from '@liaison/contract/identity';
import { Instant, type SigningKey, ZERO_HASH } from '@liaison/contract/ids';
import { invitationSigned } from '@liaison/contract/signing';
import {
  enrol,
  ORIGIN,
  pinsOf,
  rulesOf,
  START,
  TestProvider,
  type TestPerson,
  verified,
} from '../../test/support/log-people.js';
import { ready } from '../crypto/sodium.js';
import { newSigningPair, sign } from '../crypto/signing.js';
import { nonceFor } from './attestation.js';
import { isIdentityFault, replayIdentity } from './identity-log.js';
import { deviceAt } from './identity-state.js';
import {
  attested,
  buildGenesis,
  buildStatement,
  type BuiltStatement,
  deviceFromPairs,
  type DeviceSecrets,
  invitationProof,
  newDevice,
  NO_STATEMENT,
} from './identity-statements.js';
import { copyPersonKey, openPersonKeys, rotatePersonKey } from './person-keys.js';

const NATIONAL_ID = '899700218896';
let provider: TestProvider;
let marie: TestPerson;

beforeAll(async () => {
  await ready();
  provider = new TestProvider();
  marie = await enrol(provider, NATIONAL_ID);
});

const faultOf = async (log: IdentityLog, pins = pinsOf(provider)): Promise<string> => {
  const state = await replayIdentity(log, pins);
  return isIdentityFault(state) ? state.fault : 'none';
};

function changed(n: number, change: (wire: WireStatement) => Partial<WireStatement>): IdentityLog {
  const statements = marie.log.statements.map((wire, i) =>
    i === n ? { ...wire, ...change(wire) } : wire,
  );
  return { ...marie.log, statements };
}

/** Marie's log with more statements of hers, each by a signer of its own. */
class Longer {
  readonly built: BuiltStatement[] = [];
  head = marie.head;

  add(signer: DeviceSecrets | 'recovery', payload: IdentityPayload, holder?: DeviceSecrets): this {
    const signing = signer === 'recovery' ? marie.recovery.signing : signer.signing;
    const id = signer === 'recovery' ? ('recovery' as const) : signer.keys.device;
    const one = buildStatement({
      origin: ORIGIN,
      person: marie.log.person,
      head: this.head,
      at: START,
      signer: { id, signing },
      payload,
      ...(holder && { holder: holder.signing }),
    });
    return this.push(one);
  }

  push(one: BuiltStatement): this {
    this.built.push(one);
    this.head = one.head;
    return this;
  }

  addDevice(signer: DeviceSecrets | 'recovery', device: DeviceSecrets): this {
    return this.add(signer, { kind: 'device.added', keys: device.keys }, device);
  }

  revoke(signer: DeviceSecrets, device: DeviceSecrets, untrustedFrom: number): this {
    return this.add(signer, { kind: 'device.revoked', device: device.keys.device, untrustedFrom });
  }

  log(): IdentityLog {
    const more = this.built.map(({ wire }) => wire);
    return { ...marie.log, statements: [...marie.log.statements, ...more] };
  }
}

async function recovered(purpose: 'recovery' | 'session', nationalId: string): Promise<Longer> {
  const device = newDevice();
  const longer = new Longer().addDevice('recovery', device);
  const one = longer.built[0]!;
  const { nonce, random } = nonceFor('recovery', ORIGIN, marie.head, one.head.h);
  const idToken = await provider.token(nationalId, nonce);
  longer.built[0] = attested(one, { type: 'provider', purpose, idToken, random });
  return longer;
}

describe('an identity log', () => {
  test('says who the person is, certified by the provider', async () => {
    const state = await verified(marie.log, pinsOf(provider));
    expect(state.trust).toMatchObject({ level: 'certified', since: START, fictional: true });
    expect(state.trust).toHaveProperty('claims.nationalId', NATIONAL_ID);
    expect(state.trust).toHaveProperty('claims.professions', ['60']);
    expect(deviceAt(state, marie.device.keys.device, 0)?.live).toBe(true);
    expect(deviceAt(state, marie.device.keys.device, 3)).toBeNull();
  });

  test('is only the server’s word where the provider’s key is not pinned', async () => {
    const state = await verified(marie.log, pinsOf(null));
    expect(state.trust.level).toBe('server');
  });

  test.each<[string, number, (wire: WireStatement) => Partial<WireStatement>, string]>([
    ['a changed text', 1, (w) => ({ text: w.text.replace('"v":1', '"v":1 ') }), 'form'],
    [
      'a text of another time',
      1,
      (w) => ({ text: w.text.replace('"at":1', '"at":2') }),
      'signature',
    ],
    ['a lost possession', 0, () => ({ possession: null }), 'possession'],
    ['the signature as possession', 0, (w) => ({ possession: w.signature }), 'possession'],
    ['a possession where no key enters', 2, (w) => ({ possession: w.signature }), 'possession'],
    ['no attestation', 0, () => ({ attestation: null }), 'attestation-missing'],
    [
      'another origin',
      1,
      (w) => ({ text: w.text.replace('liaison.test', 'other.test') }),
      'origin',
    ],
  ])('with %s is faulty', async (_, n, change, fault) => {
    expect(await faultOf(changed(n, change))).toBe(fault);
  });

  test('is faulty out of order, twice, under another name or empty', async () => {
    const [a, b, c] = marie.log.statements as [WireStatement, WireStatement, WireStatement];
    const { person } = marie.log;
    expect(await faultOf({ person, statements: [a, c, b] })).toBe('wrong-index');
    expect(await faultOf({ person, statements: [a, b, b] })).toBe('wrong-index');
    expect(await faultOf({ person, statements: [] })).toBe('empty');
    const other = await enrol(provider, NATIONAL_ID);
    expect(await faultOf({ ...marie.log, person: other.log.person })).toBe('person-id');
  });

  test.each([
    ['issuer', { iss: 'https://other.test' }, 'token-issuer'],
    ['audience', { aud: 'another' }, 'token-audience'],
    ['second audience', { aud: ['liaison', 'another'] }, 'token-audience'],
    ['nonce', { nonce: '00'.repeat(32) }, 'token-nonce'],
    ['assurance', { acr: 'eidas0' }, 'token-acr'],
  ])('with a token of another %s is faulty', async (_, wrong, fault) => {
    const genesis = buildGenesis({ origin: ORIGIN, at: START, device: newDevice() });
    const { nonce, random } = nonceFor('genesis', ORIGIN, NO_STATEMENT, genesis.head.h);
    const idToken = await provider.token(NATIONAL_ID, nonce, wrong);
    const one = attested(genesis, { type: 'provider', purpose: 'genesis', idToken, random });
    expect(await faultOf({ person: genesis.person, statements: [one.wire] })).toBe(fault);
  });

  test('with a token that another provider signed under that key’s name is faulty', async () => {
    const liar = await enrol(new TestProvider(), NATIONAL_ID);
    expect(await faultOf(liar.log)).toBe('token-signature');
  });

  test('takes no key that nobody can seal to, and no device under another’s name', async () => {
    const bad = newDevice();
    const broken = { ...bad.sealing, publicKey: '_'.repeat(1621) + 'w' } as typeof bad.sealing;
    const dud = deviceFromPairs(bad.signing, broken, 'durable');
    expect(await faultOf(new Longer().addDevice(marie.device, dud).log())).toBe('key-invalid');
    const keys = { ...bad.keys, device: newDevice().keys.device };
    const posing = { ...bad, keys };
    expect(await faultOf(new Longer().addDevice(marie.device, posing).log())).toBe('device-id');
    const small = { ...bad, keys: { ...bad.keys, signingKey: ZERO_HASH as string as SigningKey } };
    expect(await faultOf(new Longer().addDevice(marie.device, small).log())).toBe('key-invalid');
  });
});

describe('devices', () => {
  test('join by a live device’s signature, and only so', async () => {
    const phone = newDevice();
    const joined = new Longer().addDevice(marie.device, phone);
    expect((await verified(joined.log(), pinsOf(provider))).log.devices.size).toBe(2);
    const stranger = newDevice();
    expect(await faultOf(new Longer().addDevice(stranger, phone).log())).toBe('signer-not-live');
    joined.revoke(phone, marie.device, 3).addDevice(marie.device, newDevice());
    expect(await faultOf(joined.log())).toBe('fells-its-signer');
  });

  test('that a thief added fall with the thief, and the honest ones come back', async () => {
    const [phone, thief, second] = [newDevice(), newDevice(), newDevice()];
    const longer = new Longer().addDevice(marie.device, phone).addDevice(phone, thief);
    longer.addDevice(thief, second).revoke(thief, marie.device, 6).revoke(phone, thief, 5);
    const state = await verified(longer.log(), pinsOf(provider));
    const live = (device: DeviceSecrets, n: number) => deviceAt(state, device.keys.device, n)?.live;
    expect([live(second, 5), live(second, 7)]).toEqual([true, undefined]);
    expect([live(marie.device, 6), live(marie.device, 7)]).toEqual([false, true]);
    expect(live(thief, 7)).toBe(false);
  });

  test('may not be felled by one whom they brought in', async () => {
    const thief = newDevice();
    const longer = new Longer().addDevice(marie.device, thief).revoke(thief, marie.device, 1);
    expect(await faultOf(longer.log())).toBe('fells-its-signer');
  });

  test('come back by the code and a fresh token of the same person', async () => {
    const good = await recovered('recovery', NATIONAL_ID);
    const state = await verified(good.log(), pinsOf(provider));
    expect(state.log.devices.size).toBe(2);
    expect(await faultOf((await recovered('session', NATIONAL_ID)).log())).toBe(
      'attestation-purpose',
    );
    expect(await faultOf((await recovered('recovery', '899700366240')).log())).toBe(
      'another-person',
    );
    const bare = new Longer().addDevice('recovery', newDevice());
    expect(await faultOf(bare.log())).toBe('attestation-missing');
    const other = new Longer().add('recovery', {
      kind: 'device.revoked',
      device: marie.device.keys.device,
      untrustedFrom: 3,
    });
    expect(await faultOf(other.log())).toBe('signer-not-allowed');
  });
});

describe('people whom the provider does not know', () => {
  test('are vouched for by who invited them', async () => {
    const inviter = await verified(marie.log, pinsOf(provider));
    const pins = { ...pinsOf(provider), inviter: () => Promise.resolve(inviter) };
    const device = newDevice();
    const genesis = buildGenesis({ origin: ORIGIN, at: START, device });
    const key = newSigningPair();
    const said = canonical({
      v: 1,
      origin: ORIGIN,
      inviter: marie.log.person,
      device: marie.device.keys.device,
      identity: marie.head,
      key: key.publicKey,
      nameHash: ZERO_HASH,
      role: 'coordinator',
      at: Instant.parse(START),
      until: Instant.parse(START + 1000),
    });
    const signature = sign(marie.device.signing.secretKey, invitationSigned(ORIGIN, said));
    const proof = invitationProof(key, ORIGIN, genesis.head.h);
    const one = attested(genesis, { type: 'invitation', text: said, signature, proof });
    const log = { person: genesis.person, statements: [one.wire] };
    const state = await verified(log, pins);
    expect(state.trust).toMatchObject({ level: 'vouched', by: marie.log.person });
    expect(await faultOf(log)).toBe('inviter-unknown');
    const stolen = attested(genesis, {
      type: 'invitation',
      text: said,
      signature,
      proof: signature,
    });
    expect(await faultOf({ ...log, statements: [stolen.wire] }, pins)).toBe('invitation-proof');
  });

  test('or by whoever runs the server', async () => {
    const logKey = newSigningPair();
    const genesis = buildGenesis({ origin: ORIGIN, at: START, device: newDevice() });
    const proof = invitationProof(logKey, ORIGIN, genesis.head.h);
    const log = {
      person: genesis.person,
      statements: [attested(genesis, { type: 'operator', proof }).wire],
    };
    const state = await verified(log, { ...pinsOf(provider), logKey: logKey.publicKey });
    expect(state.trust.level).toBe('server');
    expect(await faultOf(log)).toBe('operator-proof');
  });
});

describe('person keys', () => {
  test('open from a device’s copy, from the recovery key’s, and back through every link', async () => {
    const phone = newDevice();
    const joined = new Longer().addDevice(marie.device, phone);
    const before = rulesAfter(joined);
    const rotation = rotatePersonKey({
      origin: ORIGIN,
      log: before,
      head: joined.head,
      at: START,
      signer: { id: phone.keys.device, signing: phone.signing },
      reason: 'device-revoked',
      previous: marie.rotation.keys,
    });
    joined.push(rotation);
    const { log } = await verified(joined.log(), pinsOf(provider));
    const open = openPersonKeys(log, rotation.copies, phone.keys.device, phone.sealing);
    expect([...open.keys()].sort()).toEqual([1, 2]);
    expect(open.get(1)?.secret).toEqual(marie.rotation.keys.secret);
    const paper = openPersonKeys(log, rotation.copies, 'recovery', marie.recovery.sealing);
    expect([...paper.keys()].sort()).toEqual([1, 2]);
    const stranger = openPersonKeys(log, rotation.copies, phone.keys.device, newDevice().sealing);
    expect(stranger.size).toBe(0);
    const late = copyPersonKey(log, log.generations[0]!, marie.rotation.keys, phone.keys.device);
    expect(openPersonKeys(log, [late], phone.keys.device, phone.sealing).get(1)).toBeDefined();
  });

  test('sealed with another secret than the log shows are left out', () => {
    const [copy] = marie.rotation.copies;
    const generations = marie.rules.generations.map((key) => ({
      ...key,
      publicKey: newDevice().keys.sealingKey,
    }));
    const log = { ...marie.rules, generations };
    const { device } = marie;
    expect(openPersonKeys(log, [copy!], device.keys.device, device.sealing).size).toBe(0);
  });

  function rulesAfter(longer: Longer) {
    const own = marie.log.statements.map((wire, n) => ({
      wire,
      statement: JSON.parse(wire.text) as BuiltStatement['statement'],
      head: { n, h: headsOfMarie()[n]! },
    }));
    return rulesOf(marie.log.person, [...own, ...longer.built]);
  }

  function headsOfMarie() {
    const prevs = marie.rules.statements.slice(1).map((statement) => statement.prev);
    return [...prevs, marie.head.h];
  }
});
