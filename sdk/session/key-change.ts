/**
 * A new generation of one's own key, after whatever made the former one unfit: a device or a paper
 * that still opens it. The teams' next epochs open in the same act, so that what comes next is
 * sealed to nobody who was just shut out.
 */
import type { EntryId } from '@liaison/contract/ids';
import type { IdentityPayload } from '@liaison/contract/identity';
import type { SigningPair } from '../crypto/signing.js';
import type { Ground } from '../ground.js';
import type { IdentityState } from '../logs/identity-state.js';
import { type BuiltStatement, buildStatement } from '../logs/identity-statements.js';
import { rotatePersonKey } from '../logs/person-keys.js';
import type { People } from '../people.js';
import type { Self } from '../self.js';
import type { Step } from '../sync/act.js';
import type { Outbox } from '../sync/outbox.js';
import type { Vault } from '../vault.js';
import { foldStatements } from './own-log.js';
import type { OwnKeys } from './person-keys.js';

export interface KeyChangeParts {
  readonly ground: Ground;
  readonly vault: Vault;
  readonly people: People;
  readonly self: Self;
  readonly outbox: Outbox;
  readonly ownKeys: OwnKeys;
  readonly newId: () => EntryId;
}

type Reason = Extract<IdentityPayload, { kind: 'person-key.rotated' }>['reason'];

export class KeyChange {
  constructor(private readonly parts: KeyChangeParts) {}

  /** One's own log as the server has it now, with the keys that other devices made. */
  async log(): Promise<IdentityState> {
    this.parts.vault.mustBeOwn();
    const { people, vault, ownKeys } = this.parts;
    await people.forget(vault.me());
    await ownKeys.catchUp();
    return people.state(vault.me());
  }

  /** A statement of this device, after what is known. `holder`: where a signing key enters. */
  state(before: IdentityState, payload: IdentityPayload, holder?: SigningPair): BuiltStatement {
    const draft = { ...this.#place(), head: before.head, payload };
    return buildStatement(holder === undefined ? draft : { ...draft, holder });
  }

  /** Makes the next key after `said`, if anything: all of it is one act. */
  async after(before: IdentityState, said: BuiltStatement | null, reason: Reason): Promise<void> {
    const { ground, vault, self, outbox, newId } = this.parts;
    const log = said === null ? before.log : foldStatements(vault.me(), [said], before);
    // One that fell with whoever made it is not carried on.
    const previous = vault.generation(log.generations.at(-1)?.generation ?? 0);
    const head = said?.head ?? before.head;
    const rotated = rotatePersonKey({ ...this.#place(), log, head, previous, reason });
    const keys = new Map([[log.lastGeneration + 1, rotated.keys]]);
    await ground.store.transaction((tx) => {
      vault.keepGenerations(tx, keys);
    });
    const steps: Step[] = (await self.groups()).map((circle) => ({ do: 'renew', circle }));
    const statements = [...(said === null ? [] : [said.wire]), rotated.wire];
    const identity = { statements, copies: [...rotated.copies] };
    const lane = vault.me();
    await outbox.submit({ id: newId(), lane, as: self.member(), steps, identity });
    vault.noteGenerations(keys);
    ground.changes.tell({ what: 'devices' });
  }

  #place() {
    const { ground, vault } = this.parts;
    const { device, signing } = vault.device();
    const signer = { id: device, signing };
    return { origin: ground.origin, person: vault.me(), at: ground.clock(), signer };
  }
}
