/**
 * Whose log key and which provider keys this client believes. A build for real people carries them
 * (`pins`). Without, and for an emulator's fictional people only, what the deployment says the
 * first time is kept and believed from then on. A later answer that says otherwise is evidence; a
 * provider's further key is no fault, and is not believed until a build carries it.
 */
import {
  INSTANCE_ROUTES,
  type Instance,
  type InstancePins,
  type ProviderKey,
} from '@liaison/contract/instance';
import type { EvidenceRoom } from './evidence.js';
import { Fault, isReplyInvalid } from './fault.js';
import type { Ground } from './ground.js';

const KEY = 'instance';
const ABOUT = 'instance';

/** A provider changes its keys a few times a year. */
const FRESH_MS = 3_600_000;

export class Instances {
  #pinned: Promise<InstancePins> | null = null;
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly ground: Ground,
    private readonly evidence: EvidenceRoom,
    private readonly pins: InstancePins | null,
  ) {}

  pinned(): Promise<InstancePins> {
    this.#pinned ??= this.pins === null ? this.#firstSeen() : ours(this.pins, this.ground);
    this.#pinned.catch(() => {
      this.#pinned = null;
    });
    return this.#pinned;
  }

  /** Asks now and then whether the deployment still is who it was. */
  async refresh(maxAgeMs = FRESH_MS): Promise<void> {
    const known = await this.pinned();
    const at = this.ground.clock();
    if (at - this.#askedAt < maxAgeMs) return;
    const now = await this.#ask();
    if (now === null) return;
    const same =
      known.logKey === now.logKey &&
      known.provider.issuer === now.provider.issuer &&
      known.provider.audience === now.provider.audience &&
      known.provider.jwks.keys.every((key) => isKept(key, now.provider.jwks.keys));
    if (!same) {
      const exhibits = { known, now };
      await this.evidence.record(null, 'instance-changed', 'key or provider', exhibits, ABOUT);
      return;
    }
    this.#askedAt = at;
    await this.evidence.heal(ABOUT);
  }

  async #ask(): Promise<Instance | null> {
    try {
      return await this.ground.api.call(INSTANCE_ROUTES.instance, {});
    } catch (error) {
      if (!isReplyInvalid(error)) throw error;
      await this.evidence.record(
        null,
        'instance-changed',
        error.why,
        { at: INSTANCE_ROUTES.instance.path },
        ABOUT,
      );
      return null;
    }
  }

  async #firstSeen(): Promise<InstancePins> {
    const { store, api } = this.ground;
    const known = await store.get<InstancePins>('meta', KEY);
    const seen = known ?? (await api.call(INSTANCE_ROUTES.instance, {}));
    if (!seen.provider.fictional) {
      throw new Fault('not-pinned', 'real people are believed under keys of the build only');
    }
    // An emulator that has not answered yet has no keys: asked again until it has.
    if (known !== undefined && known.provider.jwks.keys.length > 0) return known;
    const now = known === undefined ? seen : await api.call(INSTANCE_ROUTES.instance, {});
    await store.transaction((tx) => {
      tx.put('meta', KEY, now);
    });
    return now;
  }
}

/** A build for another deployment is no build for this one. */
function ours(pins: InstancePins, { origin }: Ground): Promise<InstancePins> {
  if (pins.origin === origin) return Promise.resolve(pins);
  return Promise.reject(new Fault('not-pinned', `this build is for ${pins.origin}`));
}

/** A key may be retired; it is never replaced under its name. */
function isKept(key: ProviderKey, now: readonly ProviderKey[]): boolean {
  const same = now.find(({ kid }) => kid === key.kid);
  return same === undefined || same.n === key.n;
}
