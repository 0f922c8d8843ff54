/** What the server signs with: a name for the room, for those who need its key. */
import { Module } from '@nestjs/common';
import { LogKeyModule } from './log-key.module.js';

@Module({ imports: [LogKeyModule], exports: [LogKeyModule] })
export class TransparencyModule {}
