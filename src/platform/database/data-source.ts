/**
 * TypeORM's view of the database: entities of the cold nouns and the migrations. The schema comes
 * from migrations only; nothing is ever synchronised from entities.
 */
import type { Pool } from 'pg';
import pg from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { Log } from '../logger/log.js';
import { poolOptions } from './pool.options.js';

export function dataSourceOptions(
  url: string,
  connections: number,
  log: Log,
): DataSourceOptions & { type: 'postgres' } {
  return {
    type: 'postgres',
    url,
    extra: poolOptions(url, connections, 'liaison'),
    // A connection that PostgreSQL closed while idle: the pool opens another when it is needed.
    poolErrorHandler: (error: unknown) => {
      log.warn('A database connection was lost.', { error });
    },
    logging: false,
    synchronize: false,
    migrationsRun: false,
    installExtensions: false,
  };
}

/** The pool that TypeORM opened, so that hand-written SQL shares its bound on connections. */
export function poolOf(dataSource: DataSource): Pool {
  const pool: unknown = Reflect.get(dataSource.driver, 'master');
  if (pool instanceof pg.Pool) return pool;
  throw new Error('The data source holds no pool: it is not open.');
}
