/**
 * What the owner calls each of their devices. A name counts only if a device that is live by the
 * owner's own log signed it; the newest word on each device wins. What this device has read it
 * keeps, so that a server which shows an older box, or none, takes no name away.
 */
import { canonical, parseCanonical } from '@liaison/contract/encoding';
import {
  DEVICE_ROUTES,
  DeviceName,
  DeviceNames as Names,
  type DeviceNamesBox,
  USE_STEP_MS,
} from '@liaison/contract/device-names';
import { Problem } from '@liaison/contract/errors';
import type { DeviceId } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { deviceNamesSigned } from '@liaison/contract/signing';
import { isAway } from '../away.js';
import { orNull } from '../crypto/aead.js';
import { openDeviceNames, sealDeviceNames } from '../crypto/device-names.js';
import { sign, verifyStrict } from '../crypto/signing.js';
import { Fault } from '../fault.js';
import type { Ground } from '../ground.js';
import { presentKey } from '../logs/identity-state.js';
import type { People } from '../people.js';
import { Turns } from '../store/pending.js';
import type { Vault } from '../vault.js';

const KEPT = 'device-names';

type Given = Names['names'][number];

interface Kept {
  /** The last box that was read or written. */
  readonly revision: number;
  readonly names: readonly Given[];
}

export interface NamesParts {
  readonly ground: Ground;
  readonly vault: Vault;
  readonly people: People;
  /** What this device calls itself until somebody says otherwise; empty: it names nothing. */
  readonly ownName: string;
}

export class DeviceNames {
  #uses: ReadonlyMap<DeviceId, number> = new Map();
  #toldAt = -Infinity;
  /** Whether what the server keeps must be written anew: lost, older than ours, or ill signed. */
  #isStale = false;
  /** The generation that was the present one when the box was last looked at. */
  #sealedUnder = 0;
  readonly #turns = new Turns();

  constructor(private readonly parts: NamesParts) {}

  /** Names by device, as this device knows them. */
  async known(): Promise<ReadonlyMap<DeviceId, string>> {
    const { names } = await this.#kept();
    return new Map(names.map(({ device, name }) => [device, name]));
  }

  /** The hour in which each was last used, by the server's word as last heard. */
  uses(): ReadonlyMap<DeviceId, number> {
    return this.#uses;
  }

  /** Reads what the other devices said; where the server is away, what is known stays. */
  async refresh(): Promise<void> {
    try {
      await this.#turns.take(() => this.#read());
    } catch (error) {
      if (!isAway(error) && !(error instanceof Problem)) throw error;
    }
  }

  async name(device: DeviceId, given: string): Promise<void> {
    this.parts.vault.mustBeOwn();
    const name = DeviceName.safeParse(given.trim()).data;
    if (name === undefined) throw new Fault('name-wrong', 'empty or too long');
    await this.#turns.take(() => this.#say({ device, name, at: this.parts.ground.clock() }));
    this.parts.ground.changes.tell({ what: 'devices' });
  }

  /**
   * While this device has no name, whoever looked at the list meanwhile; then once an hour, and
   * after each new key: that key opens the names to nobody shut out before.
   */
  async isDue(): Promise<boolean> {
    const { ground, vault, people, ownName } = this.parts;
    if (ownName === '' || vault.device().lease !== undefined) return false;
    if (!(await this.known()).has(vault.device().device)) return true;
    const log = people.known(vault.me());
    const isKeyNew = log !== null && presentKey(log)?.generation !== this.#sealedUnder;
    return isKeyNew || ground.clock() - this.#toldAt >= USE_STEP_MS;
  }

  /** Says that this device is in use, names it, mends what the server keeps. */
  async keepUp(): Promise<void> {
    const { ground, vault, ownName } = this.parts;
    if (ownName === '') return;
    await this.#turns.take(() => this.#read());
    const { device } = vault.device();
    const isNamed = (await this.known()).has(device);
    const first = { device, name: ownName, at: ground.clock() };
    if (!isNamed) await this.#turns.take(() => this.#say(first));
    else if (this.#isStale) await this.#turns.take(() => this.#say(null));
    if (!isNamed) ground.changes.tell({ what: 'devices' });
  }

  async #read(): Promise<void> {
    const { ground, vault } = this.parts;
    const { device, lease } = vault.device();
    const params = { person: vault.me() };
    const body = { device: lease === undefined ? device : null };
    const served = await ground.api.call(DEVICE_ROUTES.ownDevices, { params, body });
    this.#uses = new Map(served.uses.map((use) => [use.device, use.usedAt]));
    this.#toldAt = ground.clock();
    await this.#take(served.names);
  }

