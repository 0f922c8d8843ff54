/** The ground floor, given to every room: settings, log, clock, database, queues, HTTP. */
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Clock, SystemClock } from './clock/clock.js';
import { Config, type Role } from './config/config.js';
import { DatabaseModule } from './database/database.module.js';
import { HttpModule } from './http/http.module.js';
import { Log } from './logger/log.js';
import { QueueModule } from './queue/queue.module.js';
import { ROLES } from './queue/queue.tokens.js';

export interface PlatformSettings {
  readonly config: Config;
  readonly roles: readonly Role[];
  readonly log: Log;
  /** The system's own clock unless a test gives another. */
  readonly clock?: Clock;
}

@Global()
@Module({})
export class PlatformModule {
  static register({ config, roles, log, clock }: PlatformSettings): DynamicModule {
    const values = [
      { provide: Config, useValue: config },
      { provide: Log, useValue: log },
      { provide: Clock, useValue: clock ?? new SystemClock() },
      { provide: ROLES, useValue: roles },
    ];
    return {
      module: PlatformModule,
      imports: [DatabaseModule, HttpModule, QueueModule],
      providers: values,
      exports: values.map(({ provide }) => provide),
    };
  }
}
