/**
 * Shared posts and ended devices: what is written under a lease that is over, was never lent, or
 * was lent to another post, and by a device that its owner has ended.
 */
import type { DeviceId, Hash, Origin } from '@liaison/contract/ids';
import { IDENTITY_ROUTES, type IdentityHead } from '@liaison/contract/identity';
import type { Lease, LeaseTerms } from '@liaison/contract/lease';
import { LIMITS } from '@liaison/contract/limits';
import { leasedIdHashed, leaseSigned } from '@liaison/contract/signing';
import { Api } from '@liaison/sdk/api';
import { hash } from '@liaison/sdk/crypto/hash';
import { newSigningPair, sign, type SigningPair } from '@liaison/sdk/crypto/signing';
import { buildStatement } from '@liaison/sdk/logs/identity-statements';
import { type Attack, attack, blocks, flags, onChannel } from './attack.js';
import type { Forged, Insider } from './insider.js';
import { logHead, type OwnerScene, slipIn, withSecondDevice } from './second.device.js';
import { type Scene, serve, type Stage } from './stage.js';

const HOUR_MS = 3_600_000;

const idOf = ({ publicKey }: SigningPair): DeviceId =>
  hash(leasedIdHashed(publicKey)) as string as DeviceId;

/** What is wrong with what a post writes, beside what an honest one does. */
interface Wrong {
  readonly terms?: Partial<LeaseTerms>;
  /** Signs in the lender's place. */
  readonly lender?: Uint8Array;
  readonly origin?: Origin;
  /** Changes after the lender has signed. */
  readonly altered?: Partial<Lease>;
  /** The post that writes, where it is another than the one that was lent to. */
  readonly writer?: SigningPair;
  /** Under whose id it writes. */
  readonly device?: DeviceId;
  readonly identity?: IdentityHead;
  readonly knownBy?: Insider;
}

/** A message by a post to which that insider's device has lent its word until a shift's end. */
async function posted(lender: Insider, { circle }: Scene, wrong: Wrong = {}): Promise<Forged> {
  const post = newSigningPair();
  const { device: by, signing } = lender.vault.device();
  const from = Date.now() - HOUR_MS;
  const until = from + LIMITS.leaseMs.value;
  const identity = await lender.identity();
  const said = { by, identity, key: post.publicKey, from, until, ...wrong.terms };
  const text = leaseSigned(wrong.origin ?? lender.origin, lender.player.person, said);
  const signature = sign(wrong.lender ?? signing.secretKey, text);
  const lease = { ...said, signature, ...wrong.altered };
  const writer = wrong.writer ?? post;
  const cited = wrong.identity ?? identity;
  const header = () => ({ device: wrong.device ?? idOf(writer), lease, identity: cited });
  const { knownBy } = wrong;
  return lender.forge(circle, { header, signer: writer.secretKey, ...(knownBy && { knownBy }) });
}

type Wronging = (scene: Scene, stage: Stage) => Wrong | Promise<Wrong>;

/** The author's own fault: the lease was lent, and is over. */
const isOver = (id: string, name: string, wrong: Wronging): Attack =>
  onChannel(
    id,
    name,
    async (scene, stage) => posted(scene.nurse, scene, await wrong(scene, stage)),
    flags('lease_over'),
  );

/** No honest server takes it: nobody has lent that. */
const isFalse = (id: string, name: string, wrong: Wronging, code = 'device-unknown'): Attack =>
  onChannel(
    id,
    name,
    async (scene, stage) => {
      serve(scene, [await posted(scene.nurse, scene, await wrong(scene, stage))]);
    },
    blocks(code),
  );

/** The second device's own last word, which makes no new key: only the end itself tells. */
async function endsItself({ thief, owner }: OwnerScene): Promise<void> {
  const { device, signing } = thief.vault.device();
  const { person } = owner;
  const head = await logHead(owner);
  const untrustedFrom = head.n + 1;
  const payload = { kind: 'device.revoked', device, untrustedFrom } as const;
  const place = { origin: thief.origin, person, head, at: Date.now() };
  const { wire } = buildStatement({ ...place, signer: { id: device, signing }, payload });
  const body = { statements: [wire], copies: [] };
  await new Api(owner.http).call(IDENTITY_ROUTES.appendIdentity, { params: { person }, body });
}

