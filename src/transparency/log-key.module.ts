/** Gives every room the server's log key, which is read once a process from its own file. */
import { Global, Module } from '@nestjs/common';
import { LogKey } from './log-key.js';

@Global()
@Module({ providers: [LogKey], exports: [LogKey] })
export class LogKeyModule {}
