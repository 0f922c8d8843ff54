/** What happened, for whoever must record it or hear of it. */
import { Global, Module } from '@nestjs/common';
import { Committed } from './committed.js';
import { OutboxBell } from './outbox.bell.js';
import { Outbox } from './outbox.js';

@Global()
@Module({
  providers: [Outbox, OutboxBell, Committed],
  exports: [Outbox, Committed],
})
export class EventsModule {}
