/** The service worker has a sentence, in both languages, for every reason that a push may name. */
import { expect, test } from '@jest/globals';
import { AttentionReason } from '@liaison/contract/notification';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const LISTENER = join(import.meta.dirname, '../public/push.listener.js');

test.each(AttentionReason.options)('%s is said in French and in English', (reason) => {
  const source = readFileSync(LISTENER, 'utf8');
  const said = source.match(new RegExp(`^    '?${reason}'?: '.+',$`, 'gm')) ?? [];
  expect(said).toHaveLength(2);
  expect(said[0]).not.toBe(said[1]);
});
