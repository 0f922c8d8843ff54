/** The law of circles: random walks over it never lose what it promises, and its limits refuse. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type CircleKind, DEFAULT_POLICY, type EpochFacts, type MemberSpec } from './circle.js';
import { ESTABLISHED, type CircleState, judge, type Verdict } from './circle-rules.js';
import { membersAt } from './epoch-rules.js';
import { CircleId, Hash, type MemberId, memberRef, PersonId, personMember } from './ids.js';
import { ZERO_HASH, teamMember } from './ids.js';
import { LIMITS } from './limits.js';
import { EMPTY_HEAD, type Head, type ItemHeader } from './item.js';

const id = (n: number): string => `${String(n).padStart(42, 'x')}A`;
const person = (n: number): PersonId => PersonId.parse(id(n));
const member = (n: number): MemberId => personMember(person(n));
const TEAM = CircleId.parse(id(900));
const CIRCLE = CircleId.parse(id(901));
const headAt = (k: number): Head => ({ k, h: k < 0 ? ZERO_HASH : Hash.parse(id(1000 + k)) });
const spec = (n: number, role: MemberSpec['role'] = 'writer'): MemberSpec => ({
  member: member(n),
  role,
  until: null,
  historyFrom: 0,
});

/** What the law reads of a header; the rest is the replay's. */
type Said = Partial<ItemHeader> & { readonly kind: string; readonly facts: object };

class Walk {
  state: CircleState | null = null;
  k = -1;

  try(said: Said, by = 0, inCitedTeam = false): Verdict {
    const { state } = this;
    const header = {
      circle: state === null ? '' : CIRCLE,
      author: person(by),
      team: null,
      seen: headAt(this.k),
      members: state?.membersHead ?? EMPTY_HEAD,
      epoch: state?.epoch?.epoch ?? 0,
      identity: headAt(3),
      body: null,
      at: 10,
      ...said,
    } as unknown as ItemHeader & { identity: { n: number } };
    const identity = { n: 3, h: ZERO_HASH, ...said.identity };
    const at = { circle: CIRCLE, k: this.k + 1, chain: headAt(this.k + 1).h };
    return judge(state, { ...header, identity }, at, { ...ESTABLISHED, inCitedTeam });
  }

  take(said: Said, by = 0): this {
    const verdict = this.try(said, by);
    if (!verdict.ok) throw new Error(`${said.kind}: ${verdict.code} ${verdict.why}`);
    this.state = verdict.state;
    this.k++;
    return this;
  }
}

function created(members: readonly MemberSpec[], kind: CircleKind = 'channel'): Said {
  return {
    kind: 'circle.created',
    facts: {
      community: kind === 'community' ? null : CIRCLE,
      kind,
      salt: ZERO_HASH,
      finess: null,
      nameHash: null,
      stewards: [],
      members,
      policy: DEFAULT_POLICY,
      linked: null,
    },
  };
}

function pin(who: MemberId, generation = 1, k = 3) {
  return { member: who, keyHash: ZERO_HASH, generation, head: headAt(k) };
}

function epoch(state: CircleState | null, more: Partial<EpochFacts> = {}, at = 10): EpochFacts {
  const last = state?.epoch ?? null;
  return {
    epoch: (last?.epoch ?? 0) + 1,
    commitment: Hash.parse(id(2000 + (last?.epoch ?? 0))),
    publicKey: 'A'.repeat(1622) as EpochFacts['publicKey'],
    recipients: state ? membersAt(state, at).map((one) => pin(one.member)) : [],
    because: 'first',
    backlinks: last
      ? [
          {
            epoch: last.epoch,
            commitment: last.commitment,
            sealed: 'A'.repeat(96) as EpochFacts['backlinks'][0]['sealed'],
          },
        ]
      : [],
    copiesRoot: ZERO_HASH,
    ...more,
  };
}