/** An entry after the second device was ended, that cites the end. */
const afterTheEnd =
  (end: (scene: OwnerScene) => Promise<unknown>, write: (scene: OwnerScene) => Promise<Forged>) =>
  async (scene: OwnerScene): Promise<Forged> => {
    await end(scene);
    return write(scene);
  };

const NO_HASH = Buffer.alloc(32, 9).toString('base64url') as Hash;

export const POSTS: readonly Attack[] = [
  isOver('lease-expired', 'a shared post writes on after its shift', () => ({
    terms: { from: Date.now() - 9 * HOUR_MS, until: Date.now() - HOUR_MS },
  })),
  isOver('lease-not-begun', 'a shared post writes before its shift', () => ({
    terms: { from: Date.now() + HOUR_MS, until: Date.now() + 2 * HOUR_MS },
  })),
  isOver('lease-too-long', 'a shift that never ends', () => ({
    terms: { until: Date.now() + LIMITS.leaseMs.value },
  })),
  isOver(
    'lease-outlives-key',
    'a shared post writes after its person has made a new key',
    async ({ nurse }) => {
      const [h = NO_HASH] = await nurse.statementHashes();
      return { terms: { identity: { n: 0, h } } };
    },
  ),
  attack({
    id: 'lease-outlives-lender',
    name: 'a shared post writes after the phone that opened it was ended',
    arrange: withSecondDevice,
    misbehave: afterTheEnd(endsItself, async (scene) => {
      const { thief, nurse, owner } = scene;
      return posted(thief, scene, { identity: await logHead(owner), knownBy: nurse });
    }),
    expect: flags('lease_over'),
  }),
  attack({
    id: 'lease-by-a-machine',
    name: 'a shared post that a machine let in',
    arrange: withSecondDevice,
    misbehave: async (scene) => {
      const { thief, nurse, owner } = scene;
      const passing = await slipIn(scene, 'service');
      const { signing, keys } = passing;
      const wrong = { terms: { by: keys.device }, lender: signing.secretKey };
      const identity = await logHead(owner);
      const terms = { ...wrong.terms, identity };
      return posted(thief, scene, { ...wrong, terms, identity, knownBy: nurse });
    },
    expect: flags('lease_over'),
  }),
  attack({
    id: 'revoked-device-writes',
    name: 'a device writes after its owner has ended it',
    arrange: withSecondDevice,
    misbehave: afterTheEnd(
      ({ owner, thief }) => owner.liaison.revokeDevice(thief.vault.device().device),
      async ({ thief, nurse, owner, circle }) => {
        const identity = await logHead(owner);
        return thief.forge(circle, { header: () => ({ identity }), knownBy: nurse });
      },
    ),
    expect: flags('device_revoked'),
  }),
  isFalse('lease-of-another-post', 'a lease that was lent to another post', () => {
    const writer = newSigningPair();
    return { writer };
  }),
  isFalse(
    'lease-stolen',
    'a post’s lease without the post’s key',
    () => {
      const post = newSigningPair();
      return {
        terms: { key: post.publicKey },
        writer: newSigningPair(),
        device: idOf(post),
      };
    },
    'signature',
  ),
  isFalse('lease-unsigned', 'a lease that no device of the person signed', () => ({
    lender: newSigningPair().secretKey,
  })),
  isFalse('lease-prolonged', 'a lease whose end was moved after it was signed', () => ({
    altered: { until: Date.now() + 20 * HOUR_MS },
  })),
  isFalse('lease-by-another', 'a lease that another person’s phone has lent', ({ gp }) => {
    const { device, signing } = gp.vault.device();
    return { terms: { by: device }, lender: signing.secretKey };
  }),
  isFalse('lease-of-the-future', 'a lease that cites a log not written yet', async ({ nurse }) => {
    const { n } = await nurse.identity();
    return { terms: { identity: { n: n + 1, h: NO_HASH } } };
  }),
  isFalse(
    'lease-newer-than-log',
    'a lease from after the log that its post cites',
    async ({ nurse }) => {
      const hashes = await nurse.statementHashes();
      const n = hashes.length - 2;
      return { identity: { n, h: hashes[n] ?? NO_HASH } };
    },
  ),
  isFalse('lease-of-another-log', 'a lease that cites another log of the person', async (scene) => {
    const { n } = await scene.nurse.identity();
    return { terms: { identity: { n, h: NO_HASH } } };
  }),
  isFalse('lease-of-another-instance', 'a lease made for a test instance', () => ({
    origin: 'https://test.liaison.example' as Origin,
  })),
];
