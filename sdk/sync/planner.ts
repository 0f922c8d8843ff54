/**
 * Signs an act as of now: each step becomes items on the circles' present states. An epoch that is
 * due is opened before anything is written under it. Nothing is sent from here.
 */
import { Problem } from '@liaison/contract/errors';
import type { EntryKind } from '@liaison/contract/entry-kind';
import { findEntryKind } from '@liaison/contract/entry-kinds';
import { type CircleState } from '@liaison/contract/circle-rules';
import {
  type CircleId,
  type EntryId,
  type MemberId,
  memberRef,
  teamMember,
} from '@liaison/contract/ids';
import { IdentityStatement, type IdentityHead } from '@liaison/contract/identity';
import { identityHashed } from '@liaison/contract/signing';
import type { ItemHeader, NewItem } from '@liaison/contract/item';
import { isLeaseLive } from '@liaison/contract/lease';
import type { Checkpoints } from '../checkpoints.js';
import type { Acquaintances } from '../acquaintances.js';
import type { Keyring } from '../circles/keyring.js';
import type { Library } from '../circles/library.js';
import { epochAt } from '../circles/reading.js';
import type { Teams } from '../circles/teams.js';
import { hash } from '../crypto/hash.js';
import { randomText } from '../crypto/random.js';
import { Fault } from '../fault.js';
import { ABOUT_BUILD } from '../build-mark.js';
import type { EvidenceRoom } from '../evidence.js';
import type { Ground } from '../ground.js';
import type { Author } from '../logs/circle-items.js';
import type { People } from '../people.js';
import type { Self } from '../self.js';
import type { Vault } from '../vault.js';
import {
  type Act,
  type CircleRef,
  circleOf,
  type CreateStep,
  type EntryStep,
  type SignedAct,
  type Step,
} from './act.js';
import { Desk, NOWHERE } from './desk.js';
import { Plan } from './plan.js';
import type { Recipients } from './recipients.js';
import { type Seating, seatingOf } from './seating.js';

type AddStep = Omit<Extract<Step, { do: 'add' }>, 'do' | 'circle'>;
type SeatStep = Extract<Step, { do: 'seat' }>;
type Seats = Seating['founded'][number];

const DAY_MS = 86_400_000;

export interface PlannerParts {
  readonly ground: Ground;
  readonly library: Library;
  readonly keyring: Keyring;
  readonly people: People;
  readonly teams: Teams;
  readonly recipients: Recipients;
  readonly acquaintances: Acquaintances;
  readonly checkpoints: Checkpoints;
  readonly evidence: EvidenceRoom;
  readonly vault: Vault;
  readonly self: Self;
  readonly newId: () => EntryId;
}

export class Planner {
  constructor(private readonly parts: PlannerParts) {}

  async sign(act: Act): Promise<SignedAct> {
    if (await this.#isThere(act)) return { items: [], created: {} };
    this.#mustBeLive();
    await this.parts.acquaintances.mustBeSeen(act);
    const me = this.parts.vault.me();
    const plan = new Plan(act, await this.#identity(act), this.parts.ground.clock(), me);
    for (const step of act.steps) await this.#step(plan, step);
    for (const [circle, desk] of plan.desks) {
      for (const [epoch, keys] of desk.opened) await this.parts.keyring.keep(circle, epoch, keys);
    }
    return { items: inOrder(plan.desks.values()), created: plan.created };
  }

  /** Keys were changed without a device that was ended: it says so, instead of lacking them. */
  #mustBeLive(): void {
    const { vault, people } = this.parts;
    const { device, lease } = vault.device();
    const log = people.known(vault.me())?.log;
    const isOver = lease && log && !isLeaseLive(lease, this.parts.ground.clock(), log);
    if (isOver === true) throw new Problem('lease_over');
    const ended = log?.devices.get(device)?.revokedAt ?? null;
    if (ended !== null) throw new Problem('device_revoked');
  }

  /** Whether an answer got lost: the act's entries stand in the log already. */
  async #isThere(act: Act): Promise<boolean> {
    const entries = act.steps.filter((step): step is EntryStep => step.do === 'entry');
    if (entries.length === 0 || act.steps.some((step) => step.do === 'create')) return false;
    for (const { circle, id } of entries) {
      const book = await this.parts.library.book(circle as CircleId);
      if (!book.items.some((item) => item.header.id === id && item.flaw === null)) return false;
    }
    return true;
  }

