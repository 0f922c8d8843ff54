/**
 * What the browser may load and do: only what this origin serves. WebAssembly is the one
 * concession, for the cryptography; no inline script or style, no third party, no frame.
 */
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/config.js';

/** Not every browser counts the WebSocket of the same origin as 'self'. */
const socketOrigin = (origin: string): string => origin.replace(/^http/, 'ws');

const directives = (config: Config) => ({
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
  scriptSrcAttr: ["'none'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'", socketOrigin(config.publicOrigin)],
  workerSrc: ["'self'"],
  manifestSrc: ["'self'"],
  objectSrc: ["'none'"],
  frameSrc: ["'none'"],
  frameAncestors: ["'none'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
});

export async function protectPages(server: FastifyInstance, config: Config): Promise<void> {
  const secure = config.publicOrigin.startsWith('https:');
  await server.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: directives(config) },
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginEmbedderPolicy: false,
    xFrameOptions: { action: 'deny' },
  });
}
