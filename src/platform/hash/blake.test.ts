/** The server's hash against a published BLAKE2b-512 vector (RFC 7693, appendix A). */
import { describe, expect, test } from '@jest/globals';
import { toHex, utf8 } from '@liaison/contract/bytes';
import { Hash } from '@liaison/contract/ids';
import { hash, hashBytes } from './blake.js';

const ABC = 'ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1';

describe('the hash', () => {
  test('is BLAKE2b-512, of which the first 32 bytes are kept', () => {
    expect(toHex(hashBytes(utf8('abc')))).toBe(ABC);
  });

  test('has the text form that the contract asks for', () => {
    expect(Hash.safeParse(hash(utf8('abc'))).success).toBe(true);
  });
});