  async #identity(act: Act): Promise<IdentityHead> {
    const last = act.identity?.statements.at(-1);
    if (last !== undefined) {
      const { n } = IdentityStatement.parse(JSON.parse(last.text));
      return { n, h: hash(identityHashed(last.text, last.signature)) };
    }
    return (await this.parts.people.state(this.parts.vault.me())).head;
  }

  async #step(plan: Plan, step: Step): Promise<void> {
    if (step.do === 'create') return this.#create(plan, step);
    const desk = await this.#desk(plan, step.circle);
    switch (step.do) {
      case 'entry':
        await this.#renew(plan, desk);
        this.#entry(plan, desk, step);
        return;
      case 'renew':
        return step.cut === true ? this.#cut(plan, desk) : this.#renew(plan, desk);
      case 'add':
        await this.#renew(plan, desk);
        return this.#add(plan, desk, step);
      case 'seat':
        return this.#seat(plan, desk, step);
      case 'reseal':
        await this.#renew(plan, desk);
        desk.reseal(await this.parts.recipients.of(step.members, plan));
        return;
      case 'dispute':
        desk.dispute(step);
        return;
      case 'role':
        desk.changeRole(step.member, step.role);
        return;
      case 'remove':
        return this.#remove(plan, desk, step.member);
    }
  }

  async #create(plan: Plan, step: CreateStep): Promise<void> {
    await this.#renewOwnTeams(
      plan,
      step.members.map(({ member }) => member),
    );
    const author = await this.#author(
      plan,
      step.kind,
      step.members.map(({ member }) => member),
    );
    const { newId } = this.parts;
    const desk = new Desk(author, { ...NOWHERE, at: plan.at, newId });
    const { kind, salt, community, finess, nameHash } = step;
    const members = step.members.map(({ member, role }) => {
      return { member, role, until: null, historyFrom: 0 };
    });
    const linked = step.linked === null ? null : circleOf(plan.created, step.linked);
    desk.create({ kind, salt, community, finess, nameHash, members, linked });
    plan.desks.set(desk.circle, desk);
    plan.created[step.ref] = desk.circle;
    await this.#renew(plan, desk);
  }

  async #renew(plan: Plan, desk: Desk): Promise<void> {
    const { recipients } = this.parts;
    const state = desk.present();
    const because = await recipients.due(state, plan.at, plan);
    if (because === null) return;
    const { recipients: present, lapsed } = await recipients.present(state, plan.at, plan);
    desk.openEpoch(present, because, lapsed);
  }

  /**
   * Teams of ours among those members whose next epoch is due get it in this very act: whoever left
   * holds the present key, and nothing that we write knowing of it may be sealed to that key.
   */
  async #renewOwnTeams(plan: Plan, members: readonly MemberId[]): Promise<void> {
    const { evidence, keyring, library, recipients, self } = this.parts;
    const ours = new Set(await self.groups());
    for (const ref of members.map(memberRef)) {
      if (ref.type !== 'team' || !ours.has(ref.team) || plan.desks.has(ref.team)) continue;
      const { state } = await library.book(ref.team);
      if (!state?.epoch || evidence.isBlocked(ref.team)) continue;
      // A reader opens no epoch: one of the team's writers will.
      if (state.members.get(self.member())?.role === 'reader') continue;
      if ((await recipients.due(state, plan.at, plan)) === null) continue;
      if ((await keyring.epoch(ref.team, state.epoch.epoch)) === null) continue;
      await this.#renew(plan, await this.#desk(plan, ref.team));
    }
  }

  #entry(plan: Plan, desk: Desk, { id, kind, facts, body }: EntryStep): void {
    const rule = findEntryKind(kind);
    if (rule === undefined) throw new Fault('not-ready', `unknown kind ${kind}`);
    mustOpen(rule, body);
    const { version: kv, critical } = rule;
    desk.entry(id, { kind, kv, critical, facts: resolved(plan, facts), body });
  }

  async #add(plan: Plan, desk: Desk, { member, role, history }: AddStep): Promise<void> {
    if (desk.present().members.has(member)) return;
    await this.#renewOwnTeams(plan, [member]);
    const { recipients } = this.parts;
    const [recipient] = await recipients.of([member], plan);
    if (recipient === undefined) return;
    if (history === 'now') await this.#cut(plan, desk);
    const historyFrom = await this.#historyFrom(plan, desk, history);
    desk.add({ member, role, until: null, historyFrom }, recipient);
  }

  async #cut(plan: Plan, desk: Desk): Promise<void> {
    const present = await this.parts.recipients.present(desk.present(), plan.at, plan);
    desk.openEpoch(present.recipients, 'history-cut', present.lapsed);
  }

  async #historyFrom(plan: Plan, desk: Desk, history: AddStep['history']): Promise<number> {
    if (history === undefined || history === 'all') return 0;
    if (history === 'now') return desk.present().epoch?.epoch ?? 0;
    const book = await this.parts.library.book(desk.circle);
    return epochAt(book, plan.at - history * DAY_MS);
  }

  /** Seats many: sectors are filled and founded first, since the circle then seals to them. */
  async #seat(plan: Plan, desk: Desk, { members, role }: SeatStep): Promise<void> {
    const { recipients, self } = this.parts;
    const sectors = await this.#sectorsOf(plan, desk);
    const me = self.member();
    const { inPerson, filled, founded, moved } = seatingOf(desk.present(), sectors, {
      ...{ members, role, me },
    });
    await recipients.of(members, plan);
    for (const { sector, people } of filled) {
      const seats = await this.#desk(plan, sector);
      await this.#renew(plan, seats);
      for (const member of people) await this.#add(plan, seats, { member, role: 'writer' });
    }
    const teams: MemberId[] = [];
    for (const seats of founded) teams.push(await this.#found(plan, desk, seats));
    await this.#renew(plan, desk);
    for (const member of [...inPerson, ...teams]) await this.#add(plan, desk, { member, role });
    for (const member of moved) await this.#remove(plan, desk, member);
  }

  /** The sectors of a circle as they are now. */
  async #sectorsOf(plan: Plan, desk: Desk): Promise<CircleState[]> {
    const refs = [...desk.present().members.keys()].map(memberRef);
    const states: CircleState[] = [];
    for (const ref of refs) {
      if (ref.type !== 'team') continue;
      const state = plan.team(ref.team) ?? (await this.parts.teams.latest(ref.team))?.state ?? null;
      if (state?.kind === 'sector') states.push(state);
    }
    return states;
  }

  /** A sector of a circle, with its first epoch; gives it as a member. */
  async #found(plan: Plan, parent: Desk, { keepers, people }: Seats): Promise<MemberId> {
    const { kind, circle, community } = parent.present();
    const ref = `@sector-${String(plan.desks.size)}` as const;
    const all = [
      ...keepers.map((member) => ({ member, role: 'admin' as const })),
      ...people.map((member) => ({ member, role: 'writer' as const })),
    ];
    await this.#create(plan, {
      ...{ do: 'create', ref, kind: 'sector', salt: randomText(), members: all },
      ...{ community: kind === 'community' ? circle : community },
      ...{ finess: null, nameHash: null, linked: null },
    });
    return teamMember(circleOf(plan.created, ref));
  }

  async #remove(plan: Plan, desk: Desk, member: MemberId): Promise<void> {
    const state = desk.present();
    if (!state.members.has(member)) return;
    if (member === this.parts.self.member()) {
      desk.leave(member);
      return;
    }
    const stay = await this.parts.recipients.present(state, plan.at, plan, member);
    // Somebody who left by themselves would shut the door behind the last one.
    if (stay.recipients.length === 0) throw new Problem('not_allowed', 'nobody would stay');
    desk.remove(member, stay.recipients, stay.lapsed);
  }

  async #desk(plan: Plan, ref: CircleRef): Promise<Desk> {
    const circle = circleOf(plan.created, ref);
    const known = plan.desks.get(circle);
    if (known !== undefined) return known;
    const { ground, library, evidence, keyring, newId } = this.parts;
    const book = await library.book(circle);
    const { state, head } = book;
    if (state === null) throw new Fault('no-such-circle', circle);
    if (evidence.isAgainst(ABOUT_BUILD)) throw new Fault('log-broken', 'an old client');
    if (evidence.isBlocked(circle)) throw new Fault('log-broken', 'this circle is blocked');
    await this.#renewOwnTeams(plan, [...state.members.keys()]);
    const epoch = state.epoch === null ? null : await keyring.epoch(circle, state.epoch.epoch);
    const author = await this.#author(plan, state.kind, [...state.members.keys()]);
    const counter = await this.#counter(circle, book.replay.history.lastCounter(author));
    const { lastReset } = (await this.parts.people.state(this.parts.vault.me())).log;
    const start = { state, head, counter, epoch, at: ground.clock(), newId, lastReset };
    const desk = new Desk(author, start);
    plan.desks.set(circle, desk);
    return desk;
  }

  /** Counters are set aside before they are used: none is ever used twice, whatever crashes. */
  async #counter(circle: CircleId, last: number): Promise<number> {
    const key = `counter/${circle}`;
    return this.parts.ground.store.transaction(async (tx) => {
      const kept = (await tx.get<number>('meta', key)) ?? 0;
      const first = Math.max(kept, last + 1);
      tx.put('meta', key, first + SET_ASIDE);
      return first;
    });
  }

  async #author(
    plan: Plan,
    kind: CircleState['kind'],
    members: readonly MemberId[],
  ): Promise<Author> {
    const { ground, vault, self } = this.parts;
    const { device, lease, signing, inc } = vault.device();
    return {
      origin: ground.origin,
      person: vault.me(),
      device,
      lease,
      secretKey: signing.secretKey,
      inc,
      as: plan.act.role ?? self.profession,
      team: kind === 'team' || kind === 'sector' ? null : await this.#team(plan, members),
      identity: plan.identity,
      checkpoint: this.parts.checkpoints.cited(),
    };
  }

  /** Through whom: as the act says where that is a member, else in person, else by any team. */
  async #team(plan: Plan, members: readonly MemberId[]): Promise<ItemHeader['team']> {
    const { self, library } = this.parts;
    const wished = [plan.act.as, self.member(), ...(await self.groups()).map(teamMember)];
    const member = wished.find((one) => members.includes(one)) ?? plan.act.as;
    const ref = memberRef(member);
    if (ref.type === 'person') return null;
    const state = plan.team(ref.team) ?? (await library.book(ref.team)).state;
    if (state === null) throw new Fault('no-such-circle', 'the acting team is not known yet');
    return { circle: ref.team, head: state.membersHead };
  }
}

