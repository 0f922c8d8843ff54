/** What people see of circles: the list with its heads, how far each has read, who is called. */
import { Module, type OnModuleInit } from '@nestjs/common';
import { CirclesModule } from '../circles/circles.module.js';
import { EntryRules } from '../circles/entry-rule.js';
import { DevicesModule } from '../devices/devices.module.js';
import { ChannelsController } from './channels.controller.js';
import { Inbox } from './inbox.js';
import { LaneRows } from './lane.rows.js';
import { Lanes } from './lanes.js';
import { MessageRule } from './message.rule.js';

@Module({
  imports: [CirclesModule, DevicesModule],
  controllers: [ChannelsController],
  providers: [Inbox, LaneRows, Lanes, MessageRule],
})
export class ChannelsModule implements OnModuleInit {
  constructor(
    private readonly rules: EntryRules,
    private readonly messages: MessageRule,
  ) {}

  onModuleInit(): void {
    this.rules.register(this.messages);
  }
}
