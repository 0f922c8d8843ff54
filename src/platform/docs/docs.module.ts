/**
 * Serves the API's own description: `/docs` for people, `/api/openapi.json` for programs. Only
 * where there is HTTP: a worker does not have this room.
 */
import { Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { openApiDocument } from '@liaison/contract/openapi';
import type { FastifyInstance } from 'fastify';
import { PRODUCT_VERSION } from './product.version.js';
import { apiPage } from './api.page.js';

@Module({})
export class DocsModule implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    serveDocs(this.host.httpAdapter.getInstance<FastifyInstance>());
  }
}

function serveDocs(server: FastifyInstance): void {
  const page = apiPage(PRODUCT_VERSION);
  const document = openApiDocument(PRODUCT_VERSION);
  server.get('/docs', (_request, reply) => reply.type('text/html; charset=utf-8').send(page));
  server.get('/api/openapi.json', (_request, reply) => reply.send(document));
}
