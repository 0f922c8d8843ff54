/**
 * Whether an epoch is sealed to the keys that its recipients have now. Clients check the same from
 * the logs they know; here a stale key is refused before somebody is left unable to read.
 */
import type { RecipientPin } from '@liaison/contract/circle';
import type { CircleState } from '@liaison/contract/circle-rules';
import { Problem } from '@liaison/contract/errors';
import { memberRef, type PersonId, type CircleId, type SealingKey } from '@liaison/contract/ids';
import { keyHashed } from '@liaison/contract/signing';
import { hasLapsed } from '@liaison/contract/standing-rules';
import { isTrueHead, presentKey } from '../devices/identity.view.js';
import { hash } from '../platform/hash/blake.js';
import type { Surroundings } from './surroundings.js';

const stale = (why: string): Problem => new Problem('copies_mismatch', why);

export function checkPins(pins: readonly RecipientPin[], around: Surroundings): void {
  for (const pin of pins) {
    const ref = memberRef(pin.member);
    if (ref.type === 'person') checkPerson(pin, ref.person, around);
    else checkTeam(pin, ref.team, around);
  }
}

function checkPerson(pin: RecipientPin, person: PersonId, around: Surroundings): void {
  const view = around.identity(person);
  const key = view && presentKey(view);
  if (!view || !key) throw new Problem('person_unknown', 'recipient');
  const head = { n: pin.head.k, h: pin.head.h };
  if (!isTrueHead(view, head) || key.n > head.n) throw stale('recipient head');
  checkKey(pin, key.generation, key.publicKey);
}

/** Whoever began a new identity is let in again by an admin's own act, never by a next epoch. */
export function checkStanding(
  { admitted }: CircleState,
  pins: readonly RecipientPin[],
  around: Surroundings,
): void {
  for (const { member } of pins) {
    const ref = memberRef(member);
    if (ref.type !== 'person') continue;
    const lastReset = around.identity(ref.person)?.state.lastReset ?? -1;
    if (hasLapsed(admitted, ref.person, lastReset)) throw stale('a new identity');
  }
}

/** Only a team or sector is a member: anything else would nest deeper than people see. */
export function checkTeams(teams: readonly CircleId[], around: Surroundings): void {
  for (const team of teams) {
    const kind = around.circle(team)?.kind;
    if (kind !== 'team' && kind !== 'sector') {
      throw new Problem('item_invalid', 'a member is no team');
    }
  }
}

function checkTeam(pin: RecipientPin, team: CircleId, around: Surroundings): void {
  const state = around.circle(team);
  if (!state?.epoch) throw stale('recipient team');
  const { k, h } = state.membersHead;
  if (pin.head.k !== k || pin.head.h !== h) throw stale('recipient head');
  checkKey(pin, state.epoch.epoch, state.epoch.publicKey as SealingKey);
}

function checkKey(pin: RecipientPin, generation: number, key: SealingKey): void {
  if (pin.generation !== generation) throw stale('recipient generation');
  if (pin.keyHash !== hash(keyHashed(key))) throw stale('recipient key');
}
