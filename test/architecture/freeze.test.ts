/**
 * Version 1 of the protocol, once it is frozen: its page, its forms and its vectors keep their
 * bytes for ever. What is sealed cannot be made again, so a change of either is the next version,
 * on its own page.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { bytesNow, changedSince, LIST } from '../vectors/freeze.mjs';
import { root } from './repository.js';

const Frozen = z.strictObject({
  version: z.literal(1),
  frozen: z.boolean(),
  files: z.record(z.string(), z.string()),
});

const { frozen, files } = Frozen.parse(JSON.parse(readFileSync(join(root, LIST), 'utf8')));

describe('the frozen protocol', () => {
  test('keeps each byte of its page and its vectors', () => {
    const now = bytesNow();
    expect(Object.keys(now)).toContain('docs/protocol.md');
    expect(frozen ? changedSince(files, now) : []).toEqual([]);
  });

  test('names every file that it is, once it is frozen', () => {
    const least = [
      'docs/protocol.md',
      'docs/forms/protocol.json',
      'test/vectors/sealing.json',
      'test/vectors/signing.json',
    ];
    expect(frozen ? least.filter((path) => !(path in files)) : []).toEqual([]);
  });

  test('is seen to change, by a byte or by a file that goes, and not by one that comes', () => {
    const now = bytesNow();
    const [first = '', second = ''] = Object.keys(now);
    const { [second]: gone, ...left } = { ...now, [first]: 'another' };
    expect(gone).toHaveLength(64);
    expect(changedSince(now, left)).toEqual([first, second]);
    expect(changedSince(now, { ...now, 'test/vectors/more.json': 'new' })).toEqual([]);
  });
});
