/** What a busy device shows is the same cold, after a start, and warm, on each change. */
import { beforeAll, expect, test } from '@jest/globals';
import type { CircleId } from '@liaison/contract/ids';
import { type Busy, busyDevice, engineOn } from '../test/support/busy-device.js';
import { ready } from './crypto/sodium.js';
import type { Engine } from './engine.js';

const MESSAGES = 120;
const HANDOFFS = 12;

let busy: Busy;

beforeAll(async () => {
  await ready();
  busy = await busyDevice(MESSAGES, HANDOFFS);
}, 60_000);

async function show(engine: Engine, channel: CircleId) {
  const messages = await engine.messages.of(await engine.library.book(channel));
  return { messages, handoffs: await engine.handoffs.all() };
}

test('everything kept is shown, open, and shown again the same', async () => {
  const engine = engineOn(busy.store);
  await engine.open();
  const cold = await show(engine, busy.channel);
  expect(cold.messages.filter(({ text }) => text.state === 'open')).toHaveLength(MESSAGES);
  expect(cold.handoffs.filter(({ letter }) => letter.state === 'open')).toHaveLength(HANDOFFS);
  expect(cold.handoffs.every(({ conversation }) => conversation.length === 2)).toBe(true);
  expect(await show(engine, busy.channel)).toEqual(cold);
});