function channel(...members: MemberSpec[]): Walk {
  const walk = new Walk().take(created([spec(0, 'admin'), ...members]));
  return walk.take({ kind: 'epoch.opened', facts: epoch(walk.state) });
}

const message: Said = { kind: 'message.posted', facts: {}, body: ZERO_HASH };
const code = (verdict: Verdict): string => (verdict.ok ? 'ok' : verdict.code);

describe('a circle begins', () => {
  test('with its creator as admin, and no other way', () => {
    expect(code(new Walk().try(created([spec(0, 'admin')])))).toBe('ok');
    expect(code(new Walk().try(created([spec(0)])))).toBe('not_allowed');
    expect(code(new Walk().try(created([spec(1, 'admin')])))).toBe('not_allowed');
    expect(code(new Walk().try(message))).toBe('item_invalid');
    const twice = created([spec(0, 'admin'), spec(0, 'admin')]);
    expect(code(new Walk().try(twice))).toBe('item_invalid');
    const sealed = { ...created([spec(0, 'admin')]), body: ZERO_HASH };
    expect(code(new Walk().try(sealed))).toBe('item_invalid');
    // Readers compare the hash before everything too: one that the server let in would accuse it.
    for (const name of ['members', 'seen']) {
      const elsewhere = { ...created([spec(0, 'admin')]), [name]: { ...headAt(5), k: -1 } };
      expect(code(new Walk().try(elsewhere))).toBe('item_invalid');
    }
    const nested = { ...spec(1), member: teamMember(TEAM) };
    const team = created([spec(0, 'admin'), nested], 'team');
    expect(code(new Walk().try(team))).toBe('item_invalid');
  });
});

describe('who writes', () => {
  test('is a member in time, no reader, under the membership and epoch in force', () => {
    const walk = channel(spec(1, 'reader'), { ...spec(2), until: 20 });
    expect(code(walk.try(message))).toBe('ok');
    expect(code(walk.try(message, 1))).toBe('not_allowed');
    expect(code(walk.try(message, 2))).toBe('ok');
    expect(code(walk.try({ ...message, at: 20 }, 2))).toBe('not_a_member');
    expect(code(walk.try(message, 9))).toBe('not_a_member');
    expect(code(walk.try({ ...message, epoch: 0 }))).toBe('epoch_stale');
    expect(code(walk.try({ ...message, members: headAt(0) }))).toBe('members_moved');
    expect(code(walk.try({ ...message, body: null }))).toBe('item_invalid');
    expect(code(walk.try({ ...message, seen: headAt(walk.k + 1) }))).toBe('head_unknown');
  });

  test('cites no older head than was cited before', () => {
    const walk = channel(spec(1));
    const older = { identity: { n: 2, h: ZERO_HASH } };
    expect(code(walk.try({ ...message, ...older }, 0))).toBe('identity_head_moved');
    expect(code(walk.try({ ...message, ...older }, 1))).toBe('identity_head_moved');
    const newer = { identity: { n: 8, h: ZERO_HASH } };
    walk.take({ ...message, ...newer }, 1);
    expect(code(walk.try(message, 1))).toBe('identity_head_moved');
    expect(code(walk.try(message, 0))).toBe('ok');
  });

  test('acts through a team that is a member and that the cited head has them in', () => {
    const walk = channel();
    const team = (k: number): Said => ({ ...message, team: { circle: TEAM, head: headAt(k) } });
    expect(code(walk.try(team(5), 7, true))).toBe('not_a_member');
    const added = { ...spec(0), member: teamMember(TEAM) };
    const facts = { spec: added, pin: pin(teamMember(TEAM), 1, 5), copyHash: ZERO_HASH };
    walk.take({ kind: 'member.added', facts });
    expect(code(walk.try(team(5), 7, false))).toBe('not_a_member');
    expect(code(walk.try(team(5), 7, true))).toBe('ok');
    expect(code(walk.try(team(4), 7, true))).toBe('members_moved');
  });
});

