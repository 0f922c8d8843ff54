/**
 * One act while it is signed: the circles that it writes to as it leaves them, and what it says
 * itself before anybody else can know it. It must never ask the server for anything.
 */
import type { CircleState } from '@liaison/contract/circle-rules';
import type { CircleId, PersonId } from '@liaison/contract/ids';
import { type IdentityHead, IdentityStatement } from '@liaison/contract/identity';
import type { Act } from './act.js';
import type { Desk } from './desk.js';
import type { Ahead } from './recipients.js';

export class Plan implements Ahead {
  readonly desks = new Map<CircleId, Desk>();
  readonly created: Record<string, CircleId> = {};

  constructor(
    readonly act: Act,
    readonly identity: IdentityHead,
    readonly at: number,
    private readonly me: PersonId,
  ) {}

  team(circle: CircleId): CircleState | null {
    return this.desks.get(circle)?.state ?? null;
  }

  /** A new generation of our own key that this very act states. */
  person(person: PersonId): ReturnType<Ahead['person']> {
    if (person !== this.me) return null;
    const payloads = (this.act.identity?.statements ?? []).map(({ text }) => {
      return IdentityStatement.parse(JSON.parse(text)).payload;
    });
    const rotated = payloads.findLast((payload) => payload.kind === 'person-key.rotated');
    if (rotated?.kind !== 'person-key.rotated') return null;
    return { key: rotated.publicKey, generation: rotated.generation, head: this.identity };
  }
}
