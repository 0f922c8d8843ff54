/** What the server signs, and the trees whose roots it signs. */
import { Module } from '@nestjs/common';
import { IdentityTree } from './identity.tree.js';
import { LogKey } from './log-key.js';
import { TransparencyController } from './transparency.controller.js';
import { TreeNotes } from './tree.notes.js';

@Module({
  controllers: [TransparencyController],
  providers: [LogKey, TreeNotes, IdentityTree],
  exports: [LogKey, IdentityTree],
})
export class TransparencyModule {}
