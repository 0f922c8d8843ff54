/**
 * What this deployment said of itself the first time: its log key and its identity provider. They
 * are pinned from then on; a later answer that says otherwise is evidence, and is not believed.
 * Provider keys may be added, never replaced under the same name.
 */
import { INSTANCE_ROUTES, type Instance, type ProviderKey } from '@liaison/contract/instance';
import type { EvidenceRoom } from './evidence.js';
import { isReplyInvalid } from './fault.js';
import type { Ground } from './ground.js';

const KEY = 'instance';
const ABOUT = 'instance';

/** A provider changes its keys a few times a year. */
const FRESH_MS = 3_600_000;

export class Instances {
  #pinned: Promise<Instance> | null = null;
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly ground: Ground,
    private readonly evidence: EvidenceRoom,
  ) {}

  pinned(): Promise<Instance> {
    this.#pinned ??= this.#read();
    this.#pinned.catch(() => {
      this.#pinned = null;
    });
    return this.#pinned;
  }

  /** Asks again now and then, and takes in provider keys that are new. */
  async refresh(maxAgeMs = FRESH_MS): Promise<void> {
    const known = await this.pinned();
    const at = this.ground.clock();
    if (at - this.#askedAt < maxAgeMs) return;
    const now = await this.#ask();
    if (now === null) return;
    const keys = joined(known.provider.jwks.keys, now.provider.jwks.keys);
    const same =
      known.logKey === now.logKey &&
      known.provider.issuer === now.provider.issuer &&
      known.provider.audience === now.provider.audience;
    if (!same || keys === null) {
      const exhibits = { known, now };
      await this.evidence.record(null, 'instance-changed', 'key or provider', exhibits, ABOUT);
      return;
    }
    this.#askedAt = at;
    await this.evidence.heal(ABOUT);
    await this.#keep({ ...known, provider: { ...known.provider, jwks: { keys } } });
  }

  async #ask(): Promise<Instance | null> {
    try {
      return await this.ground.api.call(INSTANCE_ROUTES.instance, {});
    } catch (error) {
      if (!isReplyInvalid(error)) throw error;
      await this.evidence.record(null, 'instance-changed', error.why, null, ABOUT);
      return null;
    }
  }

  async #read(): Promise<Instance> {
    const known = await this.ground.store.get<Instance>('meta', KEY);
    if (known !== undefined && known.provider.jwks.keys.length > 0) return known;
    return this.#keep(await this.ground.api.call(INSTANCE_ROUTES.instance, {}));
  }

  async #keep(instance: Instance): Promise<Instance> {
    await this.ground.store.transaction((tx) => {
      tx.put('meta', KEY, instance);
    });
    this.#pinned = Promise.resolve(instance);
    return instance;
  }
}

/** Known keys with the new ones, or null when a known name has another key now. */
function joined(known: readonly ProviderKey[], now: readonly ProviderKey[]): ProviderKey[] | null {
  const names = new Map(known.map((key) => [key.kid, key]));
  for (const key of now) {
    const before = names.get(key.kid);
    if (before !== undefined && before.n !== key.n) return null;
    names.set(key.kid, key);
  }
  return [...names.values()];
}
