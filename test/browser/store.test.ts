/**
 * The browser's store in a real browser, without a server: what release 0.2 wrote is opened, a
 * passkey shuts and opens it, and no crash in between loses a row.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import { findProgram } from '../../tools/start/programs.mjs';
import type * as InPage from './store.in-page.js';

const ROWS = 4;
const LARGE = 20_000;

let server: Server;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  const folder = import.meta.dirname;
  const arguments_ = [join(folder, 'in-page.bundle.mjs'), join(folder, 'store.in-page.ts')];
  const { stdout } = await promisify(execFile)(process.execPath, arguments_);
  server = createServer((_request, reply) => reply.end('<!doctype html>'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  browser = await chromium.launch({
    executablePath: findProgram('chromium') ?? 'chromium',
    args: ['--no-sandbox', '--disable-background-networking'],
  });
  page = await browser.newPage();
  await page.goto(`http://localhost:${String((server.address() as AddressInfo).port)}/`);
  await page.evaluate(stdout.replace(/^var inPage/m, 'globalThis.inPage'));
}, 60_000);

afterAll(async () => {
  await browser.close();
  server.close();
});

interface Global {
  readonly inPage: typeof InPage;
}

describe('a store of release 0.2', () => {
  test.each(['open', 'fasten', 'remove'] as const)(
    'is whole wherever a crash cuts "%s"',
    async (work) => {
      const whole = await page.evaluate(
        (what) => (globalThis as unknown as Global).inPage.crashEverywhere(what),
        work,
      );
      process.stdout.write(`${work}: ${String(whole.length - 1)} crashes, every row whole\n`);
      expect(whole.length).toBeGreaterThan(work === 'open' ? 3 : 15);
      expect(whole.filter((rows) => rows !== ROWS)).toEqual([]);
    },
    60_000,
  );
});

test('what one tab has a passkey shut, another neither reads nor spoils', async () => {
  const seen = await page.evaluate(() => (globalThis as unknown as Global).inPage.otherTab());
  expect(seen).toEqual({
    read: 'StoreShut',
    written: 'StoreShut',
    state: 'shut',
    wrong: false,
    right: true,
    after: 'device',
    late: 'nothing',
  });
});

test('a shut store holds no key, says whose it is, and can be forgotten', async () => {
  const seen = await page.evaluate(() => (globalThis as unknown as Global).inPage.shutStore());
  expect(seen).toEqual({
    owner: 'somebody',
    keys: ['closed-key', 'key-id'],
    state: 'browser',
    forgotten: 'nothing',
  });
});

test('a large store is shut within seconds', async () => {
  const seconds = await page.evaluate(
    (rows) => (globalThis as unknown as Global).inPage.secondsToFasten(rows),
    LARGE,
  );
  process.stdout.write(`${String(LARGE)} secrets sealed anew: ${seconds.toFixed(1)} s\n`);
  expect(seconds).toBeLessThan(20);
}, 60_000);
