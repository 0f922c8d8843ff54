/**
 * One process of the server of a care life: the rooms of `src` for handoffs, events and notices as
 * they are, put together by hand as Nest would. It ends at any of its waits; what it waits for then
 * never comes. Only what lies outside the server is replaced: database, queues' store, relay,
 * push services, clock and log.
 */
import 'reflect-metadata';
import { CircleMembers } from '../../../src/circles/circle.members.js';
import { EntryRules } from '../../../src/circles/entry-rule.js';
import { EventIntake } from '../../../src/events/event.intake.js';
import { EventRounds } from '../../../src/events/event.rounds.js';
import { OutboxBell } from '../../../src/events/outbox.bell.js';
import { Outbox } from '../../../src/events/outbox.js';
import { DeadlineRows } from '../../../src/handoffs/deadline.rows.js';
import { HandoffCalls } from '../../../src/handoffs/handoff.calls.js';
import { HandoffRows } from '../../../src/handoffs/handoff.rows.js';
import { IdentityLogs } from '../../../src/devices/identity.logs.js';
import { EmptiedTeams } from '../../../src/handoffs/emptied.teams.js';
import { LeavingRule } from '../../../src/handoffs/leaving.rule.js';
import { HandoffRule } from '../../../src/handoffs/handoff.rule.js';
import { HandoffSweeper } from '../../../src/handoffs/handoff.sweeper.js';
import { HandoffsJobs } from '../../../src/handoffs/handoffs.jobs.js';
import { Holders } from '../../../src/handoffs/holders.js';
import { ItemCalls } from '../../../src/handoffs/item.calls.js';
import { TaskRows } from '../../../src/handoffs/task.rows.js';
import { TaskRule } from '../../../src/handoffs/task.rule.js';
import { MailSender } from '../../../src/notifications/mail.sender.js';
import { NotificationRows } from '../../../src/notifications/notification.rows.js';
import { NotificationsConsumer } from '../../../src/notifications/notifications.consumer.js';
import { NotificationsJobs } from '../../../src/notifications/notifications.jobs.js';
import type { PushKey } from '../../../src/notifications/push.key.js';
import { PushRows } from '../../../src/notifications/push.rows.js';
import { PushSender } from '../../../src/notifications/push.sender.js';
import { SettingsController } from '../../../src/notifications/settings.controller.js';
import { SettingsRows } from '../../../src/notifications/settings.rows.js';
import { Teller } from '../../../src/notifications/teller.js';
import { Clock } from '../../../src/platform/clock/clock.js';
import type { Config, Role } from '../../../src/platform/config/config.js';
import type { Log, LogFields } from '../../../src/platform/logger/log.js';
import { ClockWatch } from '../../../src/platform/database/clock.watch.js';
import { Looks } from '../../../src/platform/queue/looks.js';
import { Queues } from '../../../src/platform/queue/queues.js';
import { Workers } from '../../../src/platform/queue/workers.js';
import type { Outside } from './outside.js';
import type { QueueStore } from './queue.js';
import type { Asker, CareDatabase } from './rows/database.js';
import type { CareTime } from './time.js';

export interface Ground {
  readonly time: CareTime;
  readonly database: CareDatabase;
  readonly queues: QueueStore;
  readonly outside: Outside;
  readonly lines: LogLine[];
}

export interface LogLine {
  readonly level: 'warn' | 'error' | 'info';
  readonly sentence: string;
  readonly fields: LogFields;
  readonly trueAt: number;
}

class WallClock extends Clock {
  constructor(private readonly time: CareTime) {
    super();
  }

  now(): number {
    return this.time.wall();
  }
}

const SETTINGS: unknown = {
  ...{ mode: 'production', publicOrigin: 'https://liaison.test', mailFrom: 'x@liaison.test' },
  ...{ smtpUrl: 'smtp://127.0.0.1:1', pushServices: ['push.example.test'] },
};
/** A push is sealed by real keys elsewhere; what a service says of it is all that matters here. */
const NO_KEY: unknown = {};

const never = (): Promise<never> => new Promise(() => undefined);

export class CareProcess implements Asker {
  alive = true;
  /** Waits until it ends by itself; null: it goes on. */
  fuse: number | null = null;
  readonly ended: Promise<'ended'>;
  /** Rejects where its stores are away as it begins. */
  readonly begun: Promise<void>;
  readonly #settle: () => void;
  readonly rules = new EntryRules();
  readonly database;
  readonly notices;
  readonly settings;
  readonly #looks;
  readonly #queues;

