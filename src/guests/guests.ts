/**
 * Asking somebody to come for a team, and hearing that they did. Whatever is known of an address,
 * the answer is the same: nobody learns here whether somebody has an account.
 */
import { randomBytes } from 'node:crypto';
import { utf8 } from '@liaison/contract/bytes';
import { Problem } from '@liaison/contract/errors';
import { type Guest, type GuestToken, guestTokenBytes } from '@liaison/contract/guest';
import { type CircleId, type PersonId, teamMember, type Uuid } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { isMailAddress } from '@liaison/contract/notification';
import { Injectable } from '@nestjs/common';
import { CircleMembers } from '../circles/circle.members.js';
import { Outbox } from '../events/outbox.js';
import { Clock } from '../platform/clock/clock.js';
import { Database, type Transaction } from '../platform/database/database.js';
import { hash } from '../platform/hash/blake.js';
import { GuestRows } from './guest.rows.js';

interface Asked {
  readonly guest: Uuid;
  readonly team: CircleId;
  readonly address: string;
  readonly language: 'fr' | 'en';
}

/** Its mailbox was written to often enough. */
const ENOUGH_MAILS = 'enough-mails';

@Injectable()
export class Guests {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly rows: GuestRows,
    private readonly members: CircleMembers,
    private readonly outbox: Outbox,
  ) {}

  list(person: PersonId): Promise<Guest[]> {
    return this.rows.list(person, this.clock.now());
  }

  async invite(by: PersonId, { guest, team, address, language }: Asked): Promise<void> {
    if (address === '' || !isMailAddress(address)) throw new Problem('address_invalid');
    await this.database.transaction(async (transaction) => {
      const people = await this.members.peopleBehind(transaction, [teamMember(team)]);
      if (!people.includes(by)) throw new Problem('circle_unknown');
      if (await this.rows.has(transaction, guest)) return;
      const at = this.clock.now();
      const addressHash = hash(utf8(`liaison/guest-address/${address.trim().toLowerCase()}`));
      const { open, mailed } = await this.rows.counts(transaction, team, addressHash, at);
      if (open >= LIMITS.guestsPerTeam.value) throw new Problem('too_many_requests', 'guests');
      const secret = randomBytes(32);
      const token = secret.toString('base64url');
      const fresh = { guest, team, by, address, addressHash, language, token, at };
      const refusal = mailed >= LIMITS.guestMails.value ? ENOUGH_MAILS : null;
      await this.rows.add(transaction, { ...fresh, tokenHash: hash(secret) }, refusal);
    });
  }

  /** The team is told; what it is about, its own devices know. */
  async arrive(person: PersonId, token: GuestToken): Promise<CircleId> {
    const tokenHash = hash(guestTokenBytes(token));
    return this.database.transaction(async (transaction) => {
      const now = this.clock.now();
      const arrived = await this.rows.arrive(transaction, tokenHash, person, now);
      if (arrived === null) throw new Problem('invitation_unknown');
      if (arrived.isNew) await this.tell(transaction, arrived.team, person);
      return arrived.team;
    });
  }

  private async tell(on: Transaction, team: CircleId, arrived: PersonId): Promise<void> {
    const everybody = await this.members.peopleBehind(on, [teamMember(team)]);
    const people = everybody.filter((one) => one !== arrived);
    if (people.length === 0) return;
    const call = { type: 'attention.called', reason: 'guest-arrived', circle: team } as const;
    await this.outbox.record(on, { ...call, people });
  }
}
