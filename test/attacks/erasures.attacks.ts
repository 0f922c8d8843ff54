/** Bodies destroyed without a signed word, by whom they are not, or served on after they were. */
import { expect } from '@jest/globals';
import type { Head } from '@liaison/contract/item';
import { itemKey, type KeptItem } from '@liaison/sdk/circles/circle.book';
import type { SealedBytes } from '@liaison/contract/ids';
import { type Attack, blocks, flags, heals, onChannel } from './attack.js';
import type { Forged, Insider } from './insider.js';
import { rewind, type Scene, type Stage, tamper } from './stage.js';

/** The last message of the conversation: the nurse’s. */
async function lastMessage({ nurse, circle }: Scene) {
  const book = await nurse.book(circle);
  const item = book.items.findLast(({ header }) => header.kind === 'message.posted');
  const h = item === undefined ? null : book.replay.history.chainAt(item.k);
  if (item === undefined || h === null) throw new Error('Nobody wrote.');
  return { item, place: { k: item.k, h } satisfies Head };
}

/** What takes it away, signed by somebody. */
async function erasure(scene: Scene, by: Insider): Promise<Forged> {
  const { place } = await lastMessage(scene);
  return by.forge(scene.circle, {
    kind: 'bodies.erased',
    critical: true,
    facts: { of: [place], reason: 'wrong-patient' },
    body: { note: '' },
    knownBy: scene.nurse,
  });
}

/** The victim is served that message with another body, or none. */
function serveBody(scene: Scene, k: number, body: SealedBytes | null): void {
  tamper(scene, (items) => items.map((item) => (item.k === k ? { ...item, body } : item)));
}

/** One more honest message, which the victim has not read yet. */
const oneMore = ({ circle }: Scene, stage: Stage) => stage.post('nurse', circle, 'deux');

async function withoutRight(scene: Scene, stage: Stage): Promise<void> {
  await oneMore(scene, stage);
  const { place } = await lastMessage(scene);
  await stage.evil.append(scene.circle, await erasure(scene, scene.gp));
  serveBody(scene, place.k, null);
}

export const ERASURES: readonly Attack[] = [
  onChannel(
    'erasure-nobody-signed',
    'a body that the server says was destroyed, and nobody erased',
    async (scene, stage) => {
      await oneMore(scene, stage);
      serveBody(scene, (await lastMessage(scene)).place.k, null);
    },
    blocks('body-withheld'),
  ),
  onChannel(
    'erasure-without-right',
    'another’s words erased by somebody who may not',
    (scene) => erasure(scene, scene.gp),
    flags('item_not_allowed'),
  ),
  onChannel(
    'erasure-without-right-obeyed',
    'a body destroyed on the word of somebody who may not',
    withoutRight,
    blocks('body-withheld'),
  ),
  onChannel(
    'erasure-of-another-past',
    'an erasure that names a place of another history',
    async (scene) => {
      const { place } = await lastMessage(scene);
      const forged = { of: [{ ...place, h: scene.circle }], reason: 'other' };
      const wrong = { kind: 'bodies.erased', critical: true, facts: forged, body: { note: '' } };
      return scene.nurse.forge(scene.circle, wrong);
    },
    flags('item_invalid'),
  ),
  onChannel(
    'erased-body-served',
    'a body that is served on after it was erased',
    async (scene, stage) => {
      await oneMore(scene, stage);
      const { item, place } = await lastMessage(scene);
      await stage.submit(scene.nurse, await erasure(scene, scene.nurse));
      serveBody(scene, place.k, item.sealed);
      return place.k;
    },
    async (scene, stage, k) => {
      const { victim, circle } = scene;
      await victim.liaison.sync();
      const kept = await victim.store.get<KeptItem>('items', itemKey(circle, k));
      expect(kept).toMatchObject({ body: null, flaw: null });
      const last = (await victim.liaison.messages(circle)).at(-1);
      expect(last?.text).toEqual({ state: 'erased' });
      stage.behave(victim);
      await heals(scene, stage);
      return 'dropped: erased';
    },
  ),
  onChannel(
    'tombstone-hidden',
    'a body that was erased, and the word that erased it withheld',
    async (scene, stage) => {
      await oneMore(scene, stage);
      const { head } = await scene.nurse.book(scene.circle);
      await stage.submit(scene.nurse, await erasure(scene, scene.nurse));
      rewind(scene, head);
    },
    blocks('body-withheld'),
  ),
];
