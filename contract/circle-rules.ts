/**
 * The law of a circle, run by the server before it appends and by every client as it replays.
 * Pure: validity depends only on committed bytes. It must never ask a clock or a database.
 */
import {
  type CircleKind,
  type EpochFacts,
  type MemberRole,
  type RecipientPin,
  STATEMENT_FACTS,
  type StatementFacts,
  type StatementKind,
  isStatementKind,
} from './circle.js';
import { type EpochBasis, isDue, judgeEpoch, membersAt } from './epoch-rules.js';
import type { ErrorCode } from './errors.js';
import {
  type CircleId,
  type Hash,
  type MemberId,
  memberRef,
  type PersonId,
  personMember,
  teamMember,
} from './ids.js';
import { EMPTY_HEAD, type Head, type ItemHeader } from './item.js';
import { type Admitted, admitting, creating, dismissing, hasLapsed } from './standing-rules.js';
import { LIMITS } from './limits.js';

/** All that membership statements say, up to a position. */
export interface CircleState extends EpochBasis {
  readonly circle: CircleId;
  readonly kind: CircleKind;
  readonly community: CircleId | null;
  readonly linked: CircleId | null;
  readonly creator: PersonId;
  readonly finess: string | null;
  readonly nameHash: Hash | null;
  readonly membersHead: Head;
  /** Highest membership position of each team that an item or a pin here has cited. */
  readonly teamFloor: ReadonlyMap<CircleId, number>;
  /**
   * Highest identity index of each person that an item or a pin here has cited. Nobody cites less
   * afterwards: so a revoked device cannot write on under the head from before its revocation.
   */
  readonly identityFloor: Readonly<Record<string, number>>;
  /** As whom each person was let in. */
  readonly admitted: Admitted;
}

/** What the law must be told besides the bytes: what the logs say that an item cites. */
export interface AuthorEvidence {
  readonly inCitedTeam: boolean;
  /** Index of the author's last reset, as far as they cite their log; -1 without one. */
  readonly lastReset: number;
  /** Whether those whom the statement leaves out have begun a new identity, as it says. */
  readonly lapsedTruly: boolean;
}

/** What was established when an item was taken, for whoever folds stored items again. */
export const ESTABLISHED: AuthorEvidence = {
  inCitedTeam: true,
  lastReset: -1,
  lapsedTruly: true,
};

export type Verdict =
  | { readonly ok: true; readonly state: CircleState }
  | { readonly ok: false; readonly code: ErrorCode; readonly why: string };

function refuse(code: ErrorCode, why: string): Verdict {
  return { ok: false, code, why };
}

/** Through which member the author speaks: the cited team, or themselves. */
export function actingMember(header: ItemHeader): MemberId {
  return header.team === null ? personMember(header.author) : teamMember(header.team.circle);
}

/** The role in which the author may act here, or null. A guest's role ends with `until`. */
export function roleOf(
  state: CircleState,
  header: ItemHeader,
  evidence: AuthorEvidence,
): MemberRole | null {
  if (header.team !== null && !evidence.inCitedTeam) return null;
  const spec = state.members.get(actingMember(header));
  if (spec === undefined) return null;
  const isNewOne =
    header.team === null && hasLapsed(state.admitted, header.author, evidence.lastReset);
  if (isNewOne) return null;
  return spec.until !== null && header.at >= spec.until ? null : spec.role;
}

/**
 * Judges an item at position `k`. `state` is null before `circle.created`. On acceptance gives the
 * state after it; an entry only moves the team floors.
 */
export function judge(
  state: CircleState | null,
  header: ItemHeader,
  at: { readonly circle: CircleId; readonly k: number; readonly chain: Hash },
  evidence: AuthorEvidence,
): Verdict {
  if (state === null) return create(header, at, evidence);
  const stale = judgePlace(state, header, at.k) ?? judgeFloors(state, header);
  if (stale !== null) return stale;
  const role = roleOf(state, header, evidence);
  if (role === null) return refuse('not_a_member', 'author is no member at this position');
  if (!evidence.lapsedTruly) return refuse('copies_mismatch', 'leaves out who is the same as ever');
  const next = withFloors(state, header);
  if (!isStatementKind(header.kind)) return judgeEntry(next, header, role);
  return judgeStatement(next, header, header.kind, role, at);
}

