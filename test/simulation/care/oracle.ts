/**
 * What a care life promised and did. It folds the entries again, as every client does, and holds
 * against them what was fired, who was called, what they were told and what reached the world
 * outside; it reads no row that the server's rules decide by.
 */
import { type Deadline, handoffDeadlines, taskDeadlines } from '@liaison/contract/deadline-rules';
import { DRAFT, type HandoffState, stepHandoff } from '@liaison/contract/handoff-rules';
import type { CircleId } from '@liaison/contract/ids';
import type { ItemHeader } from '@liaison/contract/item';
import { takersOf } from '@liaison/contract/handoff-state';
import { leaveHandoff, leaversIn, leaveTask } from '@liaison/contract/leaving-rules';
import { isTaskStep, presentIn, stepTask, type TaskState } from '@liaison/contract/task-rules';
import type { CareLife, Taken } from './life.js';
import { doublesInApp, doublesOutside, sentAgain } from './doubles.js';
import type { FiredRow } from './rows/tables.js';

const PROMISED_MS = 60_000;
/** Longer than from any due instant to the coordinators. */
const LONG_MS = 3 * 86_400_000;

export const FAULTS = [
  'silent',
  'late',
  'early',
  'unlogged',
  'doubled-in-app',
  'doubled-outside',
  'refolded',
  'mistakes',
] as const;
export type FaultName = (typeof FAULTS)[number];
export type Faults = Readonly<Record<FaultName, readonly string[]>>;

export interface CareVerdict {
  readonly faults: Faults;
  readonly fired: number;
  /** Of those, to coordinators. */
  readonly escalations: number;
  readonly jumps: number;
  readonly latestMs: number;
  readonly tellings: number;
  readonly sent: number;
  readonly resent: number;
}

/** One deadline that stood from one instant until another, as the entries say. */
interface Standing extends Deadline {
  readonly circle: CircleId;
  readonly from: number;
  to: number;
}

const keyOf = (circle: CircleId, { subject, level, at, member }: Deadline): string =>
  [circle, subject, level, at, member].join(' ');

class Judge {
  readonly faults: Record<FaultName, string[]> = {
    ...{ silent: [], late: [], early: [], unlogged: [] },
    ...{ 'doubled-in-app': [], 'doubled-outside': [], refolded: [], mistakes: [] },
  };
  readonly #standing = new Map<CircleId, Map<string, Standing>>();
  readonly #all: Standing[] = [];
  #latestMs = 0;

  constructor(private readonly life: CareLife) {}

  judge(): CareVerdict {
    const { life } = this;
    const { tables } = life.database;
    this.faults.mistakes.push(...life.mistakes);
    this.#fold();
    const fired = tables.fired.all();
    for (const one of this.#all) this.#mustFire(one, fired);
    for (const one of fired) this.#judgeFired(one);
    this.#judgeNotices();
    this.faults['doubled-in-app'].push(...doublesInApp(tables));
    this.faults['doubled-outside'].push(...doublesOutside(tables));
    this.#judgeLog();
    const { resent, doubles } = sentAgain(life.outside.sent);
    this.faults['doubled-outside'].push(...doubles);
    return {
      faults: this.faults,
      fired: fired.length,
      escalations: fired.filter(({ level }) => level === 'coordinator').length,
      jumps: life.time.shifts.length - 1,
      latestMs: this.#latestMs,
      tellings: tables.told.all().length,
      sent: life.outside.sent.length,
      resent,
    };
  }

  /** The entries once more, in their order, by the contract's own rules. */
  #fold(): void {
    const handoffs = new Map<CircleId, HandoffState>();
    const files = new Map<CircleId, Map<string, TaskState>>();
    const ordered = [...this.life.taken].sort(([a], [b]) => a - b).map(([, one]) => one);
    for (const one of ordered) {
      if (one.kind === 'handoff') this.#stepHandoff(handoffs, one);
      if (one.kind === 'file') this.#stepFile(files, one);
    }
    for (const [circle, state] of handoffs) this.#mustHaveReached(circle, state);
  }

