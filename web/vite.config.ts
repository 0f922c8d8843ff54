/**
 * How the web app is built: sources of the workspaces are compiled in place, screens split by
 * route, the SDK and its crypto in a worker of their own, and an app shell that opens offline.
 * It must never inline a script or a style: the content security policy would block it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { preact } from '@preact/preset-vite';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { NOTICE_SENTENCES } from '../contract/notice.sentences.js';

/**
 * The deployment's log key and provider keys, for a build that real people use. What is built in
 * cannot be swapped by whoever answers for the server later.
 */
const PINS = join(import.meta.dirname, 'pins.json');
const pins: unknown = existsSync(PINS) ? JSON.parse(readFileSync(PINS, 'utf8')) : null;

const resolve = { conditions: ['source', 'module', 'browser', 'import', 'default'] };

/** The contract's sentences, for the one script that no bundler reads. */
const sentences: Plugin = {
  name: 'sentences',
  generateBundle() {
    const source = `const SENTENCES = ${JSON.stringify(NOTICE_SENTENCES)};\n`;
    this.emitFile({ type: 'asset', fileName: 'push.sentences.js', source });
  },
};

// A build is what ships, whoever asks for it: started by a test runner, Vite would otherwise take
// over its environment and leave out the service worker.
process.env['NODE_ENV'] = 'production';

export default defineConfig({
  root: import.meta.dirname,
  resolve,
  define: { LIAISON_PINS: JSON.stringify(pins) },
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    // An inlined asset is a data: address, which the policy refuses for scripts and fonts.
    assetsInlineLimit: 0,
    // The polyfill is an inline script in disguise, and every browser with passkeys preloads.
    modulePreload: { polyfill: false },
  },
  worker: { format: 'es' },
  plugins: [
    sentences,
    preact({ devToolsEnabled: false, prefreshEnabled: false }),
    VitePWA({
      // Registered by our own code: the injected snippet would be inline.
      injectRegister: null,
      registerType: 'autoUpdate',
      manifest: {
        name: 'Liaison',
        short_name: 'Liaison',
        description: 'Coordination entre la ville et l’hôpital, chiffrée de bout en bout',
        lang: 'fr',
        start_url: '/',
        display: 'standalone',
        background_color: '#f6f3ee',
        theme_color: '#0b5557',
        icons: [
          { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
          { src: '/icon-maskable.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'maskable' },
        ],
      },
      workbox: {
        globPatterns: ['**/*.{js,css,html,svg,ttf,wasm,webmanifest}'],
        // What a push shows; it stands apart so that it can be read whole.
        importScripts: ['/push.sentences.js', '/push.listener.js'],
        navigateFallback: '/index.html',
        // What the server answers itself is never the app shell.
        navigateFallbackDenylist: [/^\/api\//, /^\/docs/, /^\/socket/, /^\/auth\//, /^\/health/],
        maximumFileSizeToCacheInBytes: 4 * 1024 * 1024,
      },
    }),
  ],
});
