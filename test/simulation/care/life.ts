/**
 * One care life: a server in processes, its database, its queues, the world outside, and what
 * people and troubles do to them, from a seed. What the law of handoffs took is kept in its order,
 * with the true instant, for the oracle.
 */
import type { CircleKind } from '@liaison/contract/circle';
import type { CircleState } from '@liaison/contract/circle-rules';
import { Problem } from '@liaison/contract/errors';
import {
  type CircleId,
  type EntryId,
  type MemberId,
  memberRef,
  type PersonId,
} from '@liaison/contract/ids';
import type { AppendedItem } from '../../../src/circles/entry-rule.js';
import { Chance } from '../chance.js';
import { Outside } from './outside.js';
import type { CareAct, CarePlan } from './plan.js';
import { CareProcess, type Ground, type LogLine } from './process.js';
import { QueueStore } from './queue.js';
import { CareDatabase } from './rows/database.js';
import { type CareTables, uuidOf } from './rows/tables.js';
import { CareTime } from './time.js';
import { type CareWorld, makeWorld } from './world.js';

/**
 * A step that somebody's device has signed: it is sent until the server has taken or refused it.
 */
export interface Step {
  readonly id: EntryId;
  readonly circle: CircleId;
  readonly kind: CircleKind;
  readonly linked: CircleId | null;
  readonly step: string;
  readonly kv: number;
  readonly at: number;
  readonly actor: MemberId;
  readonly author: PersonId;
  readonly facts: AppendedItem['facts'];
  /** What the statements of circles do with it, in the same transaction. */
  readonly also: ((rows: CareTables) => void) | null;
}

/** One that the server has taken, with who was in its circle then. */
export interface Taken extends Step {
  readonly trueAt: number;
  readonly members: ReadonlyMap<MemberId, { readonly role: string }>;
}

interface Away {
  readonly from: number;
  to: number;
}

type Do = (life: CareLife, chance: Chance) => Promise<void> | void;
export type Deeds = Readonly<Record<CareAct['name'], Do>>;

const AGAIN_MS = 15_000;
/** Within this, every worker has looked. */
const SEEN_MS = 12_000;
const SHAPES = {
  one: [['api', 'worker']],
  each: [['api'], ['worker']],
  two: [['api'], ['api'], ['worker'], ['worker']],
} as const;
const DAY_MS = 86_400_000;
/** Beyond every deadline, digest and weekend of what was begun. */
const AFTERLIFE_MS = 12 * DAY_MS;

export class CareLife {
  readonly time: CareTime;
  readonly database: CareDatabase;
  readonly queues: QueueStore;
  readonly outside: Outside;
  readonly world: CareWorld;
  readonly lines: LogLine[] = [];
  /** By place. */
  readonly taken = new Map<number, Taken>();
  readonly mistakes: string[] = [];
  refused = 0;
  /** When nobody could have raised anything: no worker, or no database. */
  readonly away: Away[] = [];
  /** When processes began. */
  readonly begun: number[] = [];
  readonly #ground: Ground;
  readonly #reasons = new Set<string>();
  #processes: CareProcess[] = [];
  #numbers = 0;
  #places = 0;
  #isOver = false;
  #known: { readonly version: number; readonly wall: number } | null = null;

  constructor(
    readonly plan: CarePlan,
    private readonly chance: Chance,
  ) {
    this.time = new CareTime(plan.begins);
    this.time.rule();
    this.database = new CareDatabase(this.time);
    this.queues = new QueueStore(this.time);
    this.outside = new Outside(this.time);
    const { time, database, queues, outside, lines } = this;
    this.#ground = { time, database, queues, outside, lines };
    this.world = makeWorld(database.tables, outside, plan.begins, chance);
    for (let i = SHAPES[plan.shape].length; i > 0; i--) this.#begin(i - 1);
  }

  async play(deeds: Deeds): Promise<void> {
    try {
      await this.#play(deeds);
    } catch (error) {
      this.mistake('time', error);
    }
    this.#isOver = true;
    for (const one of this.#processes) one.end();
    for (const one of this.away) one.to = Math.min(one.to, this.time.now());
  }

  async #play(deeds: Deeds): Promise<void> {
    for (const act of this.plan.acts) {
      await this.#until(this.plan.begins + act.atMs);
      const work = async (): Promise<void> => deeds[act.name](this, new Chance(act.chance));
      work().catch((error: unknown) => this.mistake(act.name, error));
    }
    // Every trouble ends: what waits then is what would wait for ever.
    await this.#until(this.time.now() + DAY_MS);
    this.calm();
    await this.#until(this.time.now() + AFTERLIFE_MS);
  }

