/** Gives every room of the server `Database`, and TypeORM repositories through `forFeature`. */
import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Config } from '../config/config.js';
import { Log } from '../logger/log.js';
import { dataSourceOptions, poolOf } from './data-source.js';
import { ClockWatch } from './clock.watch.js';
import { Database } from './database.js';

/** A process may start while the database restarts: it waits this long before it gives up. */
const CONNECT_ATTEMPTS = 30;
const CONNECT_PAUSE_MS = 1_000;

@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [Config, Log],
      useFactory: (config: Config, log: Log) => ({
        ...dataSourceOptions(config.databaseUrl, config.databaseConnections, log),
        autoLoadEntities: true,
        retryAttempts: CONNECT_ATTEMPTS,
        retryDelay: CONNECT_PAUSE_MS,
      }),
    }),
  ],
  providers: [
    {
      provide: Database,
      inject: [DataSource],
      useFactory: (dataSource: DataSource) => new Database(poolOf(dataSource)),
    },
    ClockWatch,
  ],
  exports: [Database, ClockWatch],
})
export class DatabaseModule {}
