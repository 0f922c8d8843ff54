/** What a busy device shows must stay quick: cold, after a start, and warm, on each change. */
import { beforeAll, expect, test } from '@jest/globals';
import type { CircleId } from '@liaison/contract/ids';
import { type Busy, busyDevice, engineOn } from '../test/support/busy-device.js';
import { ready } from './crypto/sodium.js';
import type { Engine } from './engine.js';

const MESSAGES = 5000;
const HANDOFFS = 300;
const COLD_MS = 600;
const WARM_MS = 100;

let busy: Busy;

beforeAll(async () => {
  await ready();
  busy = await busyDevice(MESSAGES, HANDOFFS);
}, 120_000);

/** Of the processor, since other suites run beside: a person waits no longer than that alone. */
async function timed<T>(what: string, work: () => Promise<T>): Promise<[T, number]> {
  const before = process.cpuUsage();
  const value = await work();
  const { user, system } = process.cpuUsage(before);
  const ms = (user + system) / 1000;
  process.stdout.write(`${what}: ${ms.toFixed(0)} ms of the processor\n`);
  return [value, ms];
}

async function show(engine: Engine, channel: CircleId, how: string): Promise<number[]> {
  const messagesOf = async () => engine.messages.of(await engine.library.book(channel));
  const [messages, messagesMs] = await timed(`${how} messages`, messagesOf);
  const [handoffs, handoffsMs] = await timed(`${how} handoffs`, () => engine.handoffs.all());
  expect(messages.filter(({ text }) => text.state === 'open')).toHaveLength(MESSAGES);
  expect(handoffs.filter(({ letter }) => letter.state === 'open')).toHaveLength(HANDOFFS);
  expect(handoffs.every(({ conversation }) => conversation.length === 2)).toBe(true);
  return [messagesMs, handoffsMs];
}

test(`${MESSAGES} messages and ${HANDOFFS} handoffs are shown cold and warm`, async () => {
  const engine = engineOn(busy.store);
  await engine.open();
  const cold = await show(engine, busy.channel, 'cold');
  const warm = await show(engine, busy.channel, 'warm');
  const again = await show(engine, busy.channel, 'warm again');
  expect(Math.max(...cold)).toBeLessThan(COLD_MS);
  expect(Math.max(...again)).toBeLessThan(WARM_MS);
  expect(warm.length).toBe(again.length);
}, 60_000);
