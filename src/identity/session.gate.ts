/** Finds out who is behind a cookie, for requests and for sockets alike. */
import { Problem } from '@liaison/contract/errors';
import type { Uuid } from '@liaison/contract/ids';
import { BACKGROUND_MARK } from '@liaison/contract/session';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Clock } from '../platform/clock/clock.js';
import { type Caller, rememberCaller } from './caller.js';
import { callerIn, type LiveSession } from './live-session.js';
import { SessionCookies } from './session.cookies.js';
import { Sessions } from './sessions.js';

const SESSIONS = new WeakMap<FastifyRequest, LiveSession>();

/** The session of a request that the guard let in. */
export function sessionOf(request: FastifyRequest): LiveSession {
  const session = SESSIONS.get(request);
  if (session === undefined) throw new Problem('not_signed_in');
  return session;
}

export const maybeSessionOf = (request: FastifyRequest): LiveSession | null =>
  SESSIONS.get(request) ?? null;

@Injectable()
export class SessionGate {
  constructor(
    private readonly sessions: Sessions,
    private readonly cookies: SessionCookies,
    private readonly clock: Clock,
  ) {}

  /** `stale`: a cookie came, and what it opened has ended. */
  async authenticate(request: FastifyRequest): Promise<Caller | 'nobody' | 'stale'> {
    const token = this.cookies.read('session', request.headers.cookie);
    if (token === undefined) return 'nobody';
    const session = await this.sessions.find(token);
    if (session === null) return 'stale';
    if (request.headers[BACKGROUND_MARK.name] === undefined) await this.sessions.touch(session);
    const caller = callerIn(session, this.clock.now());
    SESSIONS.set(request, session);
    rememberCaller(request, caller);
    return caller;
  }

  /** Who opens a socket. A locked session opens none; a socket never keeps a session awake. */
  async authenticateSocket(cookieHeader: string | undefined): Promise<Caller> {
    const token = this.cookies.read('session', cookieHeader);
    if (token === undefined) throw new Problem('not_signed_in');
    const session = await this.sessions.find(token);
    if (session === null) throw new Problem('session_expired');
    const caller = callerIn(session, this.clock.now());
    if (caller.locked) throw new Problem('session_locked');
    return caller;
  }

  /** Of the sessions behind open sockets, those that may stay. */
  stillOpen(sessions: readonly Uuid[]): Promise<ReadonlySet<Uuid>> {
    return this.sessions.stillOpen(sessions);
  }
}
