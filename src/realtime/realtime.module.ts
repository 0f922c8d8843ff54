/** Pushes what happened to the devices of those it concerns. API processes only. */
import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/identity.module.js';
import { SocketGateway } from './socket.gateway.js';
import { WakeListener } from './wake.listener.js';

@Module({
  imports: [IdentityModule],
  providers: [SocketGateway, WakeListener],
})
export class RealtimeModule {}