  constructor(
    readonly roles: readonly Role[],
    private readonly ground: Ground,
    private readonly onEnd: (process: CareProcess) => void,
  ) {
    let settle = (): void => undefined;
    this.ended = new Promise((resolve) => {
      settle = () => {
        resolve('ended');
      };
    });
    this.#settle = settle;
    const log = this.#log();
    const clock = new WallClock(ground.time);
    const config = SETTINGS as Config;
    const database = (this.database = ground.database.faceFor(this));
    const backend = ground.queues.backendFor(this);
    const queues = (this.#queues = new Queues(backend, log));
    const workers = new Workers(backend, roles, log);
    const looks = (this.#looks = new Looks(roles, log));
    const rounds = new EventRounds(workers, looks);
    const outbox = new Outbox(new OutboxBell(queues, log));
    const members = new CircleMembers(database, clock);
    const holders = new Holders(database, members);
    const deadlines = new DeadlineRows();
    const handoffs = new HandoffRows(database, deadlines);
    const calls = new HandoffCalls(members, outbox, holders);
    this.rules.register(new HandoffRule(handoffs, calls));
    const tasks = new TaskRows(deadlines);
    const emptied = new EmptiedTeams(calls, members);
    this.rules.register(new TaskRule(tasks, new ItemCalls(handoffs, calls)));
    this.rules.register(new LeavingRule(handoffs, tasks, calls, emptied));
    this.rules.register(holders);
    const notices = (this.notices = new NotificationRows(database));
    const settings = new SettingsRows(database);
    this.settings = new SettingsController(database, members, settings, notices, clock);
    const sweeper = new HandoffSweeper(database, outbox, deadlines, handoffs, calls, members);
    const jobs = [
      new HandoffsJobs(looks, new ClockWatch(database, log), sweeper),
      new NotificationsJobs(
        ...([rounds, workers, queues, looks] as const),
        new NotificationsConsumer(new EventIntake(database, log), notices, settings),
        this.#mails(new MailSender(config, database, clock, log)),
        notices,
        new Teller(database, settings),
        this.#pushes(
          new PushSender(
            ...([config, database, new PushRows(database), settings] as const),
            ...([NO_KEY as PushKey, new IdentityLogs(), clock, log] as const),
          ),
        ),
      ),
    ];
    this.begun = this.#start(jobs, workers);
  }

  /** As a process that begins while its stores are away: it tries until they are there. */
  async #start(jobs: readonly { onModuleInit(): Promise<void> | void }[], workers: Workers) {
    for (const job of jobs) await job.onModuleInit();
    workers.onApplicationBootstrap();
    this.#looks.onApplicationBootstrap();
  }

  /** A power cut: nothing of it is finished. */
  end(): void {
    if (!this.alive) return;
    this.alive = false;
    this.#settle();
    void this.#looks.beforeApplicationShutdown();
    void this.#queues.onApplicationShutdown();
    this.onEnd(this);
  }

  goesOn(): boolean {
    if (!this.alive) return false;
    if (this.fuse === null) return true;
    this.fuse -= 1;
    if (this.fuse > 0) return true;
    this.fuse = null;
    this.end();
    return false;
  }

  #log(): Log {
    const { lines, time } = this.ground;
    const at = (level: LogLine['level']) => (sentence: string, fields: LogFields) => {
      if (this.alive) lines.push({ level, sentence, fields, trueAt: time.now() });
    };
    const none = (): void => undefined;
    const log: unknown = { debug: none, info: at('info'), warn: at('warn'), error: at('error') };
    return log as Log;
  }

  async #waited<T>(work: () => Promise<T>): Promise<T> {
    // Between two of its waits it may have ended by another of them.
    if (!this.alive) return never();
    const result = await this.ground.database.aside(work);
    return this.goesOn() ? result : never();
  }

  #mails(sender: MailSender): MailSender {
    type Letter = { readonly messageId: string; readonly to: string };
    const sendMail = ({ messageId, to }: Letter): Promise<void> =>
      this.#waited(() => this.ground.outside.mail(messageId, to));
    return Object.assign(sender, { transport: { sendMail } });
  }

  #pushes(sender: PushSender): PushSender {
    const post = ({ id }: { id: string }, { endpoint }: { endpoint: string }): Promise<number> =>
      this.#waited(() => this.ground.outside.push(id, endpoint));
    return Object.assign(sender, { post });
  }
}
