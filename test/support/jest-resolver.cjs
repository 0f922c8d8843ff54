/**
 * Lets jest read the sources as they are: a relative `./ids.js` is the file `./ids.ts`, and the
 * workspace packages are taken from their `source` condition, so that a test never runs stale
 * compiled files. It must never change how third-party packages resolve.
 */
'use strict';

const { existsSync } = require('node:fs');
const { resolve, sep } = require('node:path');

const THIRD_PARTY = `${sep}node_modules${sep}`;

module.exports = (request, options) => {
  if (
    request.startsWith('.') &&
    request.endsWith('.js') &&
    !options.basedir.includes(THIRD_PARTY)
  ) {
    const stem = resolve(options.basedir, request.slice(0, -3));
    for (const extension of ['.ts', '.tsx']) {
      if (existsSync(stem + extension)) return stem + extension;
    }
  }
  if (request.startsWith('@liaison/')) {
    const conditions = ['source', ...(options.conditions ?? [])];
    return options.defaultResolver(request, { ...options, conditions });
  }
  return options.defaultResolver(request, options);
};
