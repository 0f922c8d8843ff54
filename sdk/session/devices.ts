/** The devices of a person: seen, and ended. Ending one changes every key that it could open. */
import type { DeviceId } from '@liaison/contract/ids';
import { INVITATION_ROUTES, invitationLink } from '@liaison/contract/invitation';
import { canonical } from '@liaison/contract/encoding';
import { IDENTITY_ROUTES, type InvitationText } from '@liaison/contract/identity';
import type { IdentityLogState } from '@liaison/contract/identity-rules';
import { LIMITS } from '@liaison/contract/limits';
import { invitationSigned, nameHashed } from '@liaison/contract/signing';
import { hash } from '../crypto/hash.js';
import { random32 } from '../crypto/random.js';
import { sign, signingPairFromSeed } from '../crypto/signing.js';
import type { DeviceView } from '../face.devices.js';
import type { Ground } from '../ground.js';
import type { People } from '../people.js';
import type { Vault } from '../vault.js';
import type { KeyChange } from './key-change.js';
import type { DeviceNames } from './device-names.js';
import { DeviceNotices } from './device-notices.js';
import { Revocations } from './revocations.js';
import { deviceViews } from './device.views.js';

export interface DeviceParts {
  readonly ground: Ground;
  readonly vault: Vault;
  readonly people: People;
  readonly keyChange: KeyChange;
  readonly names: DeviceNames;
}

export class Devices {
  /** How long the log was when its owner was shown their devices. */
  #shown: number | null = null;
  readonly notices: DeviceNotices;
  readonly revocations: Revocations;

  constructor(private readonly parts: DeviceParts) {
    this.notices = new DeviceNotices(parts);
    this.revocations = new Revocations({ ...parts, shown: () => this.#seen() });
  }

  async all(): Promise<DeviceView[]> {
    const { ground, vault, people, names } = this.parts;
    const { log, head } = await people.state(vault.me());
    this.#shown = head.n;
    await ground.reach.soon(() => names.refresh());
    const here = vault.device().device;
    return deviceViews(log, { here, names: await names.known(), uses: names.uses() });
  }

  /** As far as this device knew when its owner decided. */
  #seen(): number | null {
    const { people, vault } = this.parts;
    return this.#shown ?? people.known(vault.me())?.head.n ?? null;
  }

  /** No lease outlives a new key: whoever kept something of a post reads and writes no more. */
  async endPosts(): Promise<void> {
    const { keyChange } = this.parts;
    await keyChange.after(await keyChange.log(), null, 'posts-ended');
  }

  /** Whether a device has ended since the present key was made, and this one is still live. */
  isKeyDue(): boolean {
    const { people, vault } = this.parts;
    const log = people.known(vault.me())?.log;
    return log !== undefined && isLive(log, vault.device().device) && isKeyDue(log);
  }

  /** A device that ended itself made no new key: the first of the others to see it makes it. */
  async renewKey(): Promise<void> {
    const { keyChange } = this.parts;
    const before = await keyChange.log();
    if (this.isKeyDue()) await keyChange.after(before, null, 'device-revoked');
  }

  /**
   * Ends this very device, whose keys are about to be forgotten. It makes no new person key: a
   * device that ends never makes the next secret.
   */
  async retire(): Promise<void> {
    const { ground, vault, keyChange } = this.parts;
    const before = await keyChange.log();
    const { device } = vault.device();
    const untrustedFrom = before.head.n + 1;
    const payload = { kind: 'device.revoked', device, untrustedFrom } as const;
    const { wire } = keyChange.state(before, payload);
    const params = { person: vault.me() };
    const body = { statements: [wire], copies: [] };
    await ground.api.call(IDENTITY_ROUTES.appendIdentity, { params, body });
  }

  /** A signed word for somebody whom the provider does not know, as a link to hand over. */
  async invite(name: string, role: InvitationText['role']): Promise<{ readonly link: string }> {
    this.parts.vault.mustBeOwn();
    const { ground, vault, people } = this.parts;
    const seed = random32();
    const own = vault.device();
    const inviter = vault.me();
    const at = ground.clock();
    const text = canonical({
      v: 1,
      origin: ground.origin,
      inviter,
      device: own.device,
      identity: (await people.state(inviter)).head,
      key: signingPairFromSeed(seed).publicKey,
      nameHash: hash(nameHashed(null, name)),
      role,
      at,
      until: at + LIMITS.invitationMs.value,
    });
    const signature = sign(own.signing.secretKey, invitationSigned(ground.origin, text));
    await ground.api.call(INVITATION_ROUTES.invite, { body: { text, signature, name } });
    return { link: invitationLink(ground.origin, seed) };
  }
}

function isLive(log: IdentityLogState, device: DeviceId): boolean {
  return log.devices.get(device)?.revokedAt === null;
}

/** Whether a device has ended since the present key was made: it opens that key still. */
function isKeyDue(log: IdentityLogState): boolean {
  const made = log.generations.at(-1)?.n ?? -1;
  return [...log.devices.values()].some(({ revokedAt }) => (revokedAt ?? -1) > made);
}
