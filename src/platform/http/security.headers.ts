/**
 * What the browser may load and do: only what this origin serves. WebAssembly is the one
 * concession, for the cryptography; no inline script or style, no third party, no frame.
 *
 * Nothing of it depends on the request, so it is put together once and not for each answer.
 */
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/config.js';

/** Not every browser counts the WebSocket of the same origin as 'self'. */
const socketOrigin = (origin: string): string => origin.replace(/^http/, 'ws');

const policy = (config: Config): string =>
  [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "script-src-attr 'none'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self' ${socketOrigin(config.publicOrigin)}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
    "base-uri 'none'",
  ].join(';');

const headers = (config: Config): Readonly<Record<string, string>> => ({
  'content-security-policy': policy(config),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
  // Its filter could be turned against the page: modern browsers dropped it, old ones obey this.
  'x-xss-protection': '0',
  ...(config.publicOrigin.startsWith('https:')
    ? { 'strict-transport-security': 'max-age=31536000' }
    : {}),
});

export function protectPages(server: FastifyInstance, config: Config): void {
  const constant = headers(config);
  server.addHook('onRequest', (_request, reply, done) => {
    reply.headers(constant);
    done();
  });
}