describe('epochs', () => {
  const open = (walk: Walk, more: Partial<EpochFacts>, at = 10): Said => ({
    kind: 'epoch.opened',
    facts: epoch(walk.state, more, at),
    at: at,
  });

  test('open when they are due, by no reader, cut by an admin', () => {
    const walk = channel(spec(1), spec(2, 'reader'));
    expect(code(walk.try(open(walk, { because: 'first' })))).toBe('epoch_not_due');
    expect(code(walk.try(open(walk, { because: 'age' })))).toBe('epoch_not_due');
    const year = DEFAULT_POLICY.epochMaxAgeDays * 86_400_000 + 10;
    expect(code(walk.try(open(walk, { because: 'age' }, year), 1))).toBe('ok');
    expect(code(walk.try(open(walk, { because: 'age' }, year), 2))).toBe('not_allowed');
    expect(code(walk.try(open(walk, { because: 'history-cut' }), 1))).toBe('not_allowed');
    expect(code(walk.try(open(walk, { because: 'history-cut', backlinks: [] })))).toBe('ok');
    const moved = epoch(walk.state).recipients.map((one, i) => ({ ...one, generation: i + 1 }));
    const key = { because: 'key-moved' as const };
    expect(code(walk.try(open(walk, { ...key, recipients: moved }), 1))).toBe('ok');
    expect(code(walk.try(open(walk, key), 1))).toBe('epoch_not_due');
  });

  test('pin each member once, and link to the one before and no other', () => {
    const walk = channel(spec(1));
    walk.take({ kind: 'member.removed', facts: { member: member(1), next: null } }, 1);
    const due = { because: 'member-left' as const };
    expect(code(walk.try(open(walk, { ...due, backlinks: [] })))).toBe('item_invalid');
    const all = [pin(member(0)), pin(member(1))];
    expect(code(walk.try(open(walk, { ...due, recipients: all })))).toBe('copies_mismatch');
    const twice = [pin(member(0)), pin(member(0))];
    expect(code(walk.try(open(walk, { ...due, recipients: twice })))).toBe('copies_mismatch');
    expect(code(walk.try(open(walk, { ...due, epoch: 3 })))).toBe('epoch_stale');
    walk.take(open(walk, { because: 'history-cut', backlinks: [] }));
    walk.take({
      kind: 'member.added',
      facts: { spec: spec(1), pin: pin(member(1)), copyHash: ZERO_HASH },
    });
    walk.take({ kind: 'member.removed', facts: { member: member(1), next: null } }, 1);
    const [back] = epoch(walk.state).backlinks;
    const past = { ...back!, epoch: 1, commitment: walk.state!.commitments.get(1)! };
    expect(code(walk.try(open(walk, { ...due, backlinks: [past] })))).toBe('item_invalid');
    expect(code(walk.try(open(walk, { ...due, backlinks: [back!, past] })))).toBe('item_invalid');
    expect(code(walk.try(open(walk, due)))).toBe('ok');
  });

  test('leave out guests whose time is over', () => {
    const walk = channel({ ...spec(1), until: 20 });
    expect(code(walk.try(open(walk, { because: 'member-left' })))).toBe('epoch_not_due');
    walk.take(open(walk, { because: 'member-left' }, 20));
    expect([...walk.state!.members.keys()]).toEqual([member(0)]);
  });

  test('are made by no leaver', () => {
    const walk = channel(spec(1));
    const next = epoch(walk.state, { because: 'member-removed', recipients: [pin(member(1))] });
    const self = { kind: 'member.removed', facts: { member: member(0), next } };
    expect(code(walk.try(self))).toBe('not_allowed');
    const other = { ...next, recipients: [pin(member(0))] };
    const out = { kind: 'member.removed', facts: { member: member(1), next: other } };
    expect(code(walk.try(out, 1))).toBe('not_allowed');
    expect(code(walk.try(out))).toBe('ok');
  });
});

