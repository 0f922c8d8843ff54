/**
 * The law of a circle, run by the server before it appends and by every client as it replays.
 * Pure: validity depends only on committed bytes. It must never ask a clock or a database.
 */
import {
  type CirclePolicy,
  type CircleKind,
  type EpochFacts,
  type MemberRole,
  type MemberSpec,
  type RecipientPin,
  STATEMENT_FACTS,
  type StatementFacts,
  type StatementKind,
  isStatementKind,
} from './circle.js';
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

export interface EpochState {
  readonly epoch: number;
  readonly commitment: Hash;
  readonly publicKey: string;
  readonly recipients: EpochFacts['recipients'];
  readonly openedAt: number;
  readonly openedK: number;
  /** Membership head before its statement: part of the context of its sealed copies. */
  readonly prev: Hash;
}

/** All that membership statements say, up to a position. */
export interface CircleState {
  readonly circle: CircleId;
  readonly kind: CircleKind;
  readonly community: CircleId | null;
  readonly linked: CircleId | null;
  readonly creator: PersonId;
  readonly finess: string | null;
  readonly nameHash: Hash | null;
  readonly policy: CirclePolicy;
  readonly members: ReadonlyMap<MemberId, MemberSpec>;
  readonly membersHead: Head;
  readonly epoch: EpochState | null;
  /** Commitments of all epochs so far, by number: a backlink must name one of these. */
  readonly commitments: ReadonlyMap<number, Hash>;
  /** Somebody left since the epoch was opened: it is due to end. */
  readonly leftSince: boolean;
  /** Highest membership position of each team that an item or a pin here has cited. */
  readonly teamFloor: ReadonlyMap<CircleId, number>;
  /**
   * Highest identity index of each person that an item or a pin here has cited. Nobody cites less
   * afterwards: so a revoked device cannot write on under the head from before its revocation.
   */
  readonly identityFloor: Readonly<Record<string, number>>;
}

/** What the law must be told besides the bytes: whether the cited team log has the author in it. */
export interface AuthorEvidence {
  readonly inCitedTeam: boolean;
}

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
  if (header.circle !== state.circle) return refuse('item_invalid', 'another circle’s item');
  if (header.members.k !== state.membersHead.k || header.members.h !== state.membersHead.h) {
    return refuse('members_moved', 'cites another membership than the one in force');
  }
  if (header.epoch !== (state.epoch?.epoch ?? 0)) return refuse('epoch_stale', 'another epoch');
  if (header.seen.k >= at.k) return refuse('head_unknown', 'has seen what does not exist yet');
  const role = roleOf(state, header, evidence);
  if (role === null) return refuse('not_a_member', 'author is no member at this position');
  const floor = header.team && state.teamFloor.get(header.team.circle);
  if (header.team && floor !== undefined && floor !== null && header.team.head.k < floor) {
    return refuse('members_moved', 'cites an older team membership than items before it');
  }
  if (header.identity.n < (state.identityFloor[header.author] ?? 0)) {
    return refuse('identity_head_moved', 'cites an older identity head than items before it');
  }
  const next = withFloors(state, header);
  if (!isStatementKind(header.kind)) return judgeEntry(next, header, role);
  return judgeStatement(next, header, header.kind, role, at);
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

function judgeEntry(state: CircleState, header: ItemHeader, role: MemberRole): Verdict {
  if (state.epoch === null) return refuse('epoch_stale', 'no epoch is open yet');
  if (header.body === null) return refuse('item_invalid', 'an entry has a sealed body');
  return role === 'reader' ? refuse('not_allowed', 'readers do not write') : { ok: true, state };
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
  const before = [header.members, header.seen].every((head) => head.k === EMPTY_HEAD.k);
  if (header.circle !== '' || !before || header.epoch !== 0 || header.body !== null) {
    return refuse('item_invalid', 'circle.created stands before everything');
  }
  const facts = parsed.data;
  const members = new Map(facts.members.map((spec) => [spec.member, spec]));
  if (members.size !== facts.members.length) return refuse('item_invalid', 'a member named twice');
  if ((facts.kind === 'community') !== (facts.community === null)) {
    return refuse('item_invalid', 'every circle but a community belongs to one');
  }
  const nested = ['team', 'sector'].includes(facts.kind);
  if (nested && facts.members.some((spec) => spec.member.startsWith('t.'))) {
    return refuse('item_invalid', 'a team has people only');
  }
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
  };
  return roleOf(state, header, evidence) === 'admin'
    ? { ok: true, state }
    : refuse('not_allowed', 'the creator is an admin among the first members');
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
    return adminOnly(role);
  },
  'member.removed': (state, header, facts, role) => {
    if (!state.members.has(facts.member)) return 'item_not_allowed';
    if (facts.next === null)
      return facts.member === personMember(header.author) ? null : 'not_allowed';
    // A leaver never makes the secret that shuts them out.
    if (facts.member === actingMember(header)) return 'not_allowed';
    if (facts.next.because !== 'member-removed') return 'item_invalid';
    return adminOnly(role) ?? judgeEpoch(without(state, facts.member), header, facts.next);
  },
  'role.changed': (state, _header, facts, role) =>
    state.members.has(facts.member) ? adminOnly(role) : 'item_not_allowed',
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
  'copy.disputed': (state, _header, facts) =>
    state.commitments.has(facts.epoch) ? null : 'item_invalid',
};

