/** The devices of a person: seen, and ended. Ending one changes every key that it could open. */
import type { DeviceId, EntryId } from '@liaison/contract/ids';
import { INVITATION_ROUTES, invitationLink } from '@liaison/contract/invitation';
import { canonical } from '@liaison/contract/encoding';
import type { InvitationText } from '@liaison/contract/identity';
import { LIMITS } from '@liaison/contract/limits';
import { invitationSigned, nameHashed } from '@liaison/contract/signing';
import { hash } from '../crypto/hash.js';
import { random32 } from '../crypto/random.js';
import { sign, signingPairFromSeed } from '../crypto/signing.js';
import type { DeviceView } from '../face.js';
import type { Ground } from '../ground.js';
import { buildStatement } from '../logs/identity-statements.js';
import { rotatePersonKey } from '../logs/person-keys.js';
import type { People } from '../people.js';
import type { Self } from '../self.js';
import type { Act, Step } from '../sync/act.js';
import type { Outbox } from '../sync/outbox.js';
import type { Vault } from '../vault.js';
import { foldStatements } from './own-log.js';

export interface DeviceParts {
  readonly ground: Ground;
  readonly vault: Vault;
  readonly people: People;
  readonly self: Self;
  readonly outbox: Outbox;
  readonly newId: () => EntryId;
}

const FINGERPRINT_LETTERS = 16;

export class Devices {
  constructor(private readonly parts: DeviceParts) {}

  async all(): Promise<DeviceView[]> {
    const { vault, people } = this.parts;
    const { log } = await people.state(vault.me());
    const here = vault.device().device;
    const when = (n: number | null): number | null =>
      n === null ? null : (log.statements[n]?.at ?? 0);
    return [...log.devices.values()].map(({ keys, addedAt, revokedAt }) => ({
      device: keys.device,
      addedAt: when(addedAt) ?? 0,
      revokedAt: when(revokedAt),
      here: keys.device === here,
      fingerprint: keys.device.slice(0, FINGERPRINT_LETTERS),
    }));
  }

  /** Ends a device, makes a new person key, and opens the teams' next epochs: one act. */
  async revoke(device: DeviceId): Promise<void> {
    const { ground, vault, people, self, outbox, newId } = this.parts;
    const person = vault.me();
    await people.forget(person);
    const before = await people.state(person);
    const own = vault.device();
    const signer = { id: own.device, signing: own.signing };
    const place = { origin: ground.origin, person, at: ground.clock(), signer };
    const untrustedFrom = before.head.n + 1;
    const payload = { kind: 'device.revoked', device, untrustedFrom } as const;
    const revoked = buildStatement({ ...place, head: before.head, payload });
    const log = foldStatements(person, [revoked], before);
    const generation = before.log.generations.at(-1)?.generation ?? 0;
    const previous = vault.generation(generation);
    const base = { ...place, log, head: revoked.head };
    const rotated = rotatePersonKey({ ...base, reason: 'device-revoked', previous });
    const keys = new Map([[log.lastGeneration + 1, rotated.keys]]);
    await ground.store.transaction((tx) => {
      vault.keepGenerations(tx, keys);
    });
    const steps: Step[] = (await self.teams()).map((circle) => ({ do: 'renew', circle }));
    const statements = [revoked.wire, rotated.wire];
    const identity = { statements, copies: [...rotated.copies] };
    const act: Act = { id: newId(), lane: person, as: self.member(), steps, identity };
    await outbox.submit(act);
    vault.noteGenerations(keys);
    ground.changes.tell({ what: 'devices' });
  }

  /** A signed word for somebody whom the provider does not know, as a link to hand over. */
  async invite(name: string, role: InvitationText['role']): Promise<{ readonly link: string }> {
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
