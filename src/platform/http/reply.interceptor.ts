/**
 * Checks each answer against the contract, so that no test passes on an answer the SDK would
 * refuse. It stands in the way of every request: production does without it.
 */
import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import type { Route } from '@liaison/contract/route';
import { map, type Observable } from 'rxjs';
import { routeOf } from './serves.decorator.js';

@Injectable()
export class ReplyInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const route = context.getType() === 'http' ? routeOf(context) : undefined;
    if (route === undefined || (route.replyType ?? 'json') !== 'json') return next.handle();
    return next.handle().pipe(map((answer: unknown) => checked(route, answer)));
  }
}

function checked(route: Route, answer: unknown): unknown {
  const parsed = route.reply?.safeParse(answer);
  if (parsed === undefined || parsed.success) return answer;
  const where = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`);
  throw new Error(`The answer of ${route.name} breaks its contract: ${where.join('; ')}`);
}
