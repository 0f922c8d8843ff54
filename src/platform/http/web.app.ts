/**
 * Serves the built web app beside the API, from one origin. Any address that is no file and no API
 * path is a screen of the app, which reads the address itself.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Sources and compiled files lie at different depths below the project. */
function projectRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

const WEB = join(projectRoot(), 'web', 'dist');
const NO_SCREEN = /^\/(api|health|docs|assets|socket\.io)(\/|$)/;
/** Vite puts a hash in the names of these files: what they hold never changes. */
const HASHED = /\/assets\/[^/]+$/;

const isBuilt = (): boolean => existsSync(join(WEB, 'index.html'));

/** Whether the answer to an unknown address is the app itself. */
export function wantsPage(request: FastifyRequest): boolean {
  const path = request.url.split('?', 1)[0] ?? '/';
  const accepts = request.headers.accept ?? '';
  const readable = request.method === 'GET' && accepts.includes('text/html');
  return readable && !NO_SCREEN.test(path) && isBuilt();
}

const cacheControl = (path: string): string =>
  HASHED.test(path.replaceAll('\\', '/')) ? 'public, max-age=31536000, immutable' : 'no-cache';

export async function serveWebApp(server: FastifyInstance): Promise<void> {
  if (!isBuilt()) return;
  await server.register(fastifyStatic, {
    root: WEB,
    cacheControl: false,
    setHeaders: (response, path) => {
      response.setHeader('cache-control', cacheControl(path));
    },
  });
}
