/** Identity logs: who has which device and key, for the rooms that verify what people sign. */
import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/identity.module.js';
import { TransparencyModule } from '../transparency/transparency.module.js';
import { AttestationCheck } from './attestation.check.js';
import { IdentitiesController } from './identities.controller.js';
import { IdentityAppend } from './identity.append.js';
import { IdentityLogs } from './identity.logs.js';
import { LinksController } from './links.controller.js';
import { Links } from './links.js';

@Module({
  imports: [IdentityModule, TransparencyModule],
  controllers: [IdentitiesController, LinksController],
  providers: [AttestationCheck, IdentityAppend, IdentityLogs, Links],
  exports: [IdentityAppend, IdentityLogs],
})
export class DevicesModule {}
