/**
 * The whole server: the ground floor and the rooms on it. Each room is one module of its folder.
 */
import { type DynamicModule, Module } from '@nestjs/common';
import { AttachmentsModule } from './attachments/attachments.module.js';
import { AuditModule } from './audit/audit.module.js';
import { ChannelsModule } from './channels/channels.module.js';
import { CirclesModule } from './circles/circles.module.js';
import { CommunitiesModule } from './communities/communities.module.js';
import { DevicesModule } from './devices/devices.module.js';
import { DirectoryModule } from './directory/directory.module.js';
import { EventsModule } from './events/events.module.js';
import { GuestsModule } from './guests/guests.module.js';
import { HandoffsModule } from './handoffs/handoffs.module.js';
import { IdentityModule } from './identity/identity.module.js';
import { NotificationsModule } from './notifications/notifications.module.js';
import { DocsModule } from './platform/docs/docs.module.js';
import { PlatformModule, type PlatformSettings } from './platform/platform.module.js';
import { RealtimeModule } from './realtime/realtime.module.js';

const ROOMS = [
  EventsModule,
  IdentityModule,
  DevicesModule,
  CirclesModule,
  AttachmentsModule,
  ChannelsModule,
  CommunitiesModule,
  DirectoryModule,
  HandoffsModule,
  GuestsModule,
  NotificationsModule,
  AuditModule,
];

/** What only a process that answers people needs. */
const ROOMS_OF_THE_API = [RealtimeModule, DocsModule];

@Module({})
export class AppModule {
  static register(settings: PlatformSettings): DynamicModule {
    const api = settings.roles.includes('api') ? ROOMS_OF_THE_API : [];
    return {
      module: AppModule,
      imports: [PlatformModule.register(settings), ...ROOMS, ...api],
    };
  }
}
