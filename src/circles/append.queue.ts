/**
 * Group commit: single entries that arrive while a group runs share the next transaction, at most
 * 64 items. A few groups run at once; none waits for another's circle, because a circle that is in
 * a running group is left for the next. The queue is bounded: beyond it, the client retries later.
 */
import { Problem } from '@liaison/contract/errors';
import type { CircleId } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { Injectable } from '@nestjs/common';
import { type Appended, AppendTransaction, type Outcome } from './append.transaction.js';
import type { Place } from './placed-item.js';
import { circlesOf, type Submission } from './submission.js';

/**
 * Groups at once in a process. The second is for a first that hangs (on a lock that another process
 * holds, on a slow disk): as long as the first goes on, those that wait for it make one larger
 * group, whose trips to the database they share.
 */
const GROUPS_AT_ONCE = 2;

interface Waiting {
  readonly submission: Submission;
  readonly circles: readonly CircleId[];
  readonly resolve: (places: readonly Place[]) => void;
  readonly reject: (error: unknown) => void;
}

type Listener = (appended: Appended) => void;

/** Whether it may share a transaction: its refusal then concerns nobody else. */
function mayShare({ items, identity }: Submission): boolean {
  return identity === null && items.length === 1 && items[0]?.statement === false;
}

@Injectable()
export class AppendQueue {
  private waiting: Waiting[] = [];
  private readonly busy = new Set<CircleId>();
  private running = 0;
  private alone = 0;
  private timer: NodeJS.Timeout | null = null;
  private soon = false;
  private listener: Listener = () => undefined;

  constructor(private readonly transactions: AppendTransaction) {}

  /** Hears of what became durable, in the order of each circle. */
  onAppended(listener: Listener): void {
    this.listener = listener;
  }

  submit(submission: Submission): Promise<readonly Place[]> {
    if (this.waiting.length + this.alone >= LIMITS.appendQueue.value) {
      return Promise.reject(new Problem('server_busy'));
    }
    if (!mayShare(submission)) return this.runAlone(submission);
    return new Promise((resolve, reject) => {
      const circles = circlesOf(submission.items);
      this.waiting.push({ submission, circles, resolve, reject });
      this.schedule();
    });
  }

  private async runAlone(submission: Submission): Promise<readonly Place[]> {
    this.alone += 1;
    try {
      const appended = await this.transactions.run([submission]);
      this.listener(appended);
      return placesOf(appended.outcomes[0]);
    } finally {
      this.alone -= 1;
    }
  }

  /** At once when nothing runs or a group is full; else the running one may end first. */
  private schedule(): void {
    if (this.waiting.length === 0 || this.running >= GROUPS_AT_ONCE) return;
    const full = this.waiting.length >= LIMITS.groupItems.value;
    if (this.running === 0 || full) this.startSoon();
    else this.timer ??= setTimeout(() => this.start(), LIMITS.groupWaitMs.value);
  }

  /** After the requests that have arrived already: they share the group. */
  private startSoon(): void {
    if (this.soon) return;
    this.soon = true;
    setImmediate(() => {
      this.soon = false;
      this.start();
    });
  }

  private start(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (this.running >= GROUPS_AT_ONCE) return;
    const group = this.take();
    if (group.length === 0) return;
    this.running += 1;
    void this.runGroup(group).finally(() => {
      this.running -= 1;
      for (const { circles } of group) for (const circle of circles) this.busy.delete(circle);
      this.schedule();
    });
  }

  private take(): Waiting[] {
    const group: Waiting[] = [];
    const left: Waiting[] = [];
    for (const one of this.waiting) {
      const free = !one.circles.some((circle) => this.busy.has(circle));
      (free && group.length < LIMITS.groupItems.value ? group : left).push(one);
    }
    for (const { circles } of group) for (const circle of circles) this.busy.add(circle);
    this.waiting = left;
    return group;
  }

  private async runGroup(group: readonly Waiting[]): Promise<void> {
    try {
      const appended = await this.transactions.run(group.map(({ submission }) => submission));
      this.listener(appended);
      group.forEach((one, i) => settle(one, appended.outcomes[i]));
    } catch (error) {
      await this.runApart(group, error);
    }
  }

  /** One of them failed in a way that undid all: each runs again by itself. */
  private async runApart(group: readonly Waiting[], error: unknown): Promise<void> {
    const hopeless = error instanceof Problem && error.code === 'database_unavailable';
    for (const one of group) {
      if (hopeless || group.length === 1) one.reject(error);
      else await this.runAlone(one.submission).then(one.resolve, one.reject);
    }
  }
}

function placesOf(outcome: Outcome | undefined): readonly Place[] {
  if (outcome === undefined) throw new Error('A submission has no outcome.');
  if (!outcome.ok) throw outcome.problem;
  return outcome.places;
}

function settle(one: Waiting, outcome: Outcome | undefined): void {
  try {
    one.resolve(placesOf(outcome));
  } catch (error) {
    one.reject(error);
  }
}
