/**
 * This device's own secrets: its keys, the person's key generations, epoch secrets. They are kept
 * in the store's wrapped tables and nowhere else; nothing here ever leaves the device.
 */
import { fromBase64Url, toBase64Url } from '@liaison/contract/bytes';
import type { CircleId, DeviceId, PersonId } from '@liaison/contract/ids';
import type { Lease } from '@liaison/contract/lease';
import { leasedIdHashed } from '@liaison/contract/signing';
import { deriveEpoch, derivePersonKeys, type EpochKeys, type PersonKeys } from './crypto/epoch.js';
import { hash } from './crypto/hash.js';
import { random32 } from './crypto/random.js';
import { sealingPairFromSeed } from './crypto/sealing.js';
import { signingPairFromSeed } from './crypto/signing.js';
import { Fault } from './fault.js';
import type { Ground } from './ground.js';
import { deviceFromPairs, type DeviceSecrets } from './logs/identity-statements.js';
import type { Transaction } from './store/store.js';

export interface Device extends DeviceSecrets {
  readonly device: DeviceId;
  /** When this store began: counters start anew with it. */
  readonly inc: number;
  /** Only where this is a shared post: by what it speaks for its person, and until when. */
  readonly lease?: Lease;
}

interface KeptDevice {
  readonly signing: string;
  readonly sealing: string;
  readonly inc: number;
  /** Set once the identity log holds this device. */
  readonly person: PersonId | null;
  readonly lease?: Lease;
}

const DEVICE = 'device';
const personKey = (generation: number): string => `person/${String(generation).padStart(6, '0')}`;
const epochKey = (circle: CircleId, epoch: number): string => `epoch/${circle}/${String(epoch)}`;

function deviceOf(kept: KeptDevice): Device {
  const signing = signingPairFromSeed(fromBase64Url(kept.signing));
  const sealing = sealingPairFromSeed(fromBase64Url(kept.sealing));
  const secrets = deviceFromPairs(signing, sealing, 'durable');
  const { inc, lease } = kept;
  if (lease === undefined) return { ...secrets, device: secrets.keys.device, inc };
  const device = hash(leasedIdHashed(signing.publicKey)) as string as DeviceId;
  return { ...secrets, device, inc, lease };
}

export class Vault {
  #device: Device | null = null;
  #person: PersonId | null = null;
  readonly #generations = new Map<number, PersonKeys>();

  constructor(private readonly ground: Ground) {}

  /** Reads this device's keys, or makes them: they exist before anybody signs in. */
  async open(): Promise<void> {
    const kept = await this.ground.store.transaction(async (tx) => {
      const known = await tx.get<KeptDevice>('secrets', DEVICE);
      if (known !== undefined) return known;
      const fresh = freshDevice(this.ground.clock());
      tx.put('secrets', DEVICE, fresh);
      return fresh;
    });
    this.#device = deviceOf(kept);
    this.#person = kept.person;
    for (const [key, secret] of await this.ground.store.scan<string>('secrets', 'person/')) {
      this.#generations.set(Number(key.slice(7)), derivePersonKeys(fromBase64Url(secret)));
    }
  }

  device(): Device {
    if (this.#device === null) throw new Fault('not-ready', 'no device keys yet');
    return this.#device;
  }

  /** Where this is a shared post that somebody opened. */
  lease(): Lease | null {
    return this.#device?.lease ?? null;
  }

  /** A post writes and reads; what concerns the person's devices is done on one of these. */
  mustBeOwn(): void {
    if (this.lease() !== null) throw new Fault('at-post', 'not from a shared post');
  }

  /** The person whom this device speaks for; throws before enrolment. */
  me(): PersonId {
    if (this.#person === null) throw new Fault('not-ready', 'this device has no identity yet');
    return this.#person;
  }

  person(): PersonId | null {
    return this.#person;
  }

  /** The device is in the person's log, and knows their key. */
  async belongTo(person: PersonId, keys: ReadonlyMap<number, PersonKeys>): Promise<void> {
    await this.ground.store.transaction(async (tx) => {
      const kept = await tx.get<KeptDevice>('secrets', DEVICE);
      tx.put('secrets', DEVICE, { ...kept, person });
      this.keepGenerations(tx, keys);
    });
    this.#person = person;
    this.noteGenerations(keys);
  }

  /** A device of the person lends its word to this post: nothing of it is in their log. */
  async serve(person: PersonId, lease: Lease, keys: ReadonlyMap<number, PersonKeys>) {
    await this.ground.store.transaction(async (tx) => {
      const kept = await tx.get<KeptDevice>('secrets', DEVICE);
      if (kept === undefined) throw new Fault('not-ready', 'no device keys yet');
      tx.put('secrets', DEVICE, { ...kept, lease });
      this.#device = deviceOf({ ...kept, lease });
    });
    await this.belongTo(person, keys);
  }

  keepGenerations(tx: Transaction, keys: ReadonlyMap<number, PersonKeys>): void {
    for (const [generation, { secret }] of keys) {
      tx.put('secrets', personKey(generation), toBase64Url(secret));
    }
  }

  noteGenerations(keys: ReadonlyMap<number, PersonKeys>): void {
    for (const [generation, one] of keys) this.#generations.set(generation, one);
  }

  generation(number: number): PersonKeys | null {
    return this.#generations.get(number) ?? null;
  }

  generations(): ReadonlyMap<number, PersonKeys> {
    return this.#generations;
  }

  async epoch(circle: CircleId, epoch: number): Promise<EpochKeys | null> {
    const secret = await this.ground.store.get<string>('secrets', epochKey(circle, epoch));
    return secret === undefined ? null : deriveEpoch(fromBase64Url(secret));
  }

  async keepEpoch(circle: CircleId, epoch: number, secret: Uint8Array): Promise<void> {
    const text = toBase64Url(secret);
    await this.ground.store.transaction((tx) => {
      tx.put('secrets', epochKey(circle, epoch), text);
    });
  }

  async forgetEpoch(circle: CircleId, epoch: number): Promise<void> {
    await this.ground.store.transaction((tx) => {
      tx.delete('secrets', epochKey(circle, epoch));
    });
  }

  /** Forgets everything secret: this device was revoked, or starts anew. */
  async forget(): Promise<void> {
    await this.ground.store.transaction(async (tx) => {
      for (const [key] of await tx.scan('secrets', '')) tx.delete('secrets', key);
    });
    this.#person = null;
    this.#generations.clear();
    await this.open();
  }
}

function freshDevice(inc: number): KeptDevice {
  const [signing, sealing] = [toBase64Url(random32()), toBase64Url(random32())];
  return { signing, sealing, inc, person: null };
}
