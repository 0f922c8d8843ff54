/**
 * Acts on their way to the server. An act is kept before anything else happens to it, leaves when
 * the server's receipts are kept, and in between survives crashes and days offline. A lane's acts
 * keep their order. What may have reached the server is sent again byte for byte; only after a
 * refusal is it signed again, and only a few times.
 */
import { type ErrorCode, Problem } from '@liaison/contract/errors';
import type { Profession } from '@liaison/contract/profession';
import { LIMITS } from '@liaison/contract/limits';
import { isAway } from '../away.js';
import type { Change } from '../face.js';
import { Fault } from '../fault.js';
import type { Ground } from '../ground.js';
import type { Transaction } from '../store/store.js';
import type { Act, DoneAct, SignedAct, WaitingAct } from './act.js';

/** What the outbox needs of the rest: to sign an act as of now, to send it, to catch up. */
export interface Carrier {
  /** In which the person acts now. */
  role(): Profession;
  sign(act: Act): Promise<SignedAct>;
  send(act: Act, signed: SignedAct): Promise<DoneAct>;
  /** Reads again what a refusal says has moved. */
  refresh(act: Act): Promise<void>;
  /** In the transaction that takes the act out of the outbox. */
  settled(tx: Transaction, act: Act): Promise<void>;
  /** What screens read again when an act enters the outbox, leaves it or is refused. */
  touched(act: Act): readonly Change[];
}

/** Refusals that say "sign again on what is true by now". */
const SIGN_AGAIN: readonly ErrorCode[] = [
  'members_moved',
  'epoch_stale',
  'epoch_not_due',
  'head_unknown',
  'counter_reused',
  'copies_mismatch',
  'identity_head_moved',
  // Swept while it waited: the file is sent again with the act.
  'attachment_incomplete',
];

type Outcome = { resolve: (done: DoneAct) => void; reject: (error: unknown) => void };

const actKey = (no: number): string => `act/${String(no).padStart(12, '0')}`;

/** What somebody wrote stays after a refusal, for another try; a button is simply pressed again. */
const isKept = (act: Act): boolean =>
  act.draft !== undefined ||
  act.steps.some((step) => step.do === 'entry' && step.kind === 'message.posted');

export class Outbox {
  readonly #waiting = new Map<number, WaitingAct>();
  readonly #outcomes = new Map<string, Outcome[]>();
  readonly #running = new Set<string>();
  #next = 1;
  #pauseMs = LIMITS.outboxPauseMs.value;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #closed = false;

  constructor(
    private readonly ground: Ground,
    private readonly carrier: Carrier,
  ) {}

  async open(): Promise<void> {
    for (const [, act] of await this.ground.store.scan<WaitingAct>('outbox', 'act/')) {
      this.#waiting.set(act.no, act);
      this.#next = Math.max(this.#next, act.no + 1);
    }
  }

  waiting(): WaitingAct[] {
    return [...this.#waiting.values()];
  }

  /** Keeps the act; resolves when the server took it, rejects when it is refused for good. */
  async submit(act: Act): Promise<DoneAct> {
    // Nobody would ever settle it: whoever waited for that would keep a closing client open.
    if (this.#closed) throw new Fault('offline', 'this client was closed');
    const outcome = this.outcomeOf(act.id);
    await this.put(act);
    return outcome;
  }

  /** Keeps the act, once, and returns: what becomes of it shows in the views. */
  async put(act: Act): Promise<void> {
    if (!this.waiting().some((known) => known.id === act.id)) {
      const since = this.ground.clock();
      await this.#keep({
        role: this.carrier.role(),
        ...act,
        no: this.#next++,
        since,
        attempts: 0,
        signed: null,
        refusal: null,
      });
    }
    this.#tell(act);
    this.run();
  }

  /** Settles as the act does, after whichever restart. */
  outcomeOf(id: string): Promise<DoneAct> {
    const outcome = new Promise<DoneAct>((resolve, reject) => {
      this.#outcomes.set(id, [...(this.#outcomes.get(id) ?? []), { resolve, reject }]);
    });
    // Whoever asked for the outcome hears of a refusal; the others read it in the views.
    outcome.catch(() => undefined);
    return outcome;
  }

  /** Tries a refused act again. */
  async retry(id: string): Promise<void> {
    const act = this.waiting().find((one) => one.id === id);
    if (act === undefined) return;
    await this.#keep({ ...act, attempts: 0, signed: null, refusal: null });
    this.#tell(act);
    this.run();
  }

