/** What a screen waits for, and how long: the wait itself is tested, so time is real. */
import { describe, expect, test } from '@jest/globals';
import { Problem } from '@liaison/contract/errors';
import { LIMITS } from '@liaison/contract/limits';
import { Changes } from './changes.js';
import { Fault } from './fault.js';
import { Reach } from './reach.js';

function stage() {
  const changes = new Changes();
  const told: string[] = [];
  changes.listen(({ what }) => told.push(what));
  let now = 1000;
  const reach = new Reach(changes, () => now);
  return { reach, told, pass: (ms: number) => (now += ms) };
}

const never = (): Promise<never> => new Promise(() => undefined);

describe('what views wait for', () => {
  test('an answer that comes is waited for', async () => {
    const { reach, told } = stage();
    let answer = '';
    await reach.soon(async () => {
      await Promise.resolve();
      answer = 'name';
    });
    expect(answer).toBe('name');
    expect(told).toEqual([]);
  });

  test('away is met once; then nobody waits or asks, until the server is found again', async () => {
    const { reach, told, pass } = stage();
    let asked = 0;
    const ask = () => {
      asked += 1;
      return Promise.reject(new Fault('offline', 'cut'));
    };
    await reach.soon(ask);
    await reach.soon(ask);
    expect(asked).toBe(1);
    reach.found();
    expect(told).toEqual(['handoffs', 'channels']);
    await reach.soon(ask);
    pass(LIMITS.pollMs.value);
    await reach.soon(ask);
    expect(asked).toBe(3);
  });

  test('a silent network is given up after a while, and a late answer is told', async () => {
    const { reach, told } = stage();
    const started = Date.now();
    let answer: () => void = () => undefined;
    await reach.soon(() => new Promise<void>((resolve) => (answer = resolve)));
    const waited = Date.now() - started;
    expect(waited).toBeGreaterThan(LIMITS.viewWaitMs.value / 2);
    expect(waited).toBeLessThan(LIMITS.viewWaitMs.value * 2);
    await reach.soon(never);
    expect(Date.now() - started).toBeLessThan(LIMITS.viewWaitMs.value * 2);
    answer();
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(told).toEqual(['handoffs', 'channels']);
  }, 15_000);

  test('where nobody stands before a screen, an answer is waited for as long as a call lasts', async () => {
    const reach = new Reach(new Changes(), () => 1000, false);
    let answer = '';
    await reach.soon(async () => {
      await new Promise((resolve) => setTimeout(resolve, LIMITS.viewWaitMs.value + 50));
      answer = 'late, and in time';
    });
    expect(answer).toBe('late, and in time');
  }, 15_000);

  test('a refusal is not an absence: whoever asks hears it', async () => {
    const { reach } = stage();
    const refused = reach.soon(() => Promise.reject(new Problem('not_allowed')));
    await expect(refused).rejects.toMatchObject({ code: 'not_allowed' });
  });
});
