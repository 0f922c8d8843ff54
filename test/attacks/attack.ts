/**
 * What an attack is, and the one oracle: the client refuses, shows a blocking typed state, or flags
 * the author; it keeps the evidence; it heals when the other behaves again. Each oracle asserts the
 * very code, and gives what the client showed.
 */
import { expect } from '@jest/globals';
import type { CircleId } from '@liaison/contract/ids';
import { itemKey, type KeptItem } from '@liaison/sdk/circles/circle.book';
import type { MessageView } from '@liaison/sdk/face';
import { eventually } from '../support/eventually.js';
import type { Forged } from './insider.js';
import type { Scene, Stage, Victim } from './stage.js';

export interface Attack {
  readonly id: string;
  readonly name: string;
  /** Resolves to what the client showed; rejects where it was taken in. */
  readonly run: (stage: Stage) => Promise<string>;
}

interface Plan<S, D> {
  readonly id: string;
  readonly name: string;
  /** Everything honest that comes before. */
  readonly arrange: (stage: Stage) => Promise<S>;
  /** The one thing that is wrong. */
  readonly misbehave: (scene: S, stage: Stage) => Promise<D> | D;
  readonly expect: (scene: S, stage: Stage, done: D) => Promise<string>;
}

export function attack<S, D>(plan: Plan<S, D>): Attack {
  const run = async (stage: Stage): Promise<string> => {
    const scene = await plan.arrange(stage);
    const done = await plan.misbehave(scene, stage);
    return plan.expect(scene, stage, done);
  };
  return { id: plan.id, name: plan.name, run };
}

/** An attack on a conversation between two teams. */
export function onChannel<D>(
  id: string,
  name: string,
  misbehave: Plan<Scene, D>['misbehave'],
  expected: Plan<Scene, D>['expect'],
): Attack {
  return attack({ id, name, arrange: (stage) => stage.scene(), misbehave, expect: expected });
}

export async function messageOf(
  { victim, circle }: Pick<Scene, 'victim' | 'circle'>,
  id: string,
): Promise<MessageView | undefined> {
  return (await victim.liaison.messages(circle)).find((message) => message.id === id);
}

/**
 * The circle is blocked with that code, the evidence is kept, nothing is written; then it heals.
 */
export const blocks =
  (code: string) =>
  async (scene: Scene, stage: Stage): Promise<string> => {
    await scene.victim.liaison.sync();
    await isBlocked(scene.victim, scene.circle, code, stage);
    await writesNothing(scene);
    stage.behave(scene.victim);
    await heals(scene, stage);
    expect(await stage.evidence(scene.victim)).toMatchObject([{ code }]);
    return `blocked: ${code}`;
  };

export async function isBlocked(
  victim: Victim,
  circle: CircleId | null,
  code: string,
  stage: Stage,
): Promise<void> {
  expect((await victim.liaison.connection()).alarm).toEqual({ code, circle });
  const [kept] = await stage.evidence(victim);
  expect(kept).toMatchObject({ code, circle });
  expect(kept?.exhibits).toBeTruthy();
}

async function writesNothing(scene: Scene): Promise<void> {
  const id = await scene.victim.liaison.post(scene.circle, 'rien', []);
  await eventually(async () => {
    expect((await messageOf(scene, id))?.delivery).toBe('refused');
  });
}

/** The author's item stands in its place with that flaw, is shown to nobody and stops nobody. */
export const flags =
  (code: string) =>
  async (scene: Scene, stage: Stage, forged: Forged): Promise<string> => {
    const { victim, circle } = scene;
    await stage.evil.append(circle, forged);
    await victim.liaison.sync();
    expect(await flawAt(victim, circle, forged.head.k)).toBe(code);
    const shown = (await victim.liaison.messages(circle)).map(({ text }) => text);
    expect(shown).toEqual([{ state: 'open', value: 'un' }]);
    await heals(scene, stage);
    return `flagged: ${code}`;
  };

export async function flawAt(victim: Victim, circle: CircleId, k: number) {
  return (await victim.store.get<KeptItem>('items', itemKey(circle, k)))?.flaw;
}

/** The next honest message is read, and nothing blocks. */
export async function heals(scene: Scene, stage: Stage): Promise<void> {
  const id = await stage.post('nurse', scene.circle, 'de nouveau');
  await scene.victim.liaison.sync();
  expect((await scene.victim.liaison.connection()).alarm).toBeNull();
  const text = { state: 'open', value: 'de nouveau' };
  expect((await messageOf(scene, id))?.text).toEqual(text);
}

/** A message is in its place, and its words say whose fault it is that nobody reads them. */
export const unreadable =
  (why: string) =>
  async (scene: Scene, stage: Stage, forged: Forged): Promise<string> => {
    await stage.evil.append(scene.circle, forged);
    await scene.victim.liaison.sync();
    const by = forged.header.author;
    const text = { state: 'unreadable', by, why };
    expect((await messageOf(scene, forged.header.id))?.text).toEqual(text);
    await heals(scene, stage);
    return `unreadable by its author: ${why}`;
  };

/** A call is refused with a fault of that code; told the truth, it works. */
export async function refuses(code: string, call: () => Promise<unknown>): Promise<string> {
  await expect(call()).rejects.toMatchObject({ code });
  return `refused: ${code}`;
}
