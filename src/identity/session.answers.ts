/** Puts a new session's token in its cookie, and answers with the session as it now is. */
import { Problem } from '@liaison/contract/errors';
import type { SessionReply } from '@liaison/contract/session';
import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { Clock } from '../platform/clock/clock.js';
import { sessionView } from './live-session.js';
import { SessionCookies } from './session.cookies.js';
import { Sessions } from './sessions.js';

@Injectable()
export class SessionAnswers {
  constructor(
    private readonly sessions: Sessions,
    private readonly cookies: SessionCookies,
    private readonly clock: Clock,
  ) {}

  async opened(reply: FastifyReply, token: string): Promise<z.input<typeof SessionReply>> {
    const session = await this.sessions.find(token);
    if (session === null) throw new Problem('session_expired');
    this.cookies.set('session', reply, token);
    this.cookies.clear('attempt', reply);
    return { session: sessionView(session, this.clock.now()) };
  }
}