  calm(): void {
    this.outside.relay = 'takes';
    this.database.fuse = null;
    for (const one of this.#processes) one.fuse = null;
  }

  processes(role: 'api' | 'worker'): CareProcess[] {
    return this.#processes.filter((one) => one.alive && one.roles.includes(role));
  }

  uuid() {
    return uuidOf(0x100000 + this.#numbers++);
  }

  circle(what: string): CircleId {
    const name = `${what}${this.#numbers++}`;
    return `${name}${'A'.repeat(43 - name.length)}` as CircleId;
  }

  entryId(): EntryId {
    const digits = (this.#numbers++).toString(16).padStart(12, '0');
    return `00000000-0000-7000-8000-${digits}` as EntryId;
  }

  membersOf(circle: CircleId): Map<MemberId, { readonly role: string }> {
    return new Map(this.database.tables.members.of(circle).map((one) => [one.member, one]));
  }

  /** Somebody who speaks for that member now; null where nobody is left. */
  voiceOf(member: MemberId, chance: Chance): PersonId | null {
    const ref = memberRef(member);
    if (ref.type === 'person') return ref.person;
    return chance.pick(this.database.tables.behind([member])) ?? null;
  }

  /** Sends it until an answer comes, as a device's outbox does. */
  async submit(step: Step): Promise<boolean> {
    for (;;) {
      const process = this.chance.pick(this.processes('api'));
      const answer = process === undefined ? 'again' : await this.#ask(process, step);
      if (answer === 'taken') return true;
      if (answer === 'refused') {
        this.refused += 1;
        return false;
      }
      await this.time.pause(AGAIN_MS);
    }
  }

  async #ask(process: CareProcess, step: Step): Promise<'taken' | 'refused' | 'again'> {
    try {
      return await Promise.race([
        this.#append(process, step),
        process.ended.then(() => 'again' as const),
      ]);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return error.code === 'database_unavailable' ? 'again' : 'refused';
    }
  }

  async #append(process: CareProcess, step: Step): Promise<'taken'> {
    const { tables } = this.database;
    await process.database.transaction(async (on) => {
      if (tables.entries.get(step.circle, step.id) !== undefined) return;
      const k = this.#places++;
      step.also?.(tables);
      const members = this.membersOf(step.circle);
      await process.rules.apply(on, [itemOf(step, k, members)]);
      tables.entries.put(step.circle, step.id, { order: k });
      this.#note({ ...step, trueAt: this.time.now(), members }, k);
    });
    return 'taken';
  }

  /** Kept with the row: what is undone was never taken. */
  #note(step: Taken, k: number): void {
    this.taken.set(k, step);
    this.database.tables.journal.note(() => this.taken.delete(k));
  }

  /** What somebody asks for once: an answer, a refusal, or none where the process ends. */
  async tried(process: CareProcess, work: Promise<unknown>): Promise<void> {
    try {
      await Promise.race([work, process.ended]);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
  }

  mistake(where: string, error: unknown): void {
    const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.mistakes.push(`${where}: ${said}`);
  }

  /** Whether nobody can raise anything now, for the reason of that name. */
  note(reason: string, isAway: boolean): void {
    const was = this.#reasons.size > 0;
    if (isAway) this.#reasons.add(reason);
    else this.#reasons.delete(reason);
    const is = this.#reasons.size > 0;
    if (is && !was) this.away.push({ from: this.time.now(), to: Infinity });
    const last = this.away.at(-1);
    if (was && !is && last !== undefined) last.to = this.time.now();
  }

  endProcess(process: CareProcess, restMs: number): void {
    this.#rests.set(process, restMs);
    process.end();
  }

  readonly #rests = new Map<CareProcess, number>();

  #begin(place: number): void {
    const roles = SHAPES[this.plan.shape][place] ?? ['api'];
    const process = new CareProcess(roles, this.#ground, (ended) => this.#ended(ended, place));
    this.#processes.push(process);
    this.begun.push(this.time.now());
    process.begun.catch(() => process.end());
    if (process.roles.includes('worker')) this.note('workers', false);
  }

  #ended(process: CareProcess, place: number): void {
    this.outside.troubles += 1;
    this.#processes = this.#processes.filter((one) => one !== process);
    if (this.processes('worker').length === 0) this.note('workers', true);
    if (this.#isOver) return;
    const restMs = this.#rests.get(process) ?? this.chance.between(1000, 180_000);
    this.time.after(restMs, () => this.#begin(place));
  }

  #until(end: number): Promise<void> {
    return this.time.until(end, () => this.#due());
  }

  /** The true instant at which a look would find something; long ago where it would now. */
  #due(): number {
    // Whoever looks soon after a beginning, an outage or a jump finds that.
    const back = this.away.at(-1)?.to ?? 0;
    const changes = [this.time.shifts.at(-1)?.from ?? 0, this.begun.at(-1) ?? 0];
    const jumped = Math.max(...changes, Number.isFinite(back) ? back : 0);
    if (this.time.now() - jumped < SEEN_MS) return this.time.now();
    if (this.#known?.version !== this.database.version) {
      this.#known = { version: this.database.version, wall: this.#dueWall() };
    }
    return this.#known.wall - this.time.shiftMs();
  }

  #dueWall(): number {
    const { tables } = this.database;
    let wall = Infinity;
    const at = (one: number | null): void => {
      if (one !== null && one < wall) wall = one;
    };
    for (const { againAt } of tables.outbox.all()) at(againAt ?? 0);
    for (const { firedAt, due } of tables.deadlines.all()) if (firedAt === null) at(due);
    for (const { tellAt } of tables.notices.all()) at(tellAt);
    for (const rows of [tables.mails, tables.pushes]) {
      for (const one of rows.all()) {
        if (one.sentAt === null && one.refusal === null) at(one.nextAt);
      }
    }
    return wall;
  }
}

/** As the law of the circle hands it to the rules: only what they look at. */
function itemOf(step: Step, k: number, members: Taken['members']): AppendedItem {
  const { id, circle, kind, linked, at, actor, author, facts, kv } = step;
  const header: unknown = { v: 1, kind: step.step, kv, id, circle, author, at, facts };
  const state: unknown = { circle, kind, linked, members };
  return {
    ...{ circle, kind, k, facts, actor, at },
    h: '' as AppendedItem['h'],
    header: header as AppendedItem['header'],
    state: state as CircleState,
    announce: () => undefined,
  };
}