function judgePlace(state: CircleState, header: ItemHeader, k: number): Verdict | null {
  const { members, epoch, seen } = header;
  if (header.circle !== state.circle) return refuse('item_invalid', 'another circle’s item');
  if (members.k !== state.membersHead.k || members.h !== state.membersHead.h) {
    return refuse('members_moved', 'cites another membership than the one in force');
  }
  if (epoch !== (state.epoch?.epoch ?? 0)) return refuse('epoch_stale', 'another epoch');
  return seen.k >= k ? refuse('head_unknown', 'has seen what does not exist yet') : null;
}

/** Nobody cites an older team membership or identity head than items and pins before. */
function judgeFloors(state: CircleState, { author, identity, team }: ItemHeader): Verdict | null {
  if (team !== null && team.head.k < (state.teamFloor.get(team.circle) ?? -1)) {
    return refuse('members_moved', 'cites an older team membership than items before it');
  }
  return identity.n < (state.identityFloor[author] ?? 0)
    ? refuse('identity_head_moved', 'cites an older identity head than items before it')
    : null;
}

function withFloors(state: CircleState, header: ItemHeader): CircleState {
  const { author, identity, team } = header;
  const known = state.identityFloor[author] === identity.n;
  const identityFloor = known
    ? state.identityFloor
    : { ...state.identityFloor, [author]: identity.n };
  if (team === null || state.teamFloor.get(team.circle) === team.head.k) {
    return known ? state : { ...state, identityFloor };
  }
  const teamFloor = new Map(state.teamFloor).set(team.circle, team.head.k);
  return { ...state, identityFloor, teamFloor };
}

type Floors = Pick<CircleState, 'identityFloor' | 'teamFloor'>;

/** A pin commits how far a person's or team's log was known when a key was sealed to. */
function pinnedFloors(state: CircleState, pins: readonly RecipientPin[]): Floors {
  const identityFloor: Record<string, number> = { ...state.identityFloor };
  const teamFloor = new Map(state.teamFloor);
  for (const { member, head } of pins) {
    const ref = memberRef(member);
    if (ref.type === 'team')
      teamFloor.set(ref.team, Math.max(head.k, teamFloor.get(ref.team) ?? 0));
    else identityFloor[ref.person] = Math.max(head.k, identityFloor[ref.person] ?? 0);
  }
  return { identityFloor, teamFloor };
}

/** Entries that give or take what others stand on: whoever reads them relies on an admin's word. */
const BY_ADMINS: ReadonlySet<string> = new Set(['team.endorsed', 'team.withdrawn', 'plan.ended']);

/** What a reader may say too: that they are in it by their own will. */
const BY_READERS: ReadonlySet<string> = new Set(['circle.joined']);

function judgeEntry(state: CircleState, header: ItemHeader, role: MemberRole): Verdict {
  if (state.epoch === null) return refuse('epoch_stale', 'no epoch is open yet');
  if (header.body === null) return refuse('item_invalid', 'an entry has a sealed body');
  if (BY_ADMINS.has(header.kind) && role !== 'admin') {
    return refuse('not_allowed', 'only an admin says so');
  }
  if (role === 'reader' && !BY_READERS.has(header.kind)) {
    return refuse('not_allowed', 'readers do not write');
  }
  return { ok: true, state };
}

function create(
  header: ItemHeader,
  at: { circle: CircleId; k: number; chain: Hash },
  evidence: AuthorEvidence,
): Verdict {
  const parsed = STATEMENT_FACTS['circle.created'].safeParse(header.facts);
  if (header.kind !== 'circle.created' || !parsed.success || at.k !== 0) {
    return refuse('item_invalid', 'a circle begins with circle.created');
  }
  const before = [header.members, header.seen].every(
    ({ k, h }) => k === EMPTY_HEAD.k && h === EMPTY_HEAD.h,
  );
  if (header.circle !== '' || !before || header.epoch !== 0 || header.body !== null) {
    return refuse('item_invalid', 'circle.created stands before everything');
  }
  const facts = parsed.data;
  const members = new Map(facts.members.map((spec) => [spec.member, spec]));
  if ((facts.kind === 'community') !== (facts.community === null)) {
    return refuse('item_invalid', 'every circle but a community belongs to one');
  }
  const unfit = judgeFirstMembers(facts);
  if (unfit !== null) return unfit;
  const state: CircleState = {
    circle: at.circle,
    kind: facts.kind,
    community: facts.community,
    linked: facts.linked,
    creator: header.author,
    finess: facts.finess,
    nameHash: facts.nameHash,
    policy: facts.policy,
    members,
    membersHead: { k: 0, h: at.chain },
    epoch: null,
    commitments: new Map(),
    leftSince: false,
    teamFloor: new Map(header.team ? [[header.team.circle, header.team.head.k]] : []),
    identityFloor: { [header.author]: header.identity.n },
    admitted: creating(header),
  };
  return roleOf(state, header, evidence) === 'admin'
    ? { ok: true, state }
    : refuse('not_allowed', 'the creator is an admin among the first members');
}