  /** The keys that signed what waits are ours no more: it is signed again when it leaves. */
  async unsign(): Promise<void> {
    for (const act of this.waiting()) {
      await this.#keep({ ...act, attempts: 0, signed: null, refusal: null });
    }
  }

  /** Forgets a refused act: whoever made it makes another instead. */
  async drop(id: string): Promise<void> {
    const act = this.waiting().find((one) => one.id === id && one.refusal !== null);
    if (act !== undefined) await this.#forget(act);
  }

  /** Goes on with every lane, at once: the server may be there again. */
  run(): void {
    if (this.#closed) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    for (const lane of new Set(this.waiting().map((act) => act.lane))) void this.#runLane(lane);
  }

  close(): void {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  /** Whoever still waits for an outcome hears that it comes another day: the act stays kept. */
  part(): void {
    const away = new Fault('offline', 'this client was closed');
    for (const id of [...this.#outcomes.keys()]) {
      this.#takeOutcomes(id).forEach(({ reject }) => reject(away));
    }
  }

  /** Resolves when nothing is on its way: every act is done, refused, or waits for the server. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  async #runLane(lane: string): Promise<void> {
    if (this.#running.has(lane)) return;
    this.#running.add(lane);
    try {
      for (let act = this.#first(lane); act !== undefined; act = this.#first(lane)) {
        await this.#attempt(act);
        this.#pauseMs = LIMITS.outboxPauseMs.value;
      }
    } catch (error) {
      // What is no refusal of the act (a log that does not hold, a full disk) is shown, and the
      // lane tries again ever later: the act is counted once it is refused.
      if (!isAway(error)) this.ground.aside(rethrown(error));
      this.#later();
    } finally {
      this.#running.delete(lane);
    }
  }

  #first(lane: string): WaitingAct | undefined {
    if (this.#closed) return undefined;
    return this.waiting()
      .filter((act) => act.lane === lane && act.refusal === null)
      .sort((a, b) => a.no - b.no)[0];
  }

  async #attempt(act: WaitingAct): Promise<void> {
    try {
      const signed = act.signed ?? (await this.carrier.sign(act));
      if (act.signed === null) await this.#keep({ ...act, signed });
      const done = await this.carrier.send(act, signed);
      await this.#settle(act, done);
    } catch (error) {
      if (isAway(error)) throw error;
      await this.#refused(act, error);
    }
  }

  async #refused(act: WaitingAct, error: unknown): Promise<void> {
    const code = error instanceof Problem ? error.code : null;
    // Statements about oneself are made for one place in the log: whoever wants them makes others.
    const isTooLate = act.identity !== undefined && code === 'identity_head_moved';
    const again = code !== null && SIGN_AGAIN.includes(code) && !isTooLate;
    if (again && act.attempts + 1 < LIMITS.signAttempts.value) {
      await this.#keep({ ...act, attempts: act.attempts + 1, signed: null });
      await this.carrier.refresh(act);
      return;
    }
    if (isKept(act)) await this.#keep({ ...act, signed: null, refusal: code ?? 'item_invalid' });
    else await this.#forget(act);
    this.#tell(act);
    this.#takeOutcomes(act.id).forEach(({ reject }) => reject(error));
  }

  async #settle(act: WaitingAct, done: DoneAct): Promise<void> {
    await this.ground.store.transaction(async (tx) => {
      tx.delete('outbox', actKey(act.no));
      await this.carrier.settled(tx, act);
    });
    this.#waiting.delete(act.no);
    this.#tell(act);
    this.#takeOutcomes(act.id).forEach(({ resolve }) => resolve(done));
  }

  #takeOutcomes(id: string): Outcome[] {
    const outcomes = this.#outcomes.get(id) ?? [];
    this.#outcomes.delete(id);
    return outcomes;
  }

  async #keep(act: WaitingAct): Promise<void> {
    this.#waiting.set(act.no, act);
    await this.ground.store.transaction((tx) => {
      tx.put('outbox', actKey(act.no), act);
    });
  }

  async #forget(act: WaitingAct): Promise<void> {
    this.#waiting.delete(act.no);
    await this.ground.store.transaction((tx) => {
      tx.delete('outbox', actKey(act.no));
    });
  }

  #later(): void {
    this.#timer ??= setTimeout(() => this.run(), this.#pauseMs);
    this.#pauseMs = Math.min(this.#pauseMs * 2, LIMITS.outboxPauseMaxMs.value);
  }

  #tell(act: Act): void {
    this.ground.changes.tell({ what: 'connection' }, ...this.carrier.touched(act));
  }
}

/** As a work that failed: whoever is told of works that nobody waits for shows it. */
async function rethrown(error: unknown): Promise<never> {
  throw error;
}