  /**
   * Whatever the rules of deadlines say: what was asked, and nobody took by the end of so long a
   * life, has come before a coordinator.
   */
  #mustHaveReached(circle: CircleId, state: HandoffState): void {
    if (state.phase !== 'sent' || takersOf(state).length > 0) return;
    const asked = [...Object.values(state.addressees), ...Object.values(state.absentees ?? {})];
    const last = Math.max(...asked.map(({ due }) => due));
    if (this.life.time.wall() < last + LONG_MS) return;
    const fired = this.life.database.tables.fired.all();
    const isRaised = fired.some((one) => one.circle === circle && one.level === 'coordinator');
    if (!isRaised) this.faults.silent.push(`${circle}: nobody took it, and no coordinator knows`);
  }

  #stepHandoff(handoffs: Map<CircleId, HandoffState>, one: Taken): void {
    const standing = handoffs.get(one.circle) ?? DRAFT;
    const before = leaveHandoff(standing, leaversIn(headerOf(one)), one.at);
    const verdict = stepHandoff(before, headerOf(one), one.actor);
    if (!verdict.ok) {
      this.faults.refolded.push(`${one.step}: ${verdict.why}`);
      return;
    }
    handoffs.set(one.circle, verdict.state);
    this.#stand(one.circle, handoffDeadlines(verdict.state), one.trueAt);
  }

  #stepFile(files: Map<CircleId, Map<string, TaskState>>, one: Taken): void {
    const tasks = files.get(one.circle) ?? new Map<string, TaskState>();
    files.set(one.circle, tasks);
    if (isTaskStep(one.step)) {
      const { task } = one.facts as { readonly task: string };
      const verdict = stepTask(tasks.get(task), tasks.size, headerOf(one), one.actor);
      if (!verdict.ok) {
        this.faults.refolded.push(`${one.step}: ${verdict.why}`);
        return;
      }
      tasks.set(task, verdict.task);
    }
    const leavers = leaversIn(headerOf(one));
    for (const [id, task] of tasks) tasks.set(id, leaveTask(task, leavers, one.at));
    const present = presentIn(one.members);
    const deadlines = [...tasks.values()].flatMap((task) => taskDeadlines(task, present));
    this.#stand(one.circle, deadlines, one.trueAt);
  }

  /** From then on these deadlines stand in that circle, and no others. */
  #stand(circle: CircleId, deadlines: readonly Deadline[], trueAt: number): void {
    const before = this.#standing.get(circle) ?? new Map<string, Standing>();
    const now = new Map<string, Standing>();
    for (const one of deadlines) {
      const key = keyOf(circle, one);
      const kept = before.get(key) ?? { ...one, circle, from: trueAt, to: Infinity };
      if (!before.has(key)) this.#all.push(kept);
      now.set(key, kept);
    }
    for (const [key, one] of before) if (!now.has(key)) one.to = trueAt;
    this.#standing.set(circle, now);
  }

  /** Until when it is on time, whatever was away meanwhile. */
  #promised(from: number): number {
    let start = from;
    for (const { from: gone, to } of this.life.away) {
      if (gone <= start + PROMISED_MS && to > start) start = to;
    }
    return start + PROMISED_MS;
  }

  #mustFire(one: Standing, fired: readonly FiredRow[]): void {
    const end = Math.min(one.to, this.life.time.now());
    if (this.#waitedMs(one.at, one.from, end) <= PROMISED_MS) return;
    const isFired = fired.some(
      (row) =>
        row.circle === one.circle &&
        row.subject === one.subject &&
        row.level === one.level &&
        row.due === one.at &&
        row.member === one.member &&
        row.firedTrue >= one.from,
    );
    if (!isFired) this.faults.silent.push(`${one.level} of ${one.subject} never fired`);
  }

  #judgeFired(one: FiredRow): void {
    const { time } = this.life;
    const due = time.whenWall(one.due, one.armedAt);
    const what = `${one.level} of ${one.subject}`;
    if (due === null || one.firedTrue < due) {
      this.faults.early.push(`${what}: before its instant on any clock`);
      return;
    }
    const waitedMs = this.#waitedMs(one.due, one.armedAt, one.firedTrue);
    this.#latestMs = Math.max(this.#latestMs, waitedMs);
    if (waitedMs > PROMISED_MS) this.faults.late.push(`${what}: ${waitedMs} ms late`);
    this.#mustNotBeEarly(one, what);
    this.#mustReach(one, what);
  }

  /**
   * The longest that it was due while service and database were there. Rows fall due by the
   * database's clock: where that was put back before anybody could look, nothing is due until it
   * says so again; what was due for long before it was put back, or before an outage, stays late.
   */
  #waitedMs(wall: number, from: number, end: number): number {
    let longest = 0;
    for (const span of this.life.time.saying(wall, from, end)) {
      let start = span.from;
      for (const gone of this.life.away) {
        if (gone.to <= start || gone.from >= span.to) continue;
        longest = Math.max(longest, gone.from - start);
        start = gone.to;
      }
      longest = Math.max(longest, span.to - start);
    }
    return longest;
  }

  /** By the clocks as they were when it was armed: early by no more than they jumped since. */
  #mustNotBeEarly(one: FiredRow, what: string): void {
    const { shifts } = this.life.time;
    const shiftAt = (at: number): number => shifts.findLast(({ from }) => from <= at)?.byMs ?? 0;
    const meant = one.due - shiftAt(one.armedAt);
    const jumpedMs = shiftAt(one.firedTrue) - shiftAt(one.armedAt);
    const jumped = Math.max(
      0,
      jumpedMs,
      ...shifts
        .filter(({ from }) => from > one.armedAt && from <= one.firedTrue)
        .map(({ byMs }) => byMs - shiftAt(one.armedAt)),
    );
    if (meant - one.firedTrue > jumped) {
      this.faults.early.push(`${what}: ${meant - one.firedTrue} ms early`);
    }
  }

  /** Everybody behind the one who is late, or who coordinates, has it before them in the app. */
  #mustReach(one: FiredRow, what: string): void {
    const { noticed } = this.life.database.tables;
    const reasons =
      one.level === 'opens'
        ? ['handoff-offered']
        : one.level === 'coordinator'
          ? ['team-late']
          : ['handoff-late', 'item-late'];
    const until = this.#promised(one.firedTrue);
    if (until > this.life.time.now()) return;
    const said = noticed
      .all()
      .filter(
        ({ reason, trueAt }) =>
          reasons.includes(reason) && trueAt >= one.firedTrue && trueAt <= until,
      );
    const missing = one.behind.filter((person) => !said.some((row) => row.person === person));
    // Who holds a team's duty is asked for all of it.
    const isHeld = one.level === 'opens' && missing.length < one.behind.length;
    if (missing.length > 0 && !isHeld && one.level !== 'opens') {
      this.faults.silent.push(`${what}: ${missing.join(', ')} never heard`);
    }
    if (one.level === 'coordinator' && one.behind.length === 0) {
      this.faults.silent.push(`${what}: there is no coordinator`);
    }
  }

  #judgeNotices(): void {
    const { time, database } = this.life;
    const { notices, mails, pushes, outbox, dead, told } = database.tables;
    const isOver = (wall: number, from: number): boolean => {
      const due = time.whenWall(wall, from);
      return due !== null && this.#promised(due) < time.now();
    };
    const begun = this.life.plan.begins;
    for (const { person, reason, tellAt, plannedAt } of notices.all()) {
      if (tellAt === null || !isOver(tellAt, plannedAt)) continue;
      this.faults.silent.push(`${reason} to ${person} is not told`);
    }
    for (const { id, sentAt, refusal, nextAt } of [...mails.all(), ...pushes.all()]) {
      if (sentAt !== null || refusal !== null || !isOver(nextAt, begun)) continue;
      this.faults.silent.push(`${id} does not leave`);
    }
    for (const { payload } of [...outbox.all(), ...dead.all()]) {
      this.faults.silent.push(`an event is not heard: ${payload}`);
    }
    for (const { reason, person, trueAt, tellAt, plannedAt } of told.all()) {
      const lateMs = this.#waitedMs(tellAt, plannedAt, trueAt);
      if (lateMs > PROMISED_MS) {
        this.faults.late.push(`${reason} to ${person}: told ${lateMs} ms late`);
      }
    }
  }

  /** A jump that a worker lived through stands in its log, with its size. */
  #judgeLog(): void {
    const { time, lines, away, begun } = this.life;
    const { shifts } = time;
    const troubled = [...away.flatMap(({ from, to }) => [from, to]), ...begun];
    for (const [i, { from, byMs }] of shifts.entries()) {
      const jumpMs = byMs - (shifts[i - 1]?.byMs ?? byMs);
      const isSeen = !troubled.some((at) => Math.abs(at - from) <= PROMISED_MS);
      const isAway = away.some((one) => one.from <= from && one.to >= from);
      const isAlone = shifts.every(
        (one) => one === shifts[i] || Math.abs(one.from - from) > PROMISED_MS,
      );
      if (jumpMs === 0 || !isSeen || isAway || !isAlone) continue;
      const told = lines.filter(({ trueAt }) => trueAt >= from && trueAt <= from + PROMISED_MS);
      const sizes = told.flatMap(({ sentence, fields }) =>
        sentence.includes('clock jumped') ? [Number(fields['byMs'])] : [],
      );
      if (!sizes.some((size) => Math.abs(size - jumpMs) < 1000)) {
        this.faults.unlogged.push(`a jump of ${jumpMs} ms`);
      }
    }
  }
}

function headerOf({ step, kv, at, author, facts }: Taken): ItemHeader {
  const header: unknown = { kind: step, kv, at, author, facts };
  return header as ItemHeader;
}

export const judgeCare = (life: CareLife): CareVerdict => new Judge(life).judge();
