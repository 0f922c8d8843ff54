/**
 * The keys that an epoch is sealed to, as they are now: a person's present generation, a team's
 * present epoch, each pinned to the log position that proves it.
 */
import type { EpochReason, LapsedMember, RecipientPin } from '@liaison/contract/circle';
import type { CircleState } from '@liaison/contract/circle-rules';
import { Problem } from '@liaison/contract/errors';
import type { IdentityHead } from '@liaison/contract/identity';
import {
  type CircleId,
  type MemberId,
  memberRef,
  type PersonId,
  type SealingKey,
} from '@liaison/contract/ids';
import { hasLapsed } from '@liaison/contract/standing-rules';
import type { z } from 'zod';
import type { Teams } from '../circles/teams.js';
import { keyHash } from '../crypto/sealing.js';
import { Fault } from '../fault.js';
import { type Recipient, wantedRecipients } from '../logs/circle-items.js';
import { presentKey } from '../logs/identity-state.js';
import type { People } from '../people.js';

/** What a submission itself says of a log, before anybody else can know it. */
export interface Ahead {
  team(circle: CircleId): CircleState | null;
  person(person: PersonId): { key: SealingKey; generation: number; head: IdentityHead } | null;
}

/** Members to seal to, and members who are none any more. */
export interface Present {
  readonly recipients: readonly Recipient[];
  readonly lapsed: readonly LapsedMember[];
}

const DAY_MS = 86_400_000;

export class Recipients {
  constructor(
    private readonly people: People,
    private readonly teams: Teams,
  ) {}

  async of(members: readonly MemberId[], ahead: Ahead): Promise<Recipient[]> {
    const refs = members.map(memberRef);
    await this.people.present(refs.flatMap((ref) => (ref.type === 'person' ? [ref.person] : [])));
    const sorted = [...members].sort();
    const recipients: Recipient[] = [];
    for (const member of sorted) recipients.push(await this.#one(member, ahead));
    return recipients;
  }

  /** Who is to be sealed to now, without those who began a new identity since they were let in. */
  async present(
    state: CircleState,
    now: number,
    ahead: Ahead,
    leaving?: MemberId,
  ): Promise<Present> {
    const wanted = wantedRecipients(state, now, leaving);
    const refs = wanted.map(memberRef);
    await this.people.refresh(refs.flatMap((ref) => (ref.type === 'person' ? [ref.person] : [])));
    const lapsed = wanted.flatMap((member) => this.#lapsed(state, member) ?? []);
    const gone = new Set(lapsed.map(({ member }) => member));
    const recipients = await this.of(
      wanted.filter((member) => !gone.has(member)),
      ahead,
    );
    return { recipients, lapsed };
  }

  #lapsed({ admitted }: CircleState, member: MemberId): LapsedMember | null {
    const ref = memberRef(member);
    const log = ref.type === 'person' ? this.people.known(ref.person) : null;
    if (log === null || !hasLapsed(admitted, log.person, log.log.lastReset)) return null;
    return { member, head: { k: log.head.n, h: log.head.h } };
  }

  /** Why the epoch in force should end now, or null. */
  async due(
    state: CircleState,
    now: number,
    ahead: Ahead,
  ): Promise<z.infer<typeof EpochReason> | null> {
    const { epoch, policy } = state;
    if (epoch === null) return 'first';
    if (state.leftSince) return 'member-left';
    const { recipients, lapsed } = await this.present(state, now, ahead);
    if (lapsed.length > 0) return 'key-moved';
    const moved = recipients.some(({ pin }) => {
      const before = epoch.recipients.find((old) => old.member === pin.member);
      return before !== undefined && pin.generation > before.generation;
    });
    if (moved) return 'key-moved';
    return now - epoch.openedAt >= policy.epochMaxAgeDays * DAY_MS ? 'age' : null;
  }

  async #one(member: MemberId, ahead: Ahead): Promise<Recipient> {
    const ref = memberRef(member);
    return ref.type === 'person'
      ? this.#person(member, ref.person, ahead)
      : this.#team(member, ref.team, ahead);
  }

  #person(member: MemberId, person: PersonId, ahead: Ahead): Recipient {
    const next = ahead.person(person);
    if (next !== null)
      return recipient(member, next.key, next.generation, next.head.n, next.head.h);
    const state = this.people.known(person);
    const key = state && presentKey(state);
    if (!state || !key) throw new Fault('no-keys', 'a member has no key to seal to');
    return recipient(member, key.publicKey, key.generation, state.head.n, state.head.h);
  }

  async #team(member: MemberId, team: CircleId, ahead: Ahead): Promise<Recipient> {
    const state = ahead.team(team) ?? (await this.teams.latest(team))?.state ?? null;
    if (!state?.epoch) {
      throw new Fault('no-keys', 'a team has no key to seal to');
    }
    if (state.kind !== 'team' && state.kind !== 'sector') {
      throw new Problem('item_invalid', 'what is to be sealed to is no team');
    }
    const { k, h } = state.membersHead;
    return recipient(member, state.epoch.publicKey as SealingKey, state.epoch.epoch, k, h);
  }
}

function recipient(
  member: MemberId,
  key: SealingKey,
  generation: number,
  k: number,
  h: RecipientPin['head']['h'],
): Recipient {
  return { key, pin: { member, keyHash: keyHash(key), generation, head: { k, h } } };
}
