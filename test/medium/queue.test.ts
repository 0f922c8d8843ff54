/**
 * Queues on their real store: a job is worked through once, tried again, and refused when unfit.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { z } from 'zod';
import { Log } from '../../src/platform/logger/log.js';
import { PlatformModule } from '../../src/platform/platform.module.js';
import { Queues } from '../../src/platform/queue/queues.js';
import { Workers } from '../../src/platform/queue/workers.js';
import { testConfig } from '../support/test-config.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const Payload = z.strictObject({ id: z.string() });

let database: TestDatabase;
let app: INestApplicationContext;
const seen: string[] = [];

async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 10));
}

beforeAll(async () => {
  database = await createTestDatabase();
  const platform = PlatformModule.register({
    config: testConfig(database),
    roles: ['worker'],
    log: Log.create('silent'),
  });
  app = await NestFactory.createApplicationContext(platform, {
    logger: false,
    abortOnError: false,
  });
  app.get(Workers).process('bells', Payload, ({ id }, { attempt }) => {
    seen.push(`${id}:${attempt}`);
    return id === 'shy' && attempt === 1 ? Promise.reject(new Error('not yet')) : Promise.resolve();
  });
});

afterAll(async () => {
  await app.close();
  await database.close();
});

test('a job reaches its handler', async () => {
  await app.get(Queues).add('bells', { id: 'a' });
  await until(() => seen.includes('a:1'));
});

test('a job that fails is given again', async () => {
  await app.get(Queues).add('bells', { id: 'shy' }, { backoff: 20 });
  await until(() => seen.includes('shy:2'));
});

test('a job under an id that waits already is the same job', async () => {
  await app.get(Queues).add('bells', { id: 'later' }, { jobId: 'one', delay: 200 });
  await app.get(Queues).add('bells', { id: 'later' }, { jobId: 'one', delay: 200 });
  await until(() => seen.includes('later:1'));
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(seen.filter((entry) => entry === 'later:1')).toHaveLength(1);
});

test('a payload out of form never reaches the handler', async () => {
  await app.get(Queues).add('bells', { id: 7 }, { attempts: 1 });
  await app.get(Queues).add('bells', { id: 'after' });
  await until(() => seen.includes('after:1'));
  expect(seen.some((entry) => entry.startsWith('7'))).toBe(false);
});