/**
 * Teams and sectors first: whatever seals to one of them cites it as this very act leaves it.
 */
function inOrder(desks: Iterable<Desk>): NewItem[] {
  const isNested = (desk: Desk): boolean => ['team', 'sector'].includes(desk.present().kind);
  const all = [...desks];
  const sorted = [...all.filter(isNested), ...all.filter((desk) => !isNested(desk))];
  return sorted.flatMap((desk) => desk.items);
}

/** Counters set aside at once: no act writes more items than this into one circle. */
const SET_ASIDE = 256;

/** What no reader would open must not be sealed: once it is sent, nobody can mend it. */
function mustOpen(kind: EntryKind, body: unknown): void {
  const { error } = kind.body.safeParse(body);
  if (error === undefined) return;
  const isTooLong = error.issues.some(({ code }) => code === 'too_big');
  throw new Problem(isTooLong ? 'request_too_large' : 'item_invalid', 'body');
}

function resolved(plan: Plan, facts: EntryStep['facts']): Record<string, unknown> {
  const entries = Object.entries(facts).map(([name, value]) => {
    const isRef = typeof value === 'string' && value.startsWith('@');
    return [name, isRef ? circleOf(plan.created, value as CircleRef) : value];
  });
  return Object.fromEntries(entries) as Record<string, unknown>;
}
