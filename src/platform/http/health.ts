/**
 * Two addresses for whoever watches the process: it lives; it can serve. They are asked without a
 * session and tell nothing but that.
 */
import type { FastifyInstance } from 'fastify';
import type { Readiness } from './readiness.js';

export function serveHealth(server: FastifyInstance, readiness: Readiness): void {
  server.get('/health/live', () => ({ live: true }));
  server.get('/health/ready', async (_request, reply) => {
    const report = await readiness.report();
    return reply
      .status(report.ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(report);
  });
}
