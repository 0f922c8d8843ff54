/**
 * Stands where the server expects PostgreSQL: the same statements, each said again over rows in
 * memory. Transactions run one after the other and are undone whole. It knows statements by how
 * they begin, and one that it does not know is an error. Whoever changes what a statement says in
 * `src` changes what it says here: nothing compares the two.
 */
import { Turns } from '@liaison/sdk/store/pending';
import type {
  Database,
  Parameters,
  Queryable,
  Transaction,
} from '../../../src/platform/database/database.js';
import { APPEND } from './append.statements.js';
import { LINKS } from './link.statements.js';
import { MEMBERS } from './member.statements.js';
import { PEOPLE } from './people.statements.js';
import { TREES } from './tree.statements.js';
import { Tables } from './tables.js';

type Rows = readonly object[];
type Answer = (rows: Tables, parameters: Parameters, now: number) => Rows;
/** How a statement begins, and what it does. */
export type Say = readonly [beginning: string, answer: Answer];

const ALL: readonly Say[] = [...APPEND, ...LINKS, ...MEMBERS, ...PEOPLE, ...TREES];

const answers = new Map<string, Answer>();

function answerOf(sql: string): Answer {
  const known = answers.get(sql);
  if (known !== undefined) return known;
  const text = sql.replace(/\s+/g, ' ').trim();
  const found = ALL.find(([beginning]) => text.startsWith(beginning));
  if (found === undefined) throw new Error(`The simulator has no rows for: ${text}`);
  answers.set(sql, found[1]);
  return found[1];
}

/** It has all that the services call, and nothing of the pool behind it. */
const asDatabase = (stand: unknown): Database => stand as Database;

export class SimulatedDatabase {
  readonly tables = new Tables();
  readonly #turns = new Turns();

  constructor(private readonly clock: () => number) {}

  /** As the services of the server know it. */
  get face(): Database {
    return asDatabase(this);
  }

  query<T>(sql: string, parameters: Parameters = []): Promise<T[]> {
    return this.#turns.take(async () => this.#say<T>(sql, parameters));
  }

  prepared<T>(sql: string, parameters: Parameters = []): Promise<T[]> {
    return this.query<T>(sql, parameters);
  }

  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.#turns.take(() => this.#attempt(work));
  }

  async #attempt<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const actions: (() => void)[] = [];
    const say: Queryable['query'] = async (sql, parameters = []) => this.#say(sql, parameters);
    const on: Transaction = {
      query: say,
      prepared: say,
      afterCommit: (action) => {
        actions.push(action);
      },
    };
    this.tables.journal.begin();
    try {
      const result = await work(on);
      this.tables.journal.commit();
      for (const action of actions) action();
      return result;
    } catch (error) {
      this.tables.journal.rollback();
      throw error;
    }
  }

  #say<T>(sql: string, parameters: Parameters): T[] {
    return [...answerOf(sql)(this.tables, parameters, this.clock())] as T[];
  }
}
