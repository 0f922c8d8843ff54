/** What people of a care life do, with what stands by then. What the law refuses is counted. */
import { HANDOFF_KIND_TABLE } from '@liaison/contract/handoff-kinds';
import type { AskedKind, Urgency } from '@liaison/contract/handoff';
import type { AddresseePhase, HandoffState } from '@liaison/contract/handoff-state';
import {
  type CircleId,
  type MemberId,
  type PersonId,
  personMember,
  teamMember,
} from '@liaison/contract/ids';
import { isTaskOver, type TaskState } from '@liaison/contract/task-rules';
import { rememberCaller } from '../../../src/identity/caller.js';
import type { Chance } from '../chance.js';
import type { CareLife, Step } from './life.js';
import type { CareAct, DEEDS } from './plan.js';
import { type CareTables, stateOf, taskOf } from './rows/tables.js';
import { settingsFor } from './world.js';

export type Do = (life: CareLife, chance: Chance) => Promise<void> | void;

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** How far the clock of somebody's device may be off. */
const SKEW_MS = 4 * MINUTE_MS;
const REASON = 'no-capacity';

type Said = Pick<Step, 'circle' | 'kind' | 'step' | 'facts'> &
  Partial<Pick<Step, 'linked' | 'kv' | 'also'>>;

/** Somebody of that member says it; true where the server took it. */
async function say(life: CareLife, chance: Chance, actor: MemberId, said: Said): Promise<boolean> {
  const author = life.voiceOf(actor, chance);
  if (author === null) return false;
  const at = life.time.wall() + chance.between(-SKEW_MS, SKEW_MS);
  const rest = { id: life.entryId(), linked: null, kv: 1, also: null };
  return life.submit({ ...rest, ...said, at, actor, author });
}

function everybody(life: CareLife): MemberId[] {
  const { teams, people } = life.world;
  return [...teams.map(teamMember), ...people.map(personMember)];
}

/** Members of a chain, without the sender. */
function chosen(life: CareLife, chance: Chance, sender: MemberId, most: number): MemberId[] {
  const from = everybody(life).filter((one) => one !== sender);
  const members = new Set<MemberId>();
  for (let i = chance.between(1, most); i > 0; i--) {
    // Teams are asked by default.
    const teams = from.filter((one) => one.startsWith('t.'));
    const one = chance.pick(chance.happens(0.75) ? teams : from);
    if (one !== undefined) members.add(one);
  }
  return [...members];
}

interface Begun {
  readonly handoff: CircleId;
  readonly file: CircleId;
  readonly sender: MemberId;
  readonly members: readonly MemberId[];
}

function begin(life: CareLife, chance: Chance, most: number): Begun {
  const { teams } = life.world;
  const team = chance.happens(0.7) ? teams[0] : chance.pick(teams);
  const sender = teamMember(team ?? life.world.community);
  const members = chosen(life, chance, sender, most);
  return { handoff: life.circle('handoff'), file: life.circle('file'), sender, members };
}

/** Both circles, as the sender's device makes them with the offer. */
function opened(life: CareLife, { handoff, file, sender, members }: Begun) {
  const { community } = life.world;
  return (rows: CareTables): void => {
    for (const circle of [handoff, file]) {
      rows.circles.put(circle, '', { community });
      rows.members.put(circle, sender, { circle, member: sender, role: 'admin' });
      for (const member of members)
        rows.members.put(circle, member, { circle, member, role: 'writer' });
    }
  };
}

const URGENCIES = ['routine', 'same-day', 'urgent'] as const;

function until(life: CareLife, chance: Chance, usualMs: number): number {
  const ms = chance.happens(0.5) ? usualMs : chance.between(MINUTE_MS, 6 * HOUR_MS);
  return life.time.wall() + ms;
}

