/** Answers that are not the server's: whoever stands between is taken for a network that is cut. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { COMMUNITY_ROUTES } from '@liaison/contract/directory';
import { ATTACHMENT_ROUTES } from '@liaison/contract/attachment';
import { Uuid } from '@liaison/contract/ids';
import { Api } from './api.js';
import { isAway } from './away.js';
import { ready } from './crypto/sodium.js';
import { Fault } from './fault.js';
import type { HttpReply } from './http.js';

beforeAll(ready);

const page = '<html>Bienvenue</html>';

/** One answer, whatever is asked: only a server of somebody else's could give it. */
function answering(status: number, type: string, text: string): Api {
  const headers = { 'content-type': type };
  const body = new TextEncoder().encode(text);
  return new Api(() => Promise.resolve<HttpReply>({ status, headers, body }));
}

const asked = async (api: Api): Promise<unknown> => {
  const call = api.call(COMMUNITY_ROUTES.communities, {});
  return call.catch((error: unknown) => error);
};

describe('an answer of somebody in between', () => {
  test.each([
    [200, 'text/html; charset=utf-8'],
    [403, 'text/html'],
    [407, 'text/html'],
    [302, 'text/plain'],
    [0, ''],
    [504, 'text/plain'],
  ])('with status %s and type %s is no word of the server', async (status, type) => {
    expect(isAway(await asked(answering(status, type, page)))).toBe(true);
  });

  test('is no part of a file either', async () => {
    const params = { attachment: Uuid.parse('01939f4a-0000-7000-8000-000000000000'), chunk: 0 };
    const api = answering(200, 'text/html', page);
    const read = api.bytes(ATTACHMENT_ROUTES.getChunk, { params });
    await expect(read).rejects.toMatchObject({ code: 'offline' });
  });

  test('while a server that speaks our language and says nonsense is at fault itself', async () => {
    const fault = await asked(answering(200, 'application/json', '{"communities":1}'));
    expect(fault).toBeInstanceOf(Fault);
    expect(isAway(fault)).toBe(false);
    const refusal = await asked(
      answering(403, 'application/problem+json', '{"code":"not_allowed"}'),
    );
    expect(refusal).toMatchObject({ code: 'not_allowed' });
    expect(isAway(refusal)).toBe(false);
  });
});