function judgeFirstMembers({ kind, members }: StatementFacts<'circle.created'>): Verdict | null {
  const named = new Set(members.map((spec) => spec.member));
  if (named.size !== members.length) return refuse('item_invalid', 'a member named twice');
  const nested = kind === 'team' || kind === 'sector';
  if (nested && members.some((spec) => spec.member.startsWith('t.'))) {
    return refuse('item_invalid', 'a team has people only');
  }
  return isFull(kind, members.length - 1) ? refuse('circle_full', 'a sector stays small') : null;
}

/** A sector takes no more people than one lost phone may make others seal to again. */
function isFull(kind: CircleKind, members: number): boolean {
  const most = kind === 'sector' ? LIMITS.sectorPeople : LIMITS.membersPerCircle;
  return members >= most.value;
}

/**
 * Whether nobody would be left to manage it: whoever is the last hands it over first. Guests do not
 * count, since they leave by themselves. A sector is managed through the circle that it belongs to.
 */
function isOrphaned({ kind, members }: CircleState, without: MemberId): boolean {
  if (kind === 'sector' || members.get(without)?.role !== 'admin') return false;
  const others = [...members.values()].filter(({ member }) => member !== without);
  return others.length > 0 && !others.some(({ role, until }) => role === 'admin' && until === null);
}

type StatementRule<K extends StatementKind> = (
  state: CircleState,
  header: ItemHeader,
  facts: StatementFacts<K>,
  role: MemberRole,
) => ErrorCode | null;

type StatementEffect<K extends StatementKind> = (
  state: CircleState,
  header: ItemHeader,
  facts: StatementFacts<K>,
  k: number,
) => Partial<CircleState>;

const adminOnly = (role: MemberRole): ErrorCode | null => (role === 'admin' ? null : 'not_allowed');

/** When each statement is allowed. */
const RULES: { readonly [K in StatementKind]: StatementRule<K> } = {
  'circle.created': () => 'item_invalid',
  'member.added': (state, _header, facts, role) => {
    if (state.epoch === null || facts.pin.member !== facts.spec.member) return 'item_invalid';
    const nested = state.kind === 'team' || state.kind === 'sector';
    if (nested && facts.spec.member.startsWith('t.')) return 'item_invalid';
    if (state.members.has(facts.spec.member)) return 'item_not_allowed';
    return isFull(state.kind, state.members.size) ? 'circle_full' : adminOnly(role);
  },
  'member.removed': (state, header, facts, role) => {
    if (!state.members.has(facts.member)) return 'item_not_allowed';
    if (facts.next === null) {
      if (facts.member !== personMember(header.author)) return 'not_allowed';
      return isOrphaned(state, facts.member) ? 'last_admin' : null;
    }
    // A leaver never makes the secret that shuts them out.
    if (facts.member === actingMember(header)) return 'not_allowed';
    if (facts.next.because !== 'member-removed') return 'item_invalid';
    return adminOnly(role) ?? judgeEpoch(without(state, facts.member), header, facts.next);
  },
  'role.changed': (state, _header, facts, role) => {
    if (!state.members.has(facts.member)) return 'item_not_allowed';
    const isLast = facts.role !== 'admin' && isOrphaned(state, facts.member);
    return adminOnly(role) ?? (isLast ? 'last_admin' : null);
  },
  'policy.changed': (_state, _header, _facts, role) => adminOnly(role),
  'epoch.opened': (state, header, facts, role) => {
    if (role === 'reader') return 'not_allowed';
    if (facts.because === 'history-cut' && role !== 'admin') return 'not_allowed';
    return isDue(state, header, facts) ? judgeEpoch(state, header, facts) : 'epoch_not_due';
  },
  'epoch.resealed': (state, _header, facts, role) => {
    if (facts.epoch !== state.epoch?.epoch) return 'epoch_stale';
    const known = facts.recipients.every((pin) => state.members.has(pin.member));
    return known ? adminOnly(role) : 'copies_mismatch';
  },
  // Nobody speaks for another's copy: whoever was given it knows whether it opens.
  'copy.disputed': (state, header, facts) => {
    if (facts.member !== actingMember(header)) return 'not_allowed';
    return state.commitments.has(facts.epoch) ? null : 'item_invalid';
  },
};

