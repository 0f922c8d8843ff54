/** Identity logs: who has which device and key, for the rooms that verify what people sign. */
import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/identity.module.js';
import { TransparencyModule } from '../transparency/transparency.module.js';
import { AttestationCheck } from './attestation.check.js';
import { ContinuityController } from './continuity.controller.js';
import { DeviceNames } from './device.names.js';
import { DevicesController } from './devices.controller.js';
import { IdentitiesController } from './identities.controller.js';
import { IdentityAppend } from './identity.append.js';
import { IdentityContinuity } from './identity.continuity.js';
import { IdentityLogs } from './identity.logs.js';
import { LinksController } from './links.controller.js';
import { Links } from './links.js';

@Module({
  imports: [IdentityModule, TransparencyModule],
  controllers: [ContinuityController, DevicesController, IdentitiesController, LinksController],
  providers: [
    AttestationCheck,
    DeviceNames,
    IdentityAppend,
    IdentityContinuity,
    IdentityLogs,
    Links,
  ],
  exports: [IdentityAppend, IdentityLogs],
})
export class DevicesModule {}