const discharge: Do = async (life, chance) => {
  const begun = begin(life, chance, 3);
  const { handoff, file, sender, members: addressees } = begun;
  const urgency: Urgency = chance.pick(URGENCIES) ?? 'routine';
  const due = until(life, chance, HANDOFF_KIND_TABLE.discharge.answerMs[urgency]);
  const facts = { file, addressees, urgency, due, supersedes: null };
  const also = opened(life, begun);
  const said = { circle: handoff, kind: 'handoff', linked: file, step: 'handoff.offered' } as const;
  if (!(await say(life, chance, sender, { ...said, facts, also }))) return;
  for (let i = chance.between(0, 3); i > 0; i--) await plan(life, chance, begun);
};

async function plan(life: CareLife, chance: Chance, { file, sender, members }: Begun) {
  const owner = chance.pick([sender, ...members]) ?? sender;
  const due = until(life, chance, 24 * HOUR_MS);
  const facts = { task: life.uuid(), owner, due };
  const said = { circle: file, kind: 'file', step: 'task.planned', kv: 2 } as const;
  await say(life, chance, sender, { ...said, facts });
}

const ask: Do = async (life, chance) => {
  const kinds = ['unscheduled-care', 'admission', 'expert-opinion', 'request'] as const;
  const kind: AskedKind = chance.pick(kinds) ?? 'request';
  const rule = HANDOFF_KIND_TABLE[kind];
  const begun = begin(life, chance, 4);
  const { handoff, file, sender } = begun;
  const members = begun.members.filter((one) =>
    rule.addressees.includes(one.startsWith('t.') ? 'team' : 'person'),
  );
  const urgency: Urgency = chance.pick(URGENCIES) ?? 'routine';
  const stepMs = Math.max(MINUTE_MS, Math.round(rule.answerMs[urgency] / 2));
  let opensAt = life.time.wall();
  const waves = wavesOf(members, rule.waves).map((part) => {
    const wave = { opensAt, due: opensAt + stepMs * 2, members: part };
    opensAt += stepMs;
    return wave;
  });
  if (waves.length === 0) return;
  const template = rule.templated ? 'home-support' : null;
  const facts = { kind, template, file, waves, urgency, supersedes: null };
  const said = { circle: handoff, kind: 'handoff', linked: file, step: 'handoff.asked' } as const;
  await say(life, chance, sender, { ...said, facts, also: opened(life, { ...begun, members }) });
};

/** The first alone, as long as the kind has room for who comes after. */
function wavesOf(members: readonly MemberId[], most: number): MemberId[][] {
  const waves: MemberId[][] = [];
  for (const member of members) {
    if (waves.length < most) waves.push([member]);
    else waves.at(-1)?.push(member);
  }
  return waves;
}

function openHandoffs(life: CareLife): { circle: CircleId; state: HandoffState }[] {
  const rows = life.database.tables.handoffs.all();
  const all = rows.map((row) => ({ circle: row.circle, state: stateOf(row) }));
  return all.filter(({ state }) => state.phase === 'sent');
}

const ANSWERS: Readonly<Partial<Record<AddresseePhase, readonly string[]>>> = {
  offered: ['accepted', 'accepted', 'declined', 'declined'],
  accepted: ['done', 'done', 'declined'],
  declined: ['accepted'],
};

const answer: Do = async (life, chance) => {
  const one = chance.pick(openHandoffs(life));
  if (one === undefined) return;
  const { circle, state } = one;
  const member = chance.pick(Object.keys(state.addressees) as MemberId[]);
  if (member === undefined) return;
  const what = chance.pick(ANSWERS[state.addressees[member]?.phase ?? 'taken'] ?? []);
  if (what === undefined) return;
  const facts = what === 'declined' ? { addressee: member, reason: REASON } : { addressee: member };
  const said = { circle, kind: 'handoff', linked: state.file, step: `handoff.${what}` } as const;
  await say(life, chance, member, { ...said, facts });
};

