/**
 * Several accept what only one may have, through several API processes: one has it, all others are
 * told. As a program of its own, which `npm run race` plays whole.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const PROGRAM = join(import.meta.dirname, '../../dist/bench/main.js');
const [OFFERS, PEOPLE] = [100, 12];

test('every offer has exactly one winner, and every loser is told', async () => {
  const args = [PROGRAM, '--only', 'race', '--offers', String(OFFERS), '--people', String(PEOPLE)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const line = stdout.split('\n').find((one) => one.includes('offers:')) ?? '';
  process.stdout.write(`${line}\n`);
  expect(line).toContain('100 offers: 100 winners, 200 losers told 200');
  expect(stdout).not.toMatch(/ false$/m);
}, 240_000);
