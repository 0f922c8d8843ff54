/**
 * The face's part about people in groups: who is in a team or circle, from when on each of them
 * reads, and the acts that change it.
 */
import type { MemberRole } from '@liaison/contract/circle';
import type { TeamCategory } from '@liaison/contract/community';
import type { CircleId, MemberId, PersonId } from '@liaison/contract/ids';
import type { PartyView, PersonView } from './face.js';

/**
 * What somebody who joins is meant to read. `all`: everything. A number: about that many days back,
 * by intent, since the keys that they get open what came before as well. `now`: nothing from
 * before; a cut is made, and the keys that they get do not reach behind it.
 */
export type History = 'all' | 'now' | number;

export interface MemberView {
  readonly member: MemberId;
  readonly party: PartyView;
  readonly role: MemberRole;
  /** Guests leave by themselves at this instant. */
  readonly until: number | null;
  /** From when on they are meant to read; null: from the beginning. */
  readonly readsFrom: number | null;
  /** Whether the keys they were given reach no further back than that: false is only an intent. */
  readonly locked: boolean;
}

/** A team or community in which others named me, and that is not mine until I say so. */
export interface AdmissionView {
  readonly circle: CircleId;
  readonly kind: 'team' | 'community';
  /** Empty where nothing proves a name. */
  readonly name: string;
  /** Who let me in. */
  readonly by: PersonView | null;
  readonly at: number;
}

/** A member's own word that their key of a circle is a dud, and when it was mended. */
export interface DisputeView {
  readonly party: PartyView;
  readonly at: number;
  readonly healedAt: number | null;
}

export interface GroupsFace {
  /** My own: those that I made or joined. */
  teams(): Promise<readonly PartyView[]>;
  /** Where others named me and I have not answered: `join`, or `leave`. */
  admissions(): Promise<readonly AdmissionView[]>;
  /** From then on I act through it, and believe whom it vouches for. */
  join(circle: CircleId): Promise<void>;
  /** Those that my communities vouch for: who can be asked, each under its verified name. */
  communityTeams(): Promise<readonly PartyView[]>;
  teamMembers(team: CircleId): Promise<readonly PersonView[]>;
  /** Members of one of my circles, with what each of them reads; of a large one without sectors. */
  members(circle: CircleId): Promise<readonly MemberView[]>;
  createTeam(
    name: string,
    finess: string | null,
    category: TeamCategory,
    town: string,
  ): Promise<CircleId>;
  addToTeam(team: CircleId, person: PersonId, history?: History): Promise<void>;
  removeFromTeam(team: CircleId, person: PersonId): Promise<void>;
  /** Adds people and teams to a circle that I manage; large circles seat people in sectors. */
  addMembers(circle: CircleId, members: readonly MemberId[], history?: History): Promise<void>;
  removeMember(circle: CircleId, member: MemberId): Promise<void>;
  /** Members who could not open what was sealed to them, the latest first. */
  disputes(circle: CircleId): Promise<readonly DisputeView[]>;
  /** Gives the keys in force again to members who lost theirs, or were given wrong ones. */
  reseal(circle: CircleId, members: readonly MemberId[]): Promise<void>;
  /** Hands over, or takes back, the right to change members. */
  changeRole(circle: CircleId, member: MemberId, role: MemberRole): Promise<void>;
  /** I leave. Refused to the last who manages it while others are in it. */
  leave(circle: CircleId): Promise<void>;

  // Coordination: for the admins of a community
  createCommunity(name: string, finess: string | null, town: string): Promise<CircleId>;
  /** Lets people into the community: they see its teams and its room. */
  admit(...people: readonly PersonId[]): Promise<void>;
  /** Vouches for a team: from then on it is found and addressed under its claimed name. */
  endorse(
    team: CircleId,
    name: string,
    finess: string | null,
    category: TeamCategory,
  ): Promise<void>;
}
