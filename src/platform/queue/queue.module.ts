/** Gives every room of the server `Queues`, `Workers` and `Looks`. */
import { Global, Module } from '@nestjs/common';
import { Config } from '../config/config.js';
import { Readiness } from '../http/readiness.js';
import { Log } from '../logger/log.js';
import { Looks } from './looks.js';
import { createBackend, type QueueBackend } from './queue.backend.js';
import { QUEUE_BACKEND } from './queue.tokens.js';
import { Queues } from './queues.js';
import { Workers } from './workers.js';

@Global()
@Module({
  providers: [
    {
      provide: QUEUE_BACKEND,
      inject: [Config, Log, Readiness],
      useFactory: (config: Config, log: Log, readiness: Readiness): QueueBackend => {
        const backend = createBackend(config, log.with({ room: 'queue' }));
        readiness.add('queue', () => backend.ping());
        return backend;
      },
    },
    Queues,
    Workers,
    Looks,
  ],
  exports: [Queues, Workers, Looks],
})
export class QueueModule {}
