/** What the server signs, and the trees whose roots it signs. */
import { Module } from '@nestjs/common';
import { LogKey } from './log-key.js';

@Module({ providers: [LogKey], exports: [LogKey] })
export class TransparencyModule {}
