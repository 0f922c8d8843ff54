/** A log that was verified before is read again to the very same state, and only that log. */
import { beforeAll, expect, test } from '@jest/globals';
import { enrol, ORIGIN, pinsOf, TestProvider, verified } from '../../test/support/log-people.js';
import { ready } from '../crypto/sodium.js';
import { recallIdentity } from './identity-log.js';

let provider: TestProvider;

beforeAll(async () => {
  await ready();
  provider = new TestProvider();
});

test('what is recalled is what was verified', async () => {
  const { log } = await enrol(provider, '899900000001');
  const state = await verified(log, pinsOf(provider));
  const { hashes, trusts } = state;
  expect(recallIdentity(log, { hashes, trusts }, ORIGIN)).toEqual(state);
});

test('a verdict about fewer statements, or about those of somebody else, recalls nothing', async () => {
  const { log } = await enrol(provider, '899900000002');
  const other = await enrol(provider, '899900000003');
  const { hashes, trusts } = await verified(log, pinsOf(provider));
  expect(recallIdentity(log, { hashes: hashes.slice(1), trusts }, ORIGIN)).toBeNull();
  expect(recallIdentity(other.log, { hashes, trusts }, ORIGIN)).toBeNull();
});
