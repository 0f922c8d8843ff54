/** Posts under a lease: what they write counts by signed bytes alone, and no forgery passes. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { DeviceId } from '@liaison/contract/ids';
import type { Lease, LeaseTerms } from '@liaison/contract/lease';
import { LIMITS } from '@liaison/contract/limits';
import { leasedIdHashed, leaseSigned } from '@liaison/contract/signing';
import {
  authorOf,
  enrol,
  openChannel,
  ORIGIN,
  pinsOf,
  stamp,
  START,
  stateIn,
  TestProvider,
  type TestPerson,
  verified,
  wireOf,
} from '../../test/support/log-people.js';
import { hash } from '../crypto/hash.js';
import { newSigningPair, sign, type SigningPair } from '../crypto/signing.js';
import { ready } from '../crypto/sodium.js';
import { buildItem, type EntryDraft, placeIn } from './circle-items.js';
import { type Lookups, replayItem } from './circle-log.js';
import type { IdentityState } from './identity-state.js';
import { signerAt } from './leases.js';

const MESSAGE: EntryDraft = {
  kind: 'message.posted',
  kv: 1,
  critical: false,
  facts: { mentions: [], replyTo: null, attachments: [] },
  body: { text: 'Depuis le poste.', attachments: [] },
};

let marie: TestPerson;
let paul: TestPerson;
let log: IdentityState;
let post: SigningPair;
const identities = new Map<string, IdentityState>();
const lookups: Lookups = {
  identity: (person) => identities.get(person) ?? null,
  team: () => null,
};

beforeAll(async () => {
  await ready();
  const provider = new TestProvider();
  marie = await enrol(provider, '899700218896');
  paul = await enrol(provider, '899700366240');
  for (const one of [marie, paul]) {
    identities.set(one.log.person, await verified(one.log, pinsOf(provider)));
  }
  log = identities.get(marie.log.person)!;
  post = newSigningPair();
});

function terms(change: Partial<LeaseTerms> = {}): LeaseTerms {
  const from = START;
  const until = START + LIMITS.leaseMs.value;
  const by = marie.device.keys.device;
  return { by, identity: log.head, key: post.publicKey, from, until, ...change };
}

function lease(change: Partial<LeaseTerms> = {}, by = marie.device.signing): Lease {
  const said = terms(change);
  return { ...said, signature: sign(by.secretKey, leaseSigned(ORIGIN, log.person, said)) };
}

const idOf = (pair: SigningPair): DeviceId =>
  hash(leasedIdHashed(pair.publicKey)) as string as DeviceId;

/** What a circle's replay says of a message that the post signed under that lease. */
function written(under: Lease, at = START + 1000, pair = post) {
  const channel = openChannel([marie, paul], lookups);
  const author = authorOf(marie);
  const secretKey = pair.secretKey;
  const posted = { ...author, device: idOf(pair), lease: under, secretKey, identity: log.head };
  const place = placeIn(stateIn(channel.replay), channel.replay.head);
  const built = buildItem(posted, place, { ...stamp(), at }, MESSAGE, channel.keys);
  const wire = wireOf(channel.replay.circle, channel.replay.head.k + 1, built.item);
  return replayItem(channel.replay, wire, lookups);
}

describe('an item of a post', () => {
  test('counts within its lease, for its lender’s person', () => {
    expect(written(lease())).toMatchObject({ outcome: 'accepted', kind: 'entry' });
  });

  test('is its author’s fault before, after and beyond what a lease may last', () => {
    const over = { outcome: 'flagged', code: 'lease_over' };
    expect(written(lease(), START - 1)).toMatchObject(over);
    expect(written(lease(), START + LIMITS.leaseMs.value)).toMatchObject(over);
    const long = lease({ until: START + LIMITS.leaseMs.value + 1 });
    expect(written(long)).toMatchObject(over);
  });

  test('is the server’s fault where nobody of that log lent the word', () => {
    const unknown = { outcome: 'fault', code: 'device-unknown' };
    const byPaul = lease({}, paul.device.signing);
    expect(written(byPaul)).toMatchObject(unknown);
    expect(written(lease({ by: paul.device.keys.device }, paul.device.signing))).toMatchObject(
      unknown,
    );
    expect(written({ ...lease(), until: START + 9000 })).toMatchObject(unknown);
    const fork = { n: log.head.n, h: log.hashes[0]! };
    expect(written(lease({ identity: fork }))).toMatchObject(unknown);
    const stolen = newSigningPair();
    expect(written(lease(), START + 1000, stolen)).toMatchObject(unknown);
    expect(written(lease({ by: idOf(post) }, post))).toMatchObject(unknown);
  });

  test('is over with the next generation of the person’s key', () => {
    const early = lease({ identity: { n: 0, h: log.hashes[0]! } });
    expect(written(early)).toMatchObject({ outcome: 'flagged', code: 'lease_over' });
  });
});

test('a lease is judged as of the head that is cited, and never by a later one', () => {
  const signed = { device: idOf(post), lease: lease(), at: START };
  expect(signerAt(log, signed, log.head.n)?.live).toBe(true);
  expect(signerAt(log, signed, log.head.n - 1)).toBeNull();
});

describe('a device that only lends its word', () => {
  test('lends to a post, and is its author’s fault where it writes itself', () => {
    const by = marie.device.keys.device;
    const known = log.log.devices.get(by)!;
    const keys = { ...known.keys, kind: 'lending' as const };
    const past = log.past.map((then) => {
      return { ...then, devices: new Map(then.devices).set(by, { ...known, keys }) };
    });
    const lending = { ...log, past };
    const direct = { device: by, at: START };
    expect(signerAt(log, direct, log.head.n)?.live).toBe(true);
    expect(signerAt(lending, direct, log.head.n)?.live).toBe(false);
    const lent = { device: idOf(post), lease: lease(), at: START };
    expect(signerAt(lending, lent, log.head.n)?.live).toBe(true);
  });
});