describe('a circle', () => {
  const leave = (n: number): Said => ({
    kind: 'member.removed',
    facts: { member: member(n), next: null },
  });
  const change = (n: number, role: MemberSpec['role']): Said => ({
    kind: 'role.changed',
    facts: { member: member(n), role },
  });

  test('is not left without anybody who stays and manages it', () => {
    const guest = { ...spec(2, 'admin'), until: 20 };
    const walk = channel(spec(1), guest);
    expect(code(walk.try(leave(0)))).toBe('last_admin');
    expect(code(walk.try(change(0, 'writer')))).toBe('last_admin');
    expect(code(walk.try(leave(1), 1))).toBe('ok');
    walk.take(change(1, 'admin'));
    expect(code(walk.try(leave(0)))).toBe('ok');
    expect(code(walk.try(change(0, 'reader')))).toBe('ok');
    expect(code(channel().try(leave(0)))).toBe('ok');
    const sector = new Walk().take(created([spec(0, 'admin'), spec(1)], 'sector'));
    sector.take({ kind: 'epoch.opened', facts: epoch(sector.state) });
    expect(code(sector.try(leave(0)))).toBe('ok');
  });

  test('takes no more members than it may have', () => {
    const added = (n: number): Said => ({
      kind: 'member.added',
      facts: { spec: spec(n), pin: pin(member(n)), copyHash: ZERO_HASH },
    });
    const most = LIMITS.membersPerCircle.value;
    const all = Array.from({ length: most - 2 }, (_, i) => spec(i + 1));
    const walk = channel(...all);
    expect(code(walk.try(added(most)))).toBe('ok');
    walk.take(added(most));
    expect(code(walk.try(added(most + 1)))).toBe('circle_full');
  });

  test('of a community hears from a reader that they joined, and nothing else', () => {
    const walk = channel(spec(1, 'reader'));
    expect(code(walk.try({ ...message, kind: 'circle.joined' }, 1))).toBe('ok');
    expect(code(walk.try(message, 1))).toBe('not_allowed');
  });
});

describe('whatever anybody does', () => {
  const act = fc.tuple(
    fc.constantFrom('add', 'remove', 'leave', 'open', 'write'),
    fc.nat(4),
    fc.nat(4),
  );

  function saidOf(walk: Walk, kind: string, subject: number): Said {
    const { state } = walk;
    const rest = membersAt(state!, 10).filter((one) => one.member !== member(subject));
    const recipients = rest.map((one) => pin(one.member));
    const next = epoch(state, { because: 'member-removed', recipients });
    const added = { spec: spec(subject), pin: pin(member(subject)), copyHash: ZERO_HASH };
    const said: Record<string, Said> = {
      add: { kind: 'member.added', facts: added },
      remove: { kind: 'member.removed', facts: { member: member(subject), next } },
      leave: { kind: 'member.removed', facts: { member: member(subject), next: null } },
      open: { kind: 'epoch.opened', facts: epoch(state, { because: 'member-left' }) },
    };
    return said[kind] ?? message;
  }

  test('epochs grow by one, keep every commitment, and are sealed to members only', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        const walk = channel(spec(1), spec(2));
        for (const [kind, by, subject] of acts) {
          const before = walk.state!;
          const verdict = walk.try(saidOf(walk, kind, subject), by);
          if (!verdict.ok) continue;
          const after = verdict.state;
          expect(before.members.has(member(by))).toBe(true);
          expect(after.epoch!.epoch - before.epoch!.epoch).toBeLessThanOrEqual(1);
          expect(after.commitments.size).toBe(after.epoch!.epoch);
          const sealed = after.epoch!.recipients.map((one) => one.member);
          const strangers = sealed.filter((one) => !after.members.has(one));
          if (!after.leftSince) expect(strangers).toEqual([]);
          expect(sealed.every((one) => memberRef(one).type === 'person')).toBe(true);
          walk.state = after;
          walk.k++;
        }
      }),
    );
  });
});
