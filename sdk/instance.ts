/**
 * What this deployment said of itself the first time: its log key and its identity provider. They
 * are pinned from then on; a later answer that says otherwise is evidence, and is not believed.
 * Provider keys may be added, never replaced under the same name.
 */
import { INSTANCE_ROUTES, type Instance, type ProviderKey } from '@liaison/contract/instance';
import type { EvidenceRoom } from './evidence.js';
import type { Ground } from './ground.js';

const KEY = 'instance';

export class Instances {
  #pinned: Promise<Instance> | null = null;

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

  /** Asks again, and takes in provider keys that are new. */
  async refresh(): Promise<void> {
    const known = await this.pinned();
    const now = await this.ground.api.call(INSTANCE_ROUTES.instance, {});
    const keys = joined(known.provider.jwks.keys, now.provider.jwks.keys);
    const same =
      known.logKey === now.logKey &&
      known.provider.issuer === now.provider.issuer &&
      known.provider.audience === now.provider.audience;
    if (!same || keys === null) {
      await this.evidence.record(null, 'instance-changed', 'log key or provider', { known, now });
      return;
    }
    await this.#keep({ ...known, provider: { ...known.provider, jwks: { keys } } });
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
