/** Communities (CPTS): whom they vouch for, and how they and their teams are named. */
import { Module, type OnModuleInit } from '@nestjs/common';
import { CirclesModule } from '../circles/circles.module.js';
import { EntryRules } from '../circles/entry-rule.js';
import { CircleCards } from './circle.cards.js';
import { CommunitiesController } from './communities.controller.js';
import { CommunityReader } from './community.reader.js';
import { EndorsementRule } from './endorsement.rule.js';

@Module({
  imports: [CirclesModule],
  controllers: [CommunitiesController],
  providers: [CommunityReader, CircleCards, EndorsementRule],
})
export class CommunitiesModule implements OnModuleInit {
  constructor(
    private readonly rules: EntryRules,
    private readonly endorsements: EndorsementRule,
  ) {}

  onModuleInit(): void {
    this.rules.register(this.endorsements);
  }
}
