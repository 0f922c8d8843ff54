/** Rights that somebody does not have yet, has no more, or gives themselves. */
import type { EpochFacts } from '@liaison/contract/circle';
import { personMember } from '@liaison/contract/ids';
import type { Recipient } from '@liaison/sdk/logs/circle-items';
import { type Attack, attack, flags, onChannel } from './attack.js';
import { both, cut, opened } from './epoch.forging.js';
import type { Forgery } from './insider.js';
import { newcomer } from './membership.attacks.js';
import type { Scene, Stage } from './stage.js';

/** The GP, a member in person, in that role by the nurse's word. */
async function asRole({ nurse, circle }: Scene, stage: Stage, role: string): Promise<void> {
  const member = personMember(stage.people.gp.person);
  const changed = { kind: 'role.changed', facts: { member, role } };
  await stage.submit(nurse, await nurse.forge(circle, changed));
}

/** The next epoch, under a newer key than before of one member: so it is due. */
async function dueEpoch(scene: Scene, change: Partial<EpochFacts> = {}): Promise<Forgery> {
  const next = await cut(scene, await both(scene));
  const [first, ...others] = next.facts.recipients;
  const moved = first && { ...first, generation: first.generation + 1 };
  const recipients = moved ? [moved, ...others] : [];
  return opened(next, { because: 'key-moved', recipients, ...change });
}

/** The GP in person, under a newer key than before. */
async function inPerson({ gp }: Scene): Promise<Recipient> {
  const { key, pin } = await gp.teamRecipient();
  const member = personMember(gp.player.person);
  return { key, pin: { ...pin, member, generation: 2 } };
}

/** A link to the epoch in force, as the next one must have it. */
async function linkBack({ nurse, circle }: Scene): Promise<EpochFacts['backlinks']> {
  const { epoch } = await nurse.state(circle);
  const sealed = Buffer.alloc(72, 4).toString('base64url');
  const { epoch: number, commitment } = epoch ?? {};
  return [{ epoch: number, commitment, sealed }] as unknown as EpochFacts['backlinks'];
}

export const RIGHTS: readonly Attack[] = [
  onChannel(
    'join-forged-for-history',
    'somebody lets themselves in, to be given what was said before',
    async (scene, stage) => {
      const idel = await stage.insider('idel');
      const wrong = await newcomer(stage.people.idel.team, scene);
      return idel.forge(scene.circle, { ...wrong, knownBy: scene.nurse });
    },
    flags('not_a_member'),
  ),
  attack({
    id: 'right-taken-back',
    name: 'a member added by somebody who was an admin until just before',
    arrange: async (stage: Stage) => {
      const scene = await stage.scene('person');
      await asRole(scene, stage, 'admin');
      await asRole(scene, stage, 'writer');
      return scene;
    },
    misbehave: async (scene, stage) => {
      const wrong = await newcomer(stage.people.idel.team, scene);
      return scene.gp.forge(scene.circle, { ...wrong, knownBy: scene.nurse });
    },
    expect: flags('not_allowed'),
  }),
  attack({
    id: 'epoch-by-reader',
    name: 'an epoch opened by a member who may only read',
    arrange: async (stage: Stage) => {
      const scene = await stage.scene('person');
      await asRole(scene, stage, 'reader');
      return scene;
    },
    misbehave: async (scene) => {
      const next = await cut(scene, [await scene.nurse.teamRecipient(), await inPerson(scene)]);
      const wrong = opened(next, { because: 'key-moved', backlinks: await linkBack(scene) });
      return scene.gp.forge(scene.circle, { ...wrong, knownBy: scene.nurse });
    },
    expect: flags('not_allowed'),
  }),
  attack({
    id: 'last-admin-steps-down',
    name: 'the only admin of a circle made a writer, so that nobody is left to manage it',
    arrange: (stage: Stage) => stage.scene('person'),
    misbehave: ({ nurse, circle }, { people }) => {
      const facts = { member: people.nurse.team, role: 'writer' };
      return nurse.forge(circle, { kind: 'role.changed', facts });
    },
    expect: flags('last_admin'),
  }),
  attack({
    id: 'last-admin-leaves',
    name: 'the only admin of a circle leaves it to nobody',
    arrange: async (stage: Stage) => {
      const scene = await stage.scene('person');
      await asRole(scene, stage, 'admin');
      const facts = { member: stage.people.nurse.team, role: 'writer' };
      const handed = await scene.nurse.forge(scene.circle, { kind: 'role.changed', facts });
      await stage.submit(scene.nurse, handed);
      return scene;
    },
    misbehave: ({ gp, nurse, circle }, { people }) => {
      const facts = { member: personMember(people.gp.person), next: null };
      return gp.forge(circle, { kind: 'member.removed', facts, knownBy: nurse });
    },
    expect: flags('last_admin'),
  }),
  onChannel(
    'joiner-bypasses-cut',
    'an epoch that links back past a cut, for whoever joined after it',
    async (scene, stage) => {
      const backlinks = await linkBack(scene);
      const next = await cut(scene, await both(scene));
      await stage.submit(scene.nurse, await scene.nurse.forge(scene.circle, opened(next)));
      return scene.nurse.forge(scene.circle, await dueEpoch(scene, { backlinks }));
    },
    flags('item_invalid'),
  ),
];
