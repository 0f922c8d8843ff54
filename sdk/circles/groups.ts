/**
 * People in and out of groups: joining with a stated view of the past, handing over, leaving, and
 * the sectors through which most people of a large circle are in it.
 */
import type { MemberRole } from '@liaison/contract/circle';
import type { CircleState } from '@liaison/contract/circle-rules';
import { Problem } from '@liaison/contract/errors';
import {
  type CircleId,
  type EntryId,
  type MemberId,
  memberRef,
  teamMember,
} from '@liaison/contract/ids';
import { isAway } from '../away.js';
import type { Directory } from '../directory.js';
import type { History, MemberView } from '../face.groups.js';
import { Fault } from '../fault.js';
import type { Self } from '../self.js';
import type { Step } from '../sync/act.js';
import type { Outbox } from '../sync/outbox.js';
import type { Library } from './library.js';
import { Readings } from './reading.js';
import type { Teams } from './teams.js';

export interface GroupParts {
  readonly library: Library;
  readonly teams: Teams;
  readonly directory: Directory;
  readonly outbox: Outbox;
  readonly self: Self;
  readonly newId: () => EntryId;
}

const isPerson = (member: MemberId): boolean => memberRef(member).type === 'person';

export class Groups {
  constructor(private readonly parts: GroupParts) {}

  async members(circle: CircleId): Promise<MemberView[]> {
    const { library, directory } = this.parts;
    const book = await library.book(circle);
    const state = await this.#state(circle);
    const sectors = new Set((await this.sectorsOf(state)).map((one) => teamMember(one.circle)));
    const shown = [...state.members.values()].filter((spec) => !sectors.has(spec.member));
    const readings = new Readings(book);
    return Promise.all(
      shown.map(async (spec) => {
        const { from, locked } = readings.of(spec);
        const { member, role, until } = spec;
        const party = await directory.party(member);
        return { member, party, role, until, readsFrom: from, locked };
      }),
    );
  }

  async add(
    circle: CircleId,
    members: readonly MemberId[],
    role: MemberRole,
    history: History,
  ): Promise<void> {
    // Sectors are read by whoever sits in them: only the whole past can be given through one.
    const steps: Step[] =
      history === 'all'
        ? [{ do: 'seat', circle, members, role }]
        : members.map((member) => ({ do: 'add', circle, member, role, history }));
    await this.#submit(circle, steps);
  }

  /** Out of the circle, and out of those of its sectors that we keep. */
  async remove(circle: CircleId, member: MemberId): Promise<void> {
    const state = await this.#state(circle);
    const seats = (await this.sectorsOf(state)).filter((sector) => sector.members.has(member));
    const steps = seats.map((seat): Step => ({ do: 'remove', circle: seat.circle, member }));
    if (state.members.has(member)) steps.push({ do: 'remove', circle, member });
    else if (seats.length > 0) steps.push({ do: 'renew', circle });
    if (steps.length === 0) throw new Problem('item_not_allowed', 'no member of this circle');
    await this.#submit(circle, steps);
  }

  /** Gives the keys in force again to whoever lost them, or got wrong ones. */
  async reseal(circle: CircleId, members: readonly MemberId[]): Promise<void> {
    await this.#submit(circle, [{ do: 'reseal', circle, members }]);
  }

  async changeRole(circle: CircleId, member: MemberId, role: MemberRole): Promise<void> {
    const state = await this.#state(circle);
    if (role !== 'admin') mustLeaveAnAdmin(state, member);
    await this.#submit(circle, [{ do: 'role', circle, member, role }]);
  }

  async leave(circle: CircleId): Promise<void> {
    const me = this.parts.self.member();
    const state = await this.#state(circle);
    if (state.members.size > 1) mustLeaveAnAdmin(state, me);
    const seats = (await this.sectorsOf(state)).filter((sector) => sector.members.has(me));
    const left = state.members.has(me) ? [state, ...seats] : seats;
    if (left.length === 0) throw new Problem('not_a_member', 'in it through a team only');
    await this.#submit(
      circle,
      left.map((one): Step => ({ do: 'remove', circle: one.circle, member: me })),
    );
  }

  /** How many people are in it through sectors. */
  async seated(state: CircleState): Promise<number> {
    const people = (await this.sectorsOf(state)).flatMap((sector) => [...sector.members.keys()]);
    return new Set(people.filter((member) => isPerson(member) && !state.members.has(member))).size;
  }

  /** The sectors of a circle; without a network, those whose logs are known here. */
  async sectorsOf(state: CircleState): Promise<CircleState[]> {
    const refs = [...state.members.keys()].map(memberRef);
    const teams = refs.flatMap((ref) => (ref.type === 'team' ? [ref.team] : []));
    const states = await Promise.all(teams.map((team) => this.#teamState(team)));
    return states.filter((team) => team !== null).filter(({ kind }) => kind === 'sector');
  }

  async #teamState(team: CircleId): Promise<CircleState | null> {
    const { teams } = this.parts;
    try {
      return ((await teams.known(team)) ?? (await teams.latest(team)))?.state ?? null;
    } catch (error) {
      if (!isAway(error)) throw error;
      return null;
    }
  }

  async #state(circle: CircleId): Promise<CircleState> {
    const { state } = await this.parts.library.book(circle);
    if (state === null) throw new Fault('no-such-circle', circle);
    return state;
  }

  async #submit(lane: CircleId, steps: readonly Step[]): Promise<void> {
    const { outbox, self, newId } = this.parts;
    await outbox.submit({ id: newId(), lane, as: self.member(), steps });
  }
}

/** Whoever is left without an admin could never let anybody in or out again. */
function mustLeaveAnAdmin(state: CircleState, leaver: MemberId): void {
  if (state.members.get(leaver)?.role !== 'admin') return;
  const others = [...state.members.values()].filter(({ member }) => member !== leaver);
  if (!others.some(({ role }) => role === 'admin')) throw new Problem('last_admin');
}
