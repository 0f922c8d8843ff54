/** What happened, for whoever must record it or hear of it. */
import { Global, Module } from '@nestjs/common';
import { Committed } from './committed.js';
import { EventIntake } from './event.intake.js';
import { EventRounds } from './event.rounds.js';
import { OutboxBell } from './outbox.bell.js';
import { Outbox } from './outbox.js';

@Global()
@Module({
  providers: [Outbox, OutboxBell, Committed, EventIntake, EventRounds],
  exports: [Outbox, Committed, EventIntake, EventRounds],
})
export class EventsModule {}
