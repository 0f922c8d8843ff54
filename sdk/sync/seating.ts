/**
 * Where people sit in a circle: in person while it is small, beyond that in sectors of a few dozen
 * (docs/protocol.md, "Sectors"). A sector is a team without a name, kept by the circle's admins; a
 * key that moves then makes others seal to one sector and to the list of sectors, not to everybody.
 * Old members move over a few at a time, because each removal costs an epoch. It signs nothing.
 */
import type { MemberRole } from '@liaison/contract/circle';
import type { CircleState } from '@liaison/contract/circle-rules';
import { type CircleId, type MemberId, memberRef, teamMember } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';

/** Kinds of circles whose people may sit in sectors: a team is never in a team. */
const SECTORED: readonly CircleState['kind'][] = ['community', 'channel'];

/** What is to be done so that everybody has a seat. */
export interface Seating {
  /** Added to the circle itself. */
  readonly inPerson: readonly MemberId[];
  /** Added to sectors that there are. */
  readonly filled: readonly { readonly sector: CircleId; readonly people: readonly MemberId[] }[];
  /** New sectors, each with its keepers first. */
  readonly founded: readonly { readonly keepers: MemberId[]; readonly people: MemberId[] }[];
  /** Members in person whose seat is in a sector now. */
  readonly moved: readonly MemberId[];
}

const isPerson = (member: MemberId): boolean => memberRef(member).type === 'person';

/** Admins in person who keep a sector, whoever makes it first. */
function keepersOf(state: CircleState, me: MemberId): MemberId[] {
  const admins = [...state.members.values()].filter(
    ({ role, member }) => role === 'admin' && isPerson(member) && member !== me,
  );
  return [me, ...admins.map(({ member }) => member)].slice(0, LIMITS.sectorKeepers.value);
}

/** Members in person with that role, who are not bound to a date: those may move to a sector. */
function movable(state: CircleState, role: MemberRole): MemberId[] {
  const specs = [...state.members.values()].filter(
    (spec) => isPerson(spec.member) && spec.role === role && spec.until === null,
  );
  return specs.map(({ member }) => member);
}

/** Whom to seat, and as what. `sectors` are all that the circle has; `me` is who acts. */
export interface Newcomers {
  readonly members: readonly MemberId[];
  readonly role: MemberRole;
  readonly me: MemberId;
}

export function seatingOf(
  state: CircleState,
  sectors: readonly CircleState[],
  { members, role, me }: Newcomers,
): Seating {
  const seated = new Set(sectors.flatMap((sector) => [...sector.members.keys()]));
  const fresh = members.filter((one) => !seated.has(one) && !state.members.has(one));
  const people = fresh.filter(isPerson);
  const present = [...state.members.keys()].filter(isPerson).length;
  const fits = present + people.length <= LIMITS.peopleInPerson.value;
  const small = sectors.length === 0 && fits;
  if (small || role === 'admin' || !SECTORED.includes(state.kind)) {
    return { inPerson: fresh, filled: [], founded: [], moved: [] };
  }
  const moved = movable(state, role).slice(0, LIMITS.sectorMoves.value);
  const waiting = [...people, ...moved.filter((member) => !seated.has(member))];
  const filled = sectors
    .filter((sector) => isOpenTo(state, sector, role, me))
    .map((sector) => {
      const room = LIMITS.sectorPeople.value - sector.members.size;
      return { sector: sector.circle, people: waiting.splice(0, Math.max(0, room)) };
    })
    .filter((seats) => seats.people.length > 0);
  const keepers = keepersOf(state, me);
  const room = LIMITS.sectorPeople.value - keepers.length;
  const founded: { keepers: MemberId[]; people: MemberId[] }[] = [];
  while (waiting.length > 0) founded.push({ keepers, people: waiting.splice(0, room) });
  return { inPerson: fresh.filter((one) => !isPerson(one)), filled, founded, moved };
}

/** Whether a sector stands in the circle in that role, and the author changes it. */
function isOpenTo(
  state: CircleState,
  sector: CircleState,
  role: MemberRole,
  me: MemberId,
): boolean {
  const spec = state.members.get(teamMember(sector.circle));
  return spec?.role === role && sector.members.get(me)?.role === 'admin';
}