/** Somebody without an account is named, told by phone, or followed by whoever is here by then. */
const aboutAbsentee: Do = async (life, chance) => {
  const one = chance.pick(openHandoffs(life));
  const sender = one?.state.sender ?? null;
  if (one === undefined || sender === null) return;
  const { circle, state } = one;
  const where = { circle, kind: 'handoff', linked: state.file } as const;
  const absentee = chance.pick(Object.keys(state.absentees ?? {}));
  const due = until(life, chance, HOUR_MS);
  if (absentee === undefined || chance.happens(0.3)) {
    const facts = { absentee: life.uuid(), due };
    await say(life, chance, sender, { ...where, step: 'handoff.awaited', facts });
    return;
  }
  if (chance.happens(0.4)) {
    await say(life, chance, sender, { ...where, step: 'handoff.handed-over', facts: { absentee } });
    return;
  }
  const to = chance.pick(everybody(life).filter((member) => member !== sender));
  if (to === undefined) return;
  const also = (rows: CareTables): void => {
    rows.members.put(circle, to, { circle, member: to, role: 'writer' });
  };
  const facts = { absentee, to, due };
  await say(life, chance, sender, { ...where, step: 'handoff.admitted', facts, also });
};

const reassign: Do = async (life, chance) => {
  const one = chance.pick(openHandoffs(life));
  const sender = one?.state.sender ?? null;
  if (one === undefined || sender === null) return;
  const { circle, state } = one;
  const from = chance.pick(Object.keys(state.addressees));
  const to = chance.pick(everybody(life).filter((member) => member !== state.sender));
  const facts = { from, to, due: until(life, chance, HOUR_MS) };
  const also = (rows: CareTables): void => {
    if (to !== undefined) rows.members.put(circle, to, { circle, member: to, role: 'writer' });
  };
  const said = { circle, kind: 'handoff', linked: state.file, step: 'handoff.reassigned' } as const;
  await say(life, chance, sender, { ...said, facts, also });
};

const ENDS = [
  { step: 'handoff.closed', kv: 2, facts: {} },
  { step: 'handoff.closed', kv: 2, facts: {} },
  { step: 'handoff.cancelled', facts: { reason: 'postponed' } },
  { step: 'handoff.recalled', facts: { reason: 'wrong-patient' } },
] as const;

const end: Do = async (life, chance) => {
  const one = chance.pick(openHandoffs(life));
  const sender = one?.state.sender ?? null;
  if (one === undefined || sender === null) return;
  const { circle, state } = one;
  const said = chance.pick(ENDS) ?? ENDS[0];
  const where = { circle, kind: 'handoff', linked: state.file } as const;
  await say(life, chance, sender, { ...where, ...said });
};

function openTasks(life: CareLife): { circle: CircleId; task: TaskState }[] {
  const { handoffs, tasks } = life.database.tables;
  return handoffs.all().flatMap(({ file }) =>
    tasks
      .of(file)
      .map((row) => ({ circle: file, task: taskOf(row) }))
      .filter(({ task }) => !isTaskOver(task)),
  );
}

const TASK_ANSWERS: Readonly<Partial<Record<TaskState['phase'], readonly string[]>>> = {
  offered: ['accepted', 'accepted', 'declined', 'handed-on'],
  accepted: ['done', 'impossible', 'declined', 'handed-on'],
  declined: ['accepted', 'handed-on', 'handed-on'],
};

const stepItem: Do = async (life, chance) => {
  const one = chance.pick(openTasks(life));
  if (one === undefined) return;
  const { circle, task } = one;
  const what = chance.pick(TASK_ANSWERS[task.phase] ?? []);
  const members = [...life.membersOf(circle).keys()];
  const more: Record<string, object> = {
    declined: { reason: REASON },
    impossible: { reason: 'patient-absent' },
    'handed-on': { owner: chance.pick(members) },
  };
  if (what === undefined) return;
  const facts = { task: task.task, ...more[what] };
  const actor = what === 'handed-on' ? task.planner : task.owner;
  await say(life, chance, actor, { circle, kind: 'file', step: `task.${what}`, facts });
};

