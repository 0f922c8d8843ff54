/** What every HTTP answer goes through: the check of replies and the form of refusals. */
import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR } from '@nestjs/core';
import { ProblemFilter } from './problem.filter.js';
import { Readiness } from './readiness.js';
import { ReplyInterceptor } from './reply.interceptor.js';

@Global()
@Module({
  providers: [
    Readiness,
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_INTERCEPTOR, useClass: ReplyInterceptor },
  ],
  exports: [Readiness],
})
export class HttpModule {}