/** What each statement changes. */
const EFFECTS: { readonly [K in StatementKind]: StatementEffect<K> } = {
  'circle.created': () => ({}),
  'member.added': (state, _header, facts) => ({
    ...pinnedFloors(state, [facts.pin]),
    admitted: admitting(dismissing(state.admitted, [facts.spec.member]), [facts.pin]),
    members: new Map(state.members).set(facts.spec.member, facts.spec),
    epoch: state.epoch && {
      ...state.epoch,
      recipients: [...state.epoch.recipients, facts.pin],
    },
  }),
  'member.removed': (state, header, facts, k) => {
    const left = without(state, facts.member);
    return facts.next === null
      ? { members: left.members, admitted: left.admitted, leftSince: true }
      : epochEffect(left, header, facts.next, k);
  },
  'role.changed': (state, _header, facts) => {
    const spec = state.members.get(facts.member);
    const members = new Map(state.members);
    if (spec) members.set(facts.member, { ...spec, role: facts.role });
    return { members };
  },
  'policy.changed': (_state, _header, facts) => ({ policy: facts.policy }),
  'epoch.opened': (state, header, facts, k) => epochEffect(state, header, facts, k),
  'epoch.resealed': (state, _header, facts) => {
    if (state.epoch === null) return {};
    const resealed = new Set(facts.recipients.map((pin) => pin.member));
    const kept = state.epoch.recipients.filter((pin) => !resealed.has(pin.member));
    const epoch = { ...state.epoch, recipients: [...kept, ...facts.recipients] };
    return { ...pinnedFloors(state, facts.recipients), epoch };
  },
  'copy.disputed': () => ({}),
};

function judgeStatement(
  state: CircleState,
  header: ItemHeader,
  kind: StatementKind,
  role: MemberRole,
  at: { k: number; chain: Hash },
): Verdict {
  const parsed = STATEMENT_FACTS[kind].safeParse(header.facts);
  if (!parsed.success || header.body !== null) return refuse('item_invalid', `facts of ${kind}`);
  const facts = parsed.data;
  // The table pairs each kind with its own facts; the compiler cannot see that the key is the same.
  const rule = RULES[kind] as StatementRule<StatementKind>;
  const effectOf = EFFECTS[kind] as StatementEffect<StatementKind>;
  const code = rule(state, header, facts, role);
  if (code !== null) return refuse(code, `${kind} is not allowed here`);
  const effect = effectOf(state, header, facts, at.k);
  return { ok: true, state: { ...state, ...effect, membersHead: { k: at.k, h: at.chain } } };
}

function without(state: CircleState, member: MemberId): CircleState {
  const members = new Map(state.members);
  members.delete(member);
  return { ...state, members, admitted: dismissing(state.admitted, [member]) };
}

function epochEffect(
  state: CircleState,
  header: ItemHeader,
  facts: EpochFacts,
  k: number,
): Partial<CircleState> {
  const { epoch, commitment, publicKey, recipients } = facts;
  const lapsed = facts.lapsed?.map(({ member }) => member) ?? [];
  const stay = membersAt(state, header.at).filter(({ member }) => !lapsed.includes(member));
  return {
    ...pinnedFloors(state, recipients),
    members: new Map(stay.map((spec) => [spec.member, spec])),
    admitted: admitting(dismissing(state.admitted, lapsed), recipients),
    epoch: {
      epoch,
      commitment,
      publicKey,
      recipients,
      openedAt: header.at,
      openedK: k,
      prev: header.members.h,
    },
    commitments: new Map(state.commitments).set(epoch, commitment),
    leftSince: false,
  };
}