/** Somebody is taken out of a circle by whoever keeps it. */
function removed(circle: CircleId, member: MemberId) {
  const also = (rows: CareTables): void => {
    rows.members.delete(circle, member);
  };
  return { circle, step: 'member.removed', facts: { member }, also } as const;
}

const leaveTeam: Do = async (life, chance) => {
  const team = chance.pick(life.world.teams);
  if (team === undefined) return;
  const member = chance.pick([...life.membersOf(team).keys()]);
  if (member === undefined) return;
  await say(life, chance, member, { ...removed(team, member), kind: 'team' });
};

const joinTeam: Do = async (life, chance) => {
  const [team, person] = [chance.pick(life.world.teams), chance.pick(life.world.people)];
  if (team === undefined || person === undefined) return;
  const member = personMember(person);
  const also = (rows: CareTables): void => {
    rows.members.put(team, member, { circle: team, member, role: 'writer' });
  };
  const said = { circle: team, kind: 'team', step: 'member.added' } as const;
  await say(life, chance, member, { ...said, facts: { member }, also });
};

const leaveFile: Do = async (life, chance) => {
  const circle = chance.pick(openTasks(life))?.circle;
  if (circle === undefined) return;
  const members = [...life.membersOf(circle).keys()];
  const member = chance.pick(members);
  // Nobody takes the last one out: a circle has an admin as long as anybody is in it.
  const isKeeper = member !== undefined && life.membersOf(circle).get(member)?.role === 'admin';
  if (member === undefined || members.length < 2) return;
  const next = members.find((one) => one !== member);
  const { also: out, ...said } = removed(circle, member);
  const also = (rows: CareTables): void => {
    out(rows);
    if (isKeeper && next !== undefined)
      rows.members.put(circle, next, { circle, member: next, role: 'admin' });
  };
  await say(life, chance, member, { ...said, kind: 'file', also });
};

const declareHolder: Do = async (life, chance) => {
  const team = chance.pick(life.world.teams);
  const member = team && chance.pick([...life.membersOf(team).keys()]);
  if (team === undefined || member === undefined) return;
  const from = life.time.wall() + chance.between(-HOUR_MS, HOUR_MS);
  const facts = { person: member.slice(2), from, until: from + chance.between(1, 12) * HOUR_MS };
  await say(life, chance, member, { circle: team, kind: 'team', step: 'holder.declared', facts });
};

const read: Do = async (life, chance) => {
  const person = chance.pick(life.world.people);
  const process = chance.pick(life.processes('api'));
  if (person === undefined || process === undefined) return;
  const own = life.database.tables.notices.of(person);
  const ids = own.filter(() => chance.happens(0.7)).map(({ id }) => id);
  await life.tried(process, process.notices.markRead(person, ids, undefined, life.time.wall()));
};

const changeSettings: Do = async (life, chance) => {
  const { people } = life.world;
  const person: PersonId | undefined = chance.pick(people);
  const process = chance.pick(life.processes('api'));
  if (person === undefined || process === undefined) return;
  const request = {};
  const caller = { accountId: '', sessionId: '', role: null, locked: false, professions: [] };
  rememberCaller(request, { ...caller, person } as unknown as Parameters<typeof rememberCaller>[1]);
  // Whom they know is asked elsewhere: here nobody stands in by that way.
  const body = { ...settingsFor(people, person, life.time.wall(), chance), delegate: null };
  type Call = Parameters<typeof process.settings.set>[0];
  const call: unknown = { body, request, params: {}, query: {} };
  await life.tried(process, process.settings.set(call as Call));
};

export const DO: Readonly<Record<Extract<CareAct['name'], keyof typeof DEEDS>, Do>> = {
  discharge,
  ask,
  answer,
  'step-item': stepItem,
  reassign,
  'about-absentee': aboutAbsentee,
  end,
  'leave-team': leaveTeam,
  'join-team': joinTeam,
  'leave-file': leaveFile,
  'declare-holder': declareHolder,
  'read-notices': read,
  'change-settings': changeSettings,
};
