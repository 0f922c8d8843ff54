/**
 * The generations of one's own key that another device made: fetched, opened and kept here. A
 * secret counts only if it gives the very key that the log names, so one that this device made and
 * that lost to another device's is replaced.
 */
import { IDENTITY_ROUTES } from '@liaison/contract/identity';
import type { IdentityLogState } from '@liaison/contract/identity-rules';
import type { PersonKeys } from '../crypto/epoch.js';
import { keyHash } from '../crypto/sealing.js';
import type { Ground } from '../ground.js';
import { openPersonKeys } from '../logs/person-keys.js';
import type { People } from '../people.js';
import type { Vault } from '../vault.js';

export class OwnKeys {
  constructor(
    private readonly ground: Ground,
    private readonly vault: Vault,
    private readonly people: People,
  ) {}

  /** Our key of that generation, asked for where another device made it; null: not ours to open. */
  async generation(number: number): Promise<PersonKeys | null> {
    if (this.#lacks().includes(number)) await this.catchUp();
    return this.#lacks().includes(number) ? null : this.vault.generation(number);
  }

  /** Fetches what the log names and this device does not hold. */
  async catchUp(): Promise<void> {
    const person = this.vault.person();
    const log = person === null ? null : this.people.known(person)?.log;
    if (person === null || !log || this.#lacks().length === 0) return;
    const { device, sealing } = this.vault.device();
    if (log.devices.get(device)?.revokedAt !== null) return;
    const params = { person };
    const served = await this.ground.api.call(IDENTITY_ROUTES.personKeyCopies, { params });
    const keys = openPersonKeys(log, served.copies, device, sealing);
    await this.ground.store.transaction((tx) => {
      this.vault.keepGenerations(tx, keys);
    });
    this.vault.noteGenerations(keys);
  }

  #lacks(): number[] {
    const person = this.vault.person();
    const log: IdentityLogState | undefined =
      person === null ? undefined : this.people.known(person)?.log;
    const missing = (log?.generations ?? []).filter(({ generation, publicKey }) => {
      return this.vault.generation(generation)?.keyHash !== keyHash(publicKey);
    });
    return missing.map(({ generation }) => generation);
  }
}
