/**
 * Stands where the server expects PostgreSQL: the same statements, each said again over rows in
 * memory. Transactions run one after the other and are undone whole. It knows statements by how
 * they begin; one that it does not know is an error, and a test on a real PostgreSQL compares what
 * both answer, so that what stands here does not lie.
 */
import { Turns } from '@liaison/sdk/store/pending';
import type {
  Database,
  Parameters,
  Queryable,
  Transaction,
} from '../../../src/platform/database/database.js';
import { APPEND } from './append.statements.js';
import { MEMBERS } from './member.statements.js';
import { PEOPLE } from './people.statements.js';
import { TREES } from './tree.statements.js';
import { Tables } from './tables.js';

type Rows = readonly object[];
type Answer = (rows: Tables, parameters: Parameters, now: number) => Rows;
/** How a statement begins, and what it does. */
export type Say = readonly [beginning: string, answer: Answer];

/** One statement as it was said, for the comparison with a real database. */
export interface Said {
  readonly sql: string;
  readonly parameters: Parameters;
  readonly answer: Rows;
}

const ALL: readonly Say[] = [...APPEND, ...MEMBERS, ...PEOPLE, ...TREES];

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
  /** Hears what is said inside transactions that hold, and outside any. */
  listener: ((said: readonly Said[]) => void) | null = null;

  constructor(private readonly clock: () => number) {}

  /** As the services of the server know it. */
  get face(): Database {
    return asDatabase(this);
  }

  query<T>(sql: string, parameters: Parameters = []): Promise<T[]> {
    return this.#turns.take(async () => {
      const said: Said[] = [];
      const rows = this.#say<T>(sql, parameters, said);
      this.listener?.(said);
      return rows;
    });
  }

  prepared<T>(sql: string, parameters: Parameters = []): Promise<T[]> {
    return this.query<T>(sql, parameters);
  }

  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.#turns.take(() => this.#attempt(work));
  }

  async #attempt<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const actions: (() => void)[] = [];
    const said: Said[] = [];
    const say: Queryable['query'] = async (sql, parameters = []) =>
      this.#say(sql, parameters, said);
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
      this.listener?.(said);
      for (const action of actions) action();
      return result;
    } catch (error) {
      this.tables.journal.rollback();
      throw error;
    }
  }

  #say<T>(sql: string, parameters: Parameters, said: Said[]): T[] {
    const rows = answerOf(sql)(this.tables, parameters, this.clock());
    if (this.listener !== null) said.push({ sql, parameters, answer: rows });
    return [...rows] as T[];
  }
}
