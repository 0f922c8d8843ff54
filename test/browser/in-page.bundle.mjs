/**
 * Prints a module of the tests as one script that a page can run: `node in-page.bundle.mjs FILE`.
 * It is a program of its own, because Vite takes over the environment of whoever runs it.
 */
import { build } from 'vite';

const entry = process.argv[2];
const resolve = { conditions: ['source', 'module', 'browser', 'import', 'default'] };
const [made] = await build({
  configFile: false,
  logLevel: 'error',
  resolve,
  build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'inPage' } },
});
process.stdout.write(made.output[0].code);
