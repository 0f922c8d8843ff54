/** A phone whose clock is wrong on the day its owner first signs in: said in words, and mended. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { nodeHttp } from '@liaison/sdk/http-node';
import { openLiaison } from '@liaison/sdk/liaison';
import { MemoryStore } from '@liaison/sdk/store/memory.store';
import { World } from '../support/world.js';

const HOUR_MS = 3_600_000;

let world: World;

beforeAll(async () => {
  world = await World.open();
}, 120_000);

afterAll(async () => {
  await world.close();
}, 30_000);

test('is told to set it, and then signs in as anybody', async () => {
  let off = HOUR_MS;
  const clock = (): number => Date.now() + off;
  const http = nodeHttp(world.origin);
  const store = new MemoryStore();
  const liaison = await openLiaison({ origin: world.origin, http, store, socket: false, clock });
  try {
    const device = { liaison, http };
    const wrong = world.signIn(device, '899970000032');
    await expect(wrong).rejects.toMatchObject({ code: 'clock_skew' });
    off = 0;
    const session = await world.signIn(device, '899970000032');
    expect(session.person).not.toBeNull();
    expect(session.state).toBe('backup-needed');
  } finally {
    await liaison.dispose();
  }
}, 60_000);
