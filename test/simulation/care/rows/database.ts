/**
 * Stands where the processes of a care life expect PostgreSQL: the same statements over rows in
 * memory, transactions one after the other, undone whole when their process ends or the database
 * goes away, at any of their waits. It knows statements by how they begin, and one that it does not
 * know is an error. What two transactions do at one time is shown where PostgreSQL is real.
 */
import { Problem } from '@liaison/contract/errors';
import type {
  Database,
  Parameters,
  Transaction,
} from '../../../../src/platform/database/database.js';
import type { CareTime } from '../time.js';
import { EVENTS } from './event.statements.js';
import { HANDOFFS } from './handoff.statements.js';
import { NOTICES } from './notice.statements.js';
import type { Now, Say } from './say.js';
import { CareTables } from './tables.js';
import { Turn, Turns } from './turns.js';

const ALL: readonly Say[] = [...HANDOFFS, ...EVENTS, ...NOTICES];
const answers = new Map<string, Say[1]>();

function answerOf(sql: string): Say[1] {
  const known = answers.get(sql);
  if (known !== undefined) return known;
  const text = sql.replace(/\s+/g, ' ').trim();
  const found = ALL.find(([beginning]) => text.startsWith(beginning));
  if (found === undefined) throw new Error(`The simulator has no rows for: ${text}`);
  answers.set(sql, found[1]);
  return found[1];
}

/** What a database must know of the process that asks. */
export interface Asker {
  readonly alive: boolean;
  /** Resolves when it ends. */
  readonly ended: Promise<'ended'>;
  /** One wait more; false where it was the last, and the process is no more. */
  goesOn(): boolean;
}

const never = (): Promise<never> => new Promise(() => undefined);

/** As PostgreSQL's driver says it: the real code turns it into what callers get. */
const AWAY = new Problem('database_unavailable');

export class CareDatabase {
  readonly tables = new CareTables();
  /** Statements until it goes away by itself; null: it stays. */
  fuse: number | null = null;
  /** Another one after each statement that could have changed rows. */
  version = 0;
  onFuse: () => void = () => undefined;
  #isAway = false;
  #outages = 0;
  readonly #turns: Turns;

  constructor(private readonly time: CareTime) {
    this.#turns = new Turns(this.tables.journal);
    this.tables.hold = (row) => this.#turns.hold(row);
  }

  goAway(): void {
    this.#isAway = true;
    this.#outages += 1;
  }

  comeBack(): void {
    this.#isAway = false;
  }

  /** As the rooms of one process know it. */
  faceFor(asker: Asker): Database {
    const one = <T>(sql: string, parameters: Parameters = []): Promise<T[]> =>
      this.#take(asker, async () => {
        this.#step();
        return this.#say<T>(sql, parameters);
      });
    const face: unknown = {
      query: one,
      prepared: one,
      transaction: <T>(work: (transaction: Transaction) => Promise<T>): Promise<T> =>
        this.#take(asker, (turn) => this.#attempt(asker, turn, work)),
    };
    return face as Database;
  }

  /** What a transaction asks of the world outside; others go on meanwhile. */
  aside<T>(work: () => Promise<T>): Promise<T> {
    return this.#turns.aside(work);
  }

  async #take<T>(asker: Asker, work: (turn: Turn) => Promise<T>): Promise<T> {
    if (!asker.alive) return never();
    const turn = new Turn();
    await this.#turns.take(turn);
    try {
      if (!asker.goesOn()) throw ENDED;
      return await work(turn);
    } catch (error) {
      if (error !== ENDED) throw error;
      this.#turns.end(turn);
      return await never();
    } finally {
      this.#turns.end(turn);
    }
  }

  async #attempt<T>(
    asker: Asker,
    turn: Turn,
    work: (transaction: Transaction) => Promise<T>,
  ): Promise<T> {
    const actions: (() => void)[] = [];
    const outages = this.#outages;
    this.#step();
    const say = async <R>(sql: string, parameters: Parameters = []): Promise<R[]> => {
      if (!asker.goesOn()) return never();
      this.#step();
      if (this.#outages !== outages) throw AWAY;
      return this.#say<R>(sql, parameters);
    };
    const afterCommit = (action: () => void): void => {
      actions.push(action);
    };
    const { journal } = this.tables;
    journal.begin();
    try {
      const on = { query: say, prepared: say, afterCommit };
      const result = await Promise.race([work(on), asker.ended.then(thrown)]);
      if (!asker.goesOn()) throw ENDED;
      if (this.#outages !== outages) throw AWAY;
      journal.commit();
      if (!asker.goesOn()) throw ENDED;
      // It may go away before it could say that it took it.
      this.#step();
      for (const action of actions) action();
      return result;
    } catch (error) {
      // While it asks outside, what is written now is another's.
      if (turn.outside === 0) journal.rollback();
      this.version += 1;
      throw error;
    }
  }

  /** Any statement may be the last one before it goes away. */
  #step(): void {
    if (this.fuse !== null) {
      this.fuse -= 1;
      if (this.fuse <= 0) {
        this.fuse = null;
        this.onFuse();
      }
    }
    if (this.#isAway) throw AWAY;
  }

  #say<T>(sql: string, parameters: Parameters): T[] {
    this.version += 1;
    return [...answerOf(sql)(this.tables, parameters, this.nowFor(sql))] as T[];
  }

  /** What its clock says as it runs a statement. */
  nowFor(sql: string): Now {
    if (sql === '') throw new Error('rows: nothing is asked');
    return { wall: this.time.wall(), true: this.time.now() };
  }
}

const ENDED = new Error('the process has ended');

function thrown(): never {
  throw ENDED;
}
