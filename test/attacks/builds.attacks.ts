/** The application itself, served by the very server: an old one, in which checks are missing. */
import { expect } from '@jest/globals';
import { CLIENT_LEVEL } from '@liaison/sdk/build-mark';
import { eventually } from '../support/eventually.js';
import { type Attack, attack, heals, messageOf } from './attack.js';
import { copyOf, type Stage } from './stage.js';

export const BUILDS: readonly Attack[] = [
  attack({
    id: 'old-client-served',
    name: 'an older client than the one that ran here before',
    arrange: (stage: Stage) => stage.scene(),
    misbehave: async ({ victim }, stage) => {
      const store = await copyOf(victim.store);
      // As a client of next year would have left it.
      await store.transaction((tx) => {
        tx.put('meta', 'client-level', CLIENT_LEVEL + 1);
      });
      return stage.victimOn('gp', store);
    },
    expect: async (scene, stage, victim) => {
      const old = { ...scene, victim };
      const alarm = { code: 'old-client', circle: null };
      expect((await victim.liaison.connection()).alarm).toEqual(alarm);
      const id = await victim.liaison.post(scene.circle, 'rien', []);
      await eventually(async () => {
        expect((await messageOf(old, id))?.delivery).toBe('refused');
      });
      expect(await stage.evidence(victim)).toMatchObject([alarm]);
      // The client of next year is this one, for whoever comes after it.
      const store = await copyOf(victim.store);
      await store.transaction((tx) => {
        tx.put('meta', 'client-level', CLIENT_LEVEL);
      });
      const again = await stage.victimOn('gp', store);
      await heals({ ...scene, victim: again }, stage);
      return 'blocked: old-client';
    },
  }),
];
