/**
 * What was said in the owner's name by others than this device: read in their own verified log,
 * never believed from a server's notice. Each device remembers how far its person has looked.
 */
import { isOwnersNews } from '@liaison/contract/identity-news';
import type { DeviceId } from '@liaison/contract/ids';
import type { IdentityStatement } from '@liaison/contract/identity';
import type { DeviceNoticeView } from '../face.devices.js';
import type { Ground } from '../ground.js';
import type { IdentityState } from '../logs/identity-state.js';
import type { People } from '../people.js';
import type { Vault } from '../vault.js';
import type { DeviceNames } from './device-names.js';
import { deviceRef } from './device.views.js';

const LOOKED = 'own-log/looked';

export interface NoticeParts {
  readonly ground: Ground;
  readonly vault: Vault;
  readonly people: People;
  readonly names: DeviceNames;
}

export class DeviceNotices {
  constructor(private readonly parts: NoticeParts) {}

  /** Oldest first. */
  async all(): Promise<DeviceNoticeView[]> {
    const { ground, vault, people, names } = this.parts;
    const person = vault.person();
    const state = person === null ? null : people.known(person);
    const { device, lease } = vault.device();
    if (state === null || lease !== undefined) return [];
    // What stood before this device came is no news to it.
    const entered = state.log.devices.get(device)?.addedAt ?? state.head.n;
    const looked = (await ground.store.get<number>('meta', LOOKED)) ?? entered;
    const news = state.log.statements.filter(
      (one) => one.n > looked && one.signer !== device && isNews(state, one),
    );
    // A device that has just come in gives itself a name a moment later.
    if (news.length > 0) await ground.reach.soon(() => names.refresh());
    const called = await names.known();
    return news.map((one) => noticeOf(state, one, called, device));
  }

  /** The person has seen all up to there. */
  async seen(n: number): Promise<void> {
    const { ground } = this.parts;
    await ground.store.transaction(async (tx) => {
      const before = (await tx.get<number>('meta', LOOKED)) ?? -1;
      if (n > before) tx.put('meta', LOOKED, n);
    });
    ground.changes.tell({ what: 'devices' });
  }
}

/** A reset that stands has a banner of its own, with its own way out. */
function isNews({ log }: IdentityState, { n, payload }: IdentityStatement): boolean {
  return isOwnersNews(payload) && !log.asked.has(n);
}

function noticeOf(
  { log }: IdentityState,
  { n, at, signer, payload }: IdentityStatement,
  names: ReadonlyMap<DeviceId, string>,
  here: DeviceId,
): DeviceNoticeView {
  const about = aboutOf(payload);
  const by = signer === 'recovery' ? null : deviceRef(signer, names);
  // Whoever said it is no longer trusted from there; where that was the paper, what it let in.
  const source = signer === 'recovery' ? about : signer;
  const isLive = source !== null && log.devices.get(source)?.revokedAt === null;
  const culprit = isLive && source !== here ? deviceRef(source, names) : null;
  return {
    n,
    at,
    kind: payload.kind,
    by,
    about: about === null ? null : deviceRef(about, names),
    undone: log.fallen.has(n),
    culprit,
  };
}

function aboutOf(payload: IdentityStatement['payload']): DeviceId | null {
  if (payload.kind === 'device.revoked') return payload.device;
  return 'keys' in payload ? payload.keys.device : null;
}
