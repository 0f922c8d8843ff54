/**
 * Sends what a handler answered in the form its route states. Outside production each answer is
 * checked against the contract first, so that no test passes on an answer the SDK would refuse.
 */
import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import type { Route } from '@liaison/contract/route';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import { Config } from '../config/config.js';
import { routeOf } from './serves.decorator.js';

@Injectable()
export class ReplyInterceptor implements NestInterceptor {
  constructor(private readonly config: Config) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const route = context.getType() === 'http' ? routeOf(context) : undefined;
    if (route === undefined) return next.handle();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(map((answer: unknown) => this.send(route, answer, reply)));
  }

  private send(route: Route, answer: unknown, reply: FastifyReply): unknown {
    if (route.replyType === 'redirect') {
      reply.status(302).header('location', String(answer));
      return undefined;
    }
    if (route.replyType === 'binary') {
      reply.type('application/octet-stream');
      return answer instanceof Uint8Array ? asBuffer(answer) : Buffer.alloc(0);
    }
    if (this.config.checkReplies) checkReply(route, answer);
    return answer;
  }
}

const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function checkReply(route: Route, answer: unknown): void {
  if (route.reply === undefined) return;
  const parsed = route.reply.safeParse(answer);
  if (parsed.success) return;
  const where = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`);
  throw new Error(`The answer of ${route.name} breaks its contract: ${where.join('; ')}`);
}
