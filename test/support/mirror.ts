/**
 * The same device with an empty library: keys are kept, everything else is read and verified anew
 * from the server. It only looks, since two clients with one device's counters would collide.
 */
import { ERRORS } from '@liaison/contract/errors';
import { TRANSPARENCY_ROUTES } from '@liaison/contract/transparency';
import type { Http, HttpReply, HttpRequest } from '@liaison/sdk/http';
import { type Liaison, openLiaison } from '@liaison/sdk/liaison';
import { MemoryStore } from '@liaison/sdk/store/memory.store';
import type { Store } from '@liaison/sdk/store/store';
import type { Player, World } from './world.js';

/** Requests that change nothing although they are no GET. */
const QUESTIONS = [
  '/api/identities/query',
  '/api/people/query',
  TRANSPARENCY_ROUTES.consistency.path,
];

const isQuestion = ({ method, path }: HttpRequest): boolean =>
  method === 'GET' || QUESTIONS.includes(path);

function refusal(): HttpReply {
  const code = 'not_allowed';
  const body = new TextEncoder().encode(JSON.stringify({ code }));
  return { status: ERRORS[code].status, headers: {}, body };
}

function onlyLooking(http: Http): Http {
  return (request) => (isQuestion(request) ? http(request) : Promise.resolve(refusal()));
}

/** The device's own keys and the person's; epochs are obtained anew. */
async function keysOf(store: Store): Promise<MemoryStore> {
  const copy = new MemoryStore();
  const rows = await store.scan('secrets', '');
  await copy.transaction((tx) => {
    for (const [key, value] of rows) if (!key.startsWith('epoch/')) tx.put('secrets', key, value);
  });
  return copy;
}

/** Looks with a mirror of somebody's device, perhaps at another instant. */
export async function throughMirror<T>(
  world: World,
  player: Pick<Player, 'http' | 'store'>,
  look: (liaison: Liaison) => Promise<T>,
  clock: () => number = Date.now,
): Promise<T> {
  const store = await keysOf(player.store);
  const http = onlyLooking(player.http);
  const liaison = await openLiaison({ origin: world.origin, http, store, socket: false, clock });
  try {
    return await look(liaison);
  } finally {
    await liaison.dispose();
  }
}
