/**
 * Turns whatever was thrown into problem+json with a code of the error table. What is no `Problem`
 * is a mistake of ours: it is logged, and the caller gets the request's number instead of details.
 */
import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  HttpException,
  Injectable,
} from '@nestjs/common';
import { type ErrorCode, Problem, type ProblemBody } from '@liaison/contract/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isAway } from '../database/failures.js';
import { Log } from '../logger/log.js';
import { wantsPage } from './web.app.js';

const CODES: Readonly<Record<number, ErrorCode>> = {
  401: 'not_signed_in',
  403: 'not_allowed',
  404: 'not_found',
  405: 'not_found',
  413: 'request_too_large',
  429: 'too_many_requests',
  503: 'server_busy',
};
const RETRY_AFTER_S: Readonly<Record<number, string>> = { 429: '5', 503: '2' };

/** What the framework refused by itself: malformed JSON, oversized bodies, unknown addresses. */
function fromStatus(status: number): Problem {
  const code = CODES[status];
  if (code !== undefined) return new Problem(code);
  return new Problem(status >= 400 && status < 500 ? 'request_invalid' : 'internal_error');
}

export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isAway(error)) return new Problem('database_unavailable');
  if (error instanceof HttpException) return fromStatus(error.getStatus());
  return new Problem('internal_error');
}

export function toBody(problem: Problem, requestId: string): ProblemBody {
  return {
    type: `urn:liaison:problem:${problem.code}`,
    title: problem.sentence('en'),
    status: problem.status,
    code: problem.code,
    ...(problem.detail === undefined ? {} : { detail: problem.detail }),
    requestId,
    ...(problem.fields === undefined ? {} : { fields: problem.fields }),
  };
}

@Injectable()
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const problem = toProblem(error);
    if (host.getType() !== 'http') {
      this.record(problem, error, undefined);
      return;
    }
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    this.record(problem, error, request.id);
    if (reply.sent) return;
    if (problem.code === 'not_found' && wantsPage(request)) {
      void reply.header('cache-control', 'no-cache').sendFile('index.html');
      return;
    }
    this.answer(reply, problem, request.id);
  }

  private answer(reply: FastifyReply, problem: Problem, requestId: string): void {
    const retryAfter = RETRY_AFTER_S[problem.status];
    if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
    reply.header('cache-control', 'no-store');
    void reply
      .status(problem.status)
      .type('application/problem+json')
      .send(JSON.stringify(toBody(problem, requestId)));
  }

  private record(problem: Problem, error: unknown, requestId: string | undefined): void {
    if (problem.status < 500) return;
    const sentence = problem.code === 'internal_error' ? 'A request failed.' : 'A part is away.';
    this.log.error(sentence, { requestId, problem: problem.code, error });
  }
}
