/** The law of identity logs where it must not depend on how long a log is. */
import { describe, expect, test } from '@jest/globals';
import { DeviceId, Hash, PersonId } from './ids.js';
import { type IdentityHead, IdentityStatement } from './identity.js';
import { type IdentityLogState, judgeIdentity } from './identity-rules.js';
import { LIMITS } from './limits.js';

const id = (n: number): string => `${String(n).padStart(42, 'x')}A`;
const sealing = (n: number): string => `${String(n).padStart(1621, 'x')}A`;
const PERSON = PersonId.parse(id(0));

/** A log that is judged statement by statement, as server and clients do. */
class Walk {
  state: IdentityLogState | null = null;
  head: IdentityHead = { n: -1, h: Hash.parse(id(999_999)) };

  take(signer: string, payload: unknown): this {
    const n = this.head.n + 1;
    const statement = IdentityStatement.parse({
      v: 1,
      suite: 1,
      origin: 'https://liaison.example',
      person: n === 0 ? '' : PERSON,
      n,
      prev: this.head.h,
      at: n,
      signer,
      payload,
    });
    const verdict = judgeIdentity(this.state, this.head, statement, PERSON);
    if (!verdict.ok) throw new Error(`${String(n)}: ${verdict.why}`);
    this.state = verdict.state;
    this.head = { n, h: Hash.parse(id(100_000 + n)) };
    return this;
  }
}

const device = (n: number): string => id(n);

function added(n: number, kind = 'durable'): unknown {
  const keys = { device: device(n), signingKey: id(n), sealingKey: sealing(n), kind };
  return { kind: 'device.added', keys };
}

const paper = (n: number) => ({
  kind: 'recovery-key.set',
  signingKey: id(n),
  sealingKey: sealing(n),
  madeAt: n,
});

describe('a log as long as may be', () => {
  test('is read in a moment: nobody holds up a server by what they say of themselves', () => {
    const walk = new Walk().take(device(1), added(1));
    const started = performance.now();
    for (let n = 1; n < LIMITS.identityStatements.value; n++) walk.take(device(1), paper(n));
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(walk.state?.recovery?.n).toBe(LIMITS.identityStatements.value - 1);
    expect(() => walk.take(device(1), paper(2))).toThrow('log-full');
  });
});

describe('what a revoked device said', () => {
  test('falls with it, and what stands on it, whatever was said in between', () => {
    const walk = new Walk().take(device(1), added(1)).take(device(1), added(2));
    walk.take(device(2), added(3)).take(device(3), paper(1)).take(device(1), added(4));
    expect([...walk.state!.devices.keys()]).toEqual([1, 2, 3, 4].map(device));
    walk.take(device(1), { kind: 'device.revoked', device: device(2), untrustedFrom: 2 });
    expect([...walk.state!.fallen]).toEqual([2, 3]);
    expect(walk.state?.recovery).toBeNull();
    expect([...walk.state!.devices.keys()]).toEqual([1, 2, 4].map(device));
    walk.take(device(4), paper(2));
    expect(walk.state?.recovery?.n).toBe(6);
    expect([...walk.state!.fallen]).toEqual([2, 3]);
  });

  test('falls without the paper that stood before, and without what that paper signs', () => {
    const walk = new Walk().take(device(1), added(1)).take(device(1), paper(1));
    walk.take(device(1), added(2)).take(device(2), paper(2));
    walk.take(device(1), { kind: 'device.revoked', device: device(2), untrustedFrom: 3 });
    expect(walk.state?.recovery?.n).toBe(1);
    walk.take('recovery', added(3));
    expect([...walk.state!.fallen]).toEqual([3]);
    expect(walk.state?.devices.get(DeviceId.parse(device(3)))?.revokedAt).toBeNull();
    walk.take(device(3), paper(3)).take(device(1), paper(4));
    walk.take(device(1), { kind: 'device.revoked', device: device(2), untrustedFrom: 2 });
    expect([...walk.state!.fallen]).toEqual([3]);
    expect(walk.state?.sources).toEqual([null, 0, 0, 2, 0, 1, 5, 0, 0]);
  });
});

describe('a device that only lends its word', () => {
  test('signs no statement, begins no log, and does not make a reset wait', () => {
    expect(() => new Walk().take(device(1), added(1, 'lending'))).toThrow('signer-not-live');
    const walk = new Walk().take(device(1), added(1)).take(device(1), added(2, 'lending'));
    expect(() => walk.take(device(2), added(3))).toThrow('signer-not-live');
    const revoked = { kind: 'device.revoked', device: device(1), untrustedFrom: 2 };
    expect(() => walk.take(device(2), revoked)).toThrow('signer-not-live');
    walk.take(device(1), revoked);
    const { keys } = added(4) as { keys: unknown };
    walk.take(device(4), { kind: 'identity.reset', keys, asked: null });
    expect(walk.state?.lastReset).toBe(3);
  });
});
