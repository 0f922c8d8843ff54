/** Whoever a team asks to come and has no account yet: one content-free mail, and who came. */
import { Module } from '@nestjs/common';
import { CirclesModule } from '../circles/circles.module.js';
import { GuestMails } from './guest.mails.js';
import { GuestRows } from './guest.rows.js';
import { Guests } from './guests.js';
import { GuestsController } from './guests.controller.js';

@Module({
  imports: [CirclesModule],
  controllers: [GuestsController],
  providers: [GuestRows, Guests, GuestMails],
})
export class GuestsModule {}
