/** The HTTP server itself: its limits, its cookies, its headers, and one log line a request. */
import { randomUUID } from 'node:crypto';
import fastifyCookie from '@fastify/cookie';
import { LIMITS } from '@liaison/contract/limits';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../config/config.js';
import { Log } from '../logger/log.js';
import { serveHealth } from './health.js';
import { Readiness } from './readiness.js';
import { ReplyInterceptor } from './reply.interceptor.js';
import { protectPages } from './security.headers.js';
import { serveWebApp } from './web.app.js';

/** A request that takes longer to arrive holds a connection for nothing. */
const REQUEST_MS = 30_000;
/** The longest parameter is an opaque id; anything longer is refused by the router. */
const PARAMETER_LENGTH = 256;

export const createAdapter = (config: Config): FastifyAdapter =>
  new FastifyAdapter({
    bodyLimit: LIMITS.requestBytes.value,
    requestTimeout: REQUEST_MS,
    trustProxy: (_address: string, hop: number) => hop < config.trustedProxies,
    routerOptions: { maxParamLength: PARAMETER_LENGTH },
    genReqId: () => randomUUID(),
    logger: false,
  });

/** JSON and raw bytes are all that the API reads: no form that another site could post. */
function readBodies(server: FastifyInstance): void {
  server.removeContentTypeParser('text/plain');
  server.addContentTypeParser(
    'application/octet-stream',
    { parseAs: 'buffer', bodyLimit: LIMITS.requestBytes.value },
    (_request, body, done) => {
      done(null, body);
    },
  );
}

/** The route's pattern is logged, not the address: an address can carry a provider's code. */
function logRequests(server: FastifyInstance, log: Log): void {
  server.addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
  server.addHook('onResponse', (request: FastifyRequest, reply: FastifyReply, done) => {
    log.info('Answered.', {
      requestId: request.id,
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    });
    done();
  });
}

/** Everything that an API process serves besides its controllers. */
export async function prepareServer(app: NestFastifyApplication): Promise<void> {
  const config = app.get(Config);
  const server = app.getHttpAdapter().getInstance();
  if (config.checkReplies) app.useGlobalInterceptors(new ReplyInterceptor());
  logRequests(server, app.get(Log).with({ room: 'http' }));
  readBodies(server);
  await server.register(fastifyCookie);
  protectPages(server, config);
  await serveWebApp(server);
  serveHealth(server, app.get(Readiness));
}