/** What each statement changes. */
const EFFECTS: { readonly [K in StatementKind]: StatementEffect<K> } = {
  'circle.created': () => ({}),
  'member.added': (state, _header, facts) => ({
    ...pinnedFloors(state, [facts.pin]),
    members: new Map(state.members).set(facts.spec.member, facts.spec),
    epoch: state.epoch && {
      ...state.epoch,
      recipients: [...state.epoch.recipients, facts.pin],
    },
  }),
  'member.removed': (state, header, facts, k) => {
    const left = without(state, facts.member);
    return facts.next === null
      ? { members: left.members, leftSince: true }
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

function judgeStatement<K extends StatementKind>(
  state: CircleState,
  header: ItemHeader,
  kind: K,
  role: MemberRole,
  at: { k: number; chain: Hash },
): Verdict {
  const parsed = STATEMENT_FACTS[kind].safeParse(header.facts);
  if (!parsed.success || header.body !== null) return refuse('item_invalid', `facts of ${kind}`);
  const facts = parsed.data as StatementFacts<K>;
  const code = RULES[kind](state, header, facts, role);
  if (code !== null) return refuse(code, `${kind} is not allowed here`);
  const effect = EFFECTS[kind](state, header, facts, at.k);
  return { ok: true, state: { ...state, ...effect, membersHead: { k: at.k, h: at.chain } } };
}

function without(state: CircleState, member: MemberId): CircleState {
  const members = new Map(state.members);
  members.delete(member);
  return { ...state, members };
}

function epochEffect(
  state: CircleState,
  header: ItemHeader,
  facts: EpochFacts,
  k: number,
): Partial<CircleState> {
  const { epoch, commitment, publicKey, recipients } = facts;
  return {
    ...pinnedFloors(state, recipients),
    members: new Map(membersAt(state, header.at).map((spec) => [spec.member, spec])),
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

/** Members at an instant: guests whose time is over are sealed to no more. */
export function membersAt(state: CircleState, instant: number): MemberSpec[] {
  const specs = [...state.members.values()];
  return specs.filter((spec) => spec.until === null || instant < spec.until);
}

/** Whether an epoch's shape is right: next number, each member once, no older key, true backlinks. */
function judgeEpoch(state: CircleState, header: ItemHeader, facts: EpochFacts): ErrorCode | null {
  if (facts.epoch !== (state.epoch?.epoch ?? 0) + 1) return 'epoch_stale';
  const pinned = new Set(facts.recipients.map((pin) => pin.member));
  const members = membersAt(state, header.at);
  const each = pinned.size === facts.recipients.length && pinned.size === members.length;
  if (!each || !members.every((spec) => pinned.has(spec.member))) return 'copies_mismatch';
  const before = generationsOf(state);
  if (facts.recipients.some((pin) => pin.generation < (before.get(pin.member) ?? 0))) {
    return 'copies_mismatch';
  }
  return judgeBacklinks(state, facts);
}

function generationsOf(state: CircleState): ReadonlyMap<MemberId, number> {
  return new Map(state.epoch?.recipients.map((pin) => [pin.member, pin.generation]));
}

/**
 * An epoch links to the one before it and to no other, so that nobody undoes an admin's cut by
 * linking past it. Only the cut itself chooses what it links to.
 */
function judgeBacklinks(state: CircleState, facts: EpochFacts): ErrorCode | null {
  const linked = facts.backlinks.map((link) => link.epoch);
  const named = facts.backlinks.every(
    (link) => state.commitments.get(link.epoch) === link.commitment,
  );
  if (!named || new Set(linked).size !== linked.length) return 'item_invalid';
  if (facts.because === 'history-cut') return null;
  const wanted = state.epoch === null ? [] : [state.epoch.epoch];
  return linked.length === wanted.length && linked[0] === wanted[0] ? null : 'item_invalid';
}

const DAY_MS = 86_400_000;

/** Whether the epoch in force is due to end, by what this statement and those before it commit. */
export function isDue(state: CircleState, header: ItemHeader, facts: EpochFacts): boolean {
  const now = state.epoch;
  switch (facts.because) {
    case 'first':
      return now === null;
    case 'member-removed':
      return false;
    case 'member-left':
      return state.leftSince || membersAt(state, header.at).length < state.members.size;
    case 'history-cut':
      return true;
    case 'age':
      return (
        now !== null &&
        (header.at - now.openedAt >= state.policy.epochMaxAgeDays * DAY_MS ||
          header.seen.k - now.openedK >= state.policy.epochMaxItems)
      );
    case 'key-moved':
      return facts.recipients.some((pin) => {
        const before = now?.recipients.find((old) => old.member === pin.member);
        return before !== undefined && pin.generation > before.generation;
      });
  }
}
