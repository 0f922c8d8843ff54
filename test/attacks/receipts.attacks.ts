/** The server's word on what it took: false, missing, of something else, or not kept. */
import { expect } from '@jest/globals';
import { CIRCLE_ROUTES } from '@liaison/contract/circle-routes';
import { toBase64Url } from '@liaison/contract/bytes';
import type { Hash, Signature } from '@liaison/contract/ids';
import type { Receipt } from '@liaison/contract/item';
import { eventually } from '../support/eventually.js';
import { type Attack, attack, heals, isBlocked, messageOf, onChannel } from './attack.js';
import { type Scene, type Stage, tamper, wireOf } from './stage.js';

type Lie = (receipts: readonly Receipt[]) => readonly Receipt[];

/** The victim writes, and its submission is acknowledged with a lie. */
function onReceipts(
  id: string,
  name: string,
  lie: (scene: Scene) => Lie | Promise<Lie>,
  circleOf: (scene: Scene) => Scene['circle'] | null = ({ circle }) => circle,
): Attack {
  return onChannel(
    id,
    name,
    async (scene) => {
      const change = await lie(scene);
      scene.victim.liar.about(CIRCLE_ROUTES.submit, async (truth) => {
        return { receipts: change((await truth()).receipts) };
      });
    },
    async (scene, stage) => {
      const { victim, circle } = scene;
      const entry = await victim.liaison.post(circle, 'bien reçu ?', []);
      await eventually(async () => {
        expect((await messageOf(scene, entry))?.delivery).toBe('refused');
      });
      await isBlocked(victim, circleOf(scene), 'receipt-broken', stage);
      stage.behave(victim);
      await victim.liaison.sync();
      await victim.liaison.retry(circle, entry);
      await eventually(async () => {
        expect((await messageOf(scene, entry))?.delivery).toBe('sent');
      });
      if (circleOf(scene) !== null) await heals(scene, stage);
      return 'blocked: receipt-broken; not shown as sent';
    },
  );
}

const NO_HASH = toBase64Url(new Uint8Array(32).fill(9)) as Hash;

export const RECEIPTS: readonly Attack[] = [
  onReceipts('receipt-unsigned', 'a receipt that the log key never signed', () => {
    const signature = toBase64Url(new Uint8Array(64).fill(7)) as Signature;
    return (receipts) => receipts.map((one) => ({ ...one, signature }));
  }),
  onReceipts('receipt-other-head', 'a receipt whose head was altered', () => {
    return (receipts) => receipts.map((one) => ({ ...one, h: NO_HASH }));
  }),
  onReceipts('receipt-backdated', 'a receipt whose time was altered', () => {
    return (receipts) => receipts.map((one) => ({ ...one, at: (one.at - 3_600_000) as never }));
  }),
  onReceipts(
    'receipt-none',
    'an acknowledgement without a receipt',
    () => () => [],
    () => null,
  ),
  onReceipts(
    'receipt-of-another',
    'a true receipt of an earlier entry',
    async ({ circle, victim }) => {
      const first = await firstReceipt(victim.liaison, victim.liar, circle);
      return () => [first];
    },
  ),
  attack({
    id: 'receipt-without-entry',
    name: 'a receipt, then a sequence with another entry in that place',
    arrange: (stage: Stage) => stage.scene(),
    misbehave: async (scene, stage) => {
      const { nurse, circle } = scene;
      await stage.post('nurse', circle, 'deux');
      const { item, head } = await nurse.forge(circle);
      tamper(scene, (items) => {
        return items.map((one) => (one.k === head.k ? wireOf(circle, head.k, item) : one));
      });
    },
    expect: async (scene, stage) => {
      const { victim, circle } = scene;
      const entry = await victim.liaison.post(circle, 'trois', []);
      await eventually(async () => {
        await isBlocked(victim, circle, 'receipt-broken', stage);
      });
      stage.behave(victim);
      await heals(scene, stage);
      expect((await messageOf(scene, entry))?.text).toEqual({ state: 'open', value: 'trois' });
      return 'blocked: receipt-broken';
    },
  }),
];

/** An honest entry of the victim, whose receipt is noted on its way. */
async function firstReceipt(
  liaison: Scene['victim']['liaison'],
  liar: Scene['victim']['liar'],
  circle: Scene['circle'],
): Promise<Receipt> {
  const noted: Receipt[] = [];
  liar.about(CIRCLE_ROUTES.submit, async (truth) => {
    const reply = await truth();
    noted.push(...reply.receipts);
    return reply;
  });
  await liaison.post(circle, 'avant', []);
  return patiently(() => noted[0]);
}

async function patiently<T>(read: () => T | undefined): Promise<T> {
  let found: T | undefined;
  await eventually(() => {
    found = read();
    return found === undefined ? Promise.reject(new Error('not yet')) : Promise.resolve();
  });
  return found as T;
}