  async #take(box: DeviceNamesBox | null): Promise<void> {
    const kept = await this.#kept();
    const said = box === null ? null : await this.#opened(box);
    const state = await this.parts.people.state(this.parts.vault.me());
    this.#sealedUnder = presentKey(state)?.generation ?? 0;
    const isOurs = said !== null && box?.generation === this.#sealedUnder;
    this.#isStale = kept.names.length > 0 && (!isOurs || said.revision < kept.revision);
    const names = merged(kept.names, said?.names ?? []);
    // Under the served number the next one is written, whoever made what stands there.
    await this.#keep({ revision: box?.revision ?? 0, names });
    const isNew = canonical(names) !== canonical(kept.names);
    if (isNew) this.parts.ground.changes.tell({ what: 'devices' });
  }

  /** What a live device of ours said; null for anything else. */
  async #opened(box: DeviceNamesBox): Promise<Names | null> {
    const { ground, vault, people } = this.parts;
    const keys = vault.generation(box.generation);
    const signed = keys === null ? null : openDeviceNames(keys, vault.me(), box);
    const text = signed === null ? null : orNull(() => parseCanonical(signed.text));
    const said = Names.safeParse(text).data;
    if (signed === null || said === undefined) return null;
    const { log } = await people.state(vault.me());
    const by = log.devices.get(said.by);
    const isHere = said.origin === ground.origin && said.person === vault.me();
    if (by?.revokedAt !== null || !isHere || said.revision !== box.revision) return null;
    const bytes = deviceNamesSigned(ground.origin, signed.text);
    return verifyStrict(by.keys.signingKey, bytes, signed.signature) ? said : null;
  }

  /** Another device may have spoken meanwhile: what it said is read, and ours said again. */
  async #say(given: Given | null): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        await this.#put(given);
        return;
      } catch (error) {
        const isMoved = error instanceof Problem && error.code === 'device_names_moved';
        if (!isMoved || tries >= LIMITS.callAttempts.value) throw error;
        await this.#read();
      }
    }
  }

  async #put(given: Given | null): Promise<void> {
    const { ground, vault, people } = this.parts;
    const [kept, person] = [await this.#kept(), vault.me()];
    const generation = presentKey(await people.state(person))?.generation ?? 0;
    const keys = vault.generation(generation);
    if (keys === null) throw new Fault('no-keys', 'the present key is not here');
    const names = merged(kept.names, given === null ? [] : [given]);
    const revision = kept.revision + 1;
    const { device: by, signing } = vault.device();
    const text = canonical({ v: 1, origin: ground.origin, person, by, revision, names });
    const signature = sign(signing.secretKey, deviceNamesSigned(ground.origin, text));
    const sealed = sealDeviceNames(keys, generation, person, { text, signature });
    const body = { revision, generation, sealed };
    await ground.api.call(DEVICE_ROUTES.nameDevices, { params: { person }, body });
    this.#isStale = false;
    await this.#keep({ revision, names });
  }

  async #kept(): Promise<Kept> {
    const kept = await this.parts.ground.store.get<Kept>('secrets', KEPT);
    return kept ?? { revision: 0, names: [] };
  }

  async #keep(kept: Kept): Promise<void> {
    await this.parts.ground.store.transaction((tx) => {
      tx.put('secrets', KEPT, kept);
    });
  }
}

/** The newest word on each device; of more devices than are named, those named last. */
function merged(one: readonly Given[], other: readonly Given[]): Given[] {
  const newest = new Map<DeviceId, Given>();
  for (const given of [...one, ...other]) {
    const before = newest.get(given.device);
    if (before === undefined || before.at < given.at) newest.set(given.device, given);
  }
  const all = [...newest.values()].sort((a, b) => b.at - a.at);
  return all.slice(0, LIMITS.deviceNames.value);
}
