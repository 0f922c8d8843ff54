/** Epochs as an admin would open them, for attacks that then make something of them wrong. */
import type { EpochFacts } from '@liaison/contract/circle';
import { makeEpoch, type NextEpoch, type Recipient } from '@liaison/sdk/logs/circle-items';
import type { Forgery } from './insider.js';
import type { Scene } from './stage.js';

/** The next epoch of the scene's circle, sealed to these, as a cut by its admin. */
export async function cut(
  { nurse, circle }: Scene,
  recipients: readonly Recipient[],
): Promise<NextEpoch> {
  const state = await nurse.state(circle);
  const epoch = (state.epoch?.epoch ?? 0) + 1;
  const prev = state.membersHead.h;
  return makeEpoch({ circle, epoch, prev, because: 'history-cut', recipients, earlier: [] });
}

export async function both({ nurse, gp }: Scene): Promise<Recipient[]> {
  return [await nurse.teamRecipient(), await gp.teamRecipient()];
}

export const opened = (
  { facts, copies }: NextEpoch,
  change: Partial<EpochFacts> = {},
): Forgery => ({
  kind: 'epoch.opened',
  facts: { ...facts, ...change },
  copies: [...copies],
});
