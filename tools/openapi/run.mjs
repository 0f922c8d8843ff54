/**
 * `npm run openapi`: brings the compiled files up to date, then writes docs/openapi.json from them,
 * or with `-- --check` only compares.
 */
import { compile } from '../start/compile.mjs';

await compile();
await import('../../dist/tools/openapi/openapi.js');
