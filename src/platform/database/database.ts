/**
 * Hand-written SQL for the rooms where it is hot: statements and transactions on the same pool that
 * TypeORM uses for the cold nouns.
 *
 * A transaction is tried again when PostgreSQL asks for it, so the work given must have no effect
 * outside the database. When the database is away, callers get `database_unavailable`.
 */
import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Pool, PoolClient, QueryResultRow } from 'pg';
import { isAway, isConflict, toProblem } from './failures.js';

export type Parameters = readonly unknown[];

/** What runs a statement: the database itself, or one transaction of it. */
export interface Queryable {
  query<T extends QueryResultRow>(sql: string, parameters?: Parameters): Promise<T[]>;
  /** The same, parsed and planned once a connection: for the few statements that are hot. */
  prepared<T extends QueryResultRow>(sql: string, parameters?: Parameters): Promise<T[]>;
}

export interface Transaction extends Queryable {
  /** Runs once the transaction is durable; never when it is undone. */
  afterCommit(action: () => void): void;
}

export interface TransactionOptions {
  readonly isolation?: 'read committed' | 'repeatable read' | 'serializable';
  readonly readOnly?: boolean;
}

const ATTEMPTS = 6;
const FIRST_PAUSE_MS = 4;

export class Database implements Queryable {
  private readonly names = new Map<string, string>();
  private readonly heard = new WeakSet<PoolClient>();

  constructor(readonly pool: Pool) {
    pool.on('acquire', (client) => {
      this.hear(client);
    });
  }

  async query<T extends QueryResultRow>(sql: string, parameters: Parameters = []): Promise<T[]> {
    try {
      return (await this.pool.query<T>(sql, [...parameters])).rows;
    } catch (error) {
      throw toProblem(error);
    }
  }

  async prepared<T extends QueryResultRow>(sql: string, parameters: Parameters = []): Promise<T[]> {
    try {
      return (await this.pool.query<T>(this.named(sql, parameters))).rows;
    } catch (error) {
      throw toProblem(error);
    }
  }

  async transaction<T>(
    work: (transaction: Transaction) => Promise<T>,
    options: TransactionOptions = {},
  ): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt(work, options);
      } catch (error) {
        if (!isConflict(error) || attempt === ATTEMPTS) throw toProblem(error);
        await pause(randomInt(FIRST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt));
      }
    }
  }

  private async attempt<T>(
    work: (transaction: Transaction) => Promise<T>,
    options: TransactionOptions,
  ): Promise<T> {
    const client = await this.pool.connect();
    const actions: (() => void)[] = [];
    let lost = false;
    try {
      await client.query(beginning(options));
      const result = await work(this.on(client, actions));
      await client.query('COMMIT');
      for (const action of actions) action();
      return result;
    } catch (error) {
      lost = !(await undo(client, error));
      throw error;
    } finally {
      client.release(lost);
    }
  }

  private on(client: PoolClient, actions: (() => void)[]): Transaction {
    return {
      query: async <T extends QueryResultRow>(sql: string, parameters: Parameters = []) =>
        (await client.query<T>(sql, [...parameters])).rows,
      prepared: async <T extends QueryResultRow>(sql: string, parameters: Parameters = []) =>
        (await client.query<T>(this.named(sql, parameters))).rows,
      afterCommit: (action) => {
        actions.push(action);
      },
    };
  }

  /**
   * A connection that is lost while it is in use says so to its statement, and as an event besides;
   * an event that nobody hears would end the process.
   */
  private hear(client: PoolClient): void {
    if (this.heard.has(client)) return;
    this.heard.add(client);
    client.on('error', () => undefined);
  }

  /** The SQL texts are constants of the source, so the map holds as many names as there are. */
  private named(sql: string, parameters: Parameters) {
    const name = this.names.get(sql) ?? `liaison_${this.names.size}`;
    this.names.set(sql, name);
    return { name, text: sql, values: [...parameters] };
  }
}

function beginning({ isolation = 'read committed', readOnly = false }: TransactionOptions): string {
  return `BEGIN ISOLATION LEVEL ${isolation.toUpperCase()}${readOnly ? ' READ ONLY' : ''}`;
}

/** Whether the connection is clean again; when not, it must not return to the pool. */
async function undo(client: PoolClient, reason: unknown): Promise<boolean> {
  if (isAway(reason)) return false;
  try {
    await client.query('ROLLBACK');
    return true;
  } catch (error) {
    if (isAway(error)) return false;
    throw error;
  }
}
