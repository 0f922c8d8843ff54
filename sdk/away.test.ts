/** One answer to "is it away, or did it refuse?": what is kept for later depends on it. */
import { describe, expect, test } from '@jest/globals';
import { type ErrorCode, Problem } from '@liaison/contract/errors';
import { isAway } from './away.js';
import { Fault } from './fault.js';

describe('away', () => {
  test.each<ErrorCode>([
    'not_signed_in',
    'session_locked',
    'too_many_requests',
    'server_busy',
    'database_unavailable',
    'internal_error',
  ])('%s passes: it is asked again later', (code) => {
    expect(isAway(new Problem(code))).toBe(true);
  });

  test.each<ErrorCode>(['request_invalid', 'not_allowed', 'members_moved', 'circle_unknown'])(
    '%s is an answer: asking again changes nothing',
    (code) => {
      expect(isAway(new Problem(code))).toBe(false);
    },
  );

  test('no reply is away; a reply that lies or a mistake of ours is not', () => {
    expect(isAway(new Fault('offline', 'cut'))).toBe(true);
    expect(isAway(new Fault('reply-invalid', 'form'))).toBe(false);
    expect(isAway(new TypeError('undefined'))).toBe(false);
  });
});
