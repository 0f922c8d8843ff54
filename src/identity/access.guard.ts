/**
 * Every request passes here. Default deny: what has no route of the contract is not served, and
 * what a route asks for is established before anything of the request is read.
 */
import { type ErrorCode, Problem } from '@liaison/contract/errors';
import type { Access, Route } from '@liaison/contract/route';
import { REQUEST_MARK } from '@liaison/contract/session';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { routeOf } from '../platform/http/serves.decorator.js';
import type { Caller } from './caller.js';
import { RequestThrottle } from './request.throttle.js';
import { SessionGate } from './session.gate.js';

type Found = Caller | 'nobody' | 'stale';

const open = (found: Found): ErrorCode | null => {
  if (found === 'nobody') return 'not_signed_in';
  return found === 'stale' ? 'session_expired' : null;
};

const unlocked = (found: Found): ErrorCode | null =>
  open(found) ?? (typeof found === 'object' && found.locked ? 'session_locked' : null);

const enrolled = (found: Found): ErrorCode | null =>
  unlocked(found) ??
  (typeof found === 'object' && found.person === null ? 'identity_needed' : null);

/** Why somebody may not call a route of each access; null when they may. */
const REFUSALS: Readonly<Record<Access, (found: Found) => ErrorCode | null>> = {
  anybody: () => null,
  session: open,
  unlocked,
  person: enrolled,
};

export const isKnownAccess = (access: string): boolean => Object.hasOwn(REFUSALS, access);

/** A page of another site can post a form, not this header. */
function checkMark(route: Route, request: FastifyRequest): void {
  if (route.method === 'GET' || request.headers[REQUEST_MARK.name] === REQUEST_MARK.value) return;
  throw new Problem('request_invalid', `The header ${REQUEST_MARK.name} is missing.`);
}

@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly gate: SessionGate,
    private readonly throttle: RequestThrottle,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return false;
    const route = routeOf(context);
    if (route === undefined) throw new Problem('not_found');
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    checkMark(route, request);
    const found = await this.gate.authenticate(request);
    this.count(route, request, found);
    const refusal = REFUSALS[route.access](found);
    if (refusal !== null) throw new Problem(refusal);
    return true;
  }

  /** Guessing is bounded by address, working by session. */
  private count(route: Route, request: FastifyRequest, found: Found): void {
    const { ip } = request;
    if (route.access === 'anybody' && route.method !== 'GET')
      this.throttle.count('sign-in', ip, ip);
    this.throttle.count('request', typeof found === 'object' ? found.sessionId : ip, ip);
  }
}
