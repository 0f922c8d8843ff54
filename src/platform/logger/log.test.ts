/** What a log line may not hold, shown on lines that try to. */
import { expect, test } from '@jest/globals';
import { Log } from './log.js';

function lineOf(fields: Record<string, unknown>): string {
  let line = '';
  const log = Log.create('info', {
    write: (text) => {
      line += text;
    },
  });
  log.info('A line of this test.', fields);
  return line;
}

test.each([
  [{ body: 'MARKER' }],
  [{ headers: { cookie: 'MARKER', authorization: 'MARKER' } }],
  [{ request: { headers: { 'set-cookie': 'MARKER' } } }],
  [{ grant: { access_token: 'MARKER', idToken: 'MARKER' } }],
  [{ req: { query: { code: 'MARKER' } } }],
  [{ mails: [{ to: { body: 'MARKER' } }] }],
])('%j is hidden', (fields) => {
  expect(lineOf(fields)).not.toContain('MARKER');
});

test("a database's message is left out, its code is kept", () => {
  const error = Object.assign(new Error('Key (mail)=(MARKER) already exists'), {
    severity: 'ERROR',
    code: '23505',
    detail: 'MARKER',
  });
  const line = lineOf({ error });
  expect(line).not.toContain('MARKER');
  expect(line).toContain('23505');
});
