/** What an admin may sign, and no circle takes: statements that its law does not allow. */
import { toBase64Url } from '@liaison/contract/bytes';
import type { EpochFacts } from '@liaison/contract/circle';
import { type Hash, personMember } from '@liaison/contract/ids';
import { expect } from '@jest/globals';
import { type Attack, attack, blocks, flags, flawAt, onChannel } from './attack.js';
import { both, cut, opened } from './epoch.forging.js';
import type { Forgery } from './insider.js';
import { newcomer } from './membership.attacks.js';
import { type Scene, serve, type Stage } from './stage.js';

const NO_HASH = toBase64Url(new Uint8Array(32).fill(9)) as Hash;

/** The nurse, an admin of the channel, signs it. */
const byAdmin = (
  id: string,
  name: string,
  wrong: (scene: Scene, stage: Stage) => Promise<Forgery> | Forgery,
  code: string,
): Attack =>
  onChannel(
    id,
    name,
    async (scene, stage) => scene.nurse.forge(scene.circle, await wrong(scene, stage)),
    flags(code),
  );

/** A removal of the GP's team with the epoch that follows it. */
async function removal(scene: Scene, stage: Stage, next: Partial<EpochFacts>): Promise<Forgery> {
  const { facts, copies } = await cut(scene, [await scene.nurse.teamRecipient()]);
  const because = 'member-removed';
  const said = { member: stage.people.gp.team, next: { ...facts, because, ...next } };
  return { kind: 'member.removed', facts: said, copies: [...copies] };
}

/** The present key of the GP's team, sealed to once more. */
async function resealed({ gp }: Scene, wrong: object, pinned: object = {}): Promise<Forgery> {
  const { pin } = await gp.teamRecipient();
  const recipients = [{ ...pin, ...pinned }];
  const facts = { epoch: 1, recipients, copiesRoot: NO_HASH, ...wrong };
  return { kind: 'epoch.resealed', facts };
}

export const LAWS: readonly Attack[] = [
  byAdmin(
    'entry-without-body',
    'an entry with no sealed body, as if it had been destroyed',
    () => ({ header: () => ({ body: null }), noBody: true }),
    'item_invalid',
  ),
  byAdmin(
    'statement-not-critical',
    'a membership statement that readers may pass over',
    (_scene, { people }) => ({
      kind: 'role.changed',
      facts: { member: people.gp.team, role: 'reader' },
      header: () => ({ critical: false }),
    }),
    'item_invalid',
  ),
  onChannel(
    'statement-newer',
    'a membership statement of a version that this client does not know',
    async (scene, { people }) => {
      const facts = { member: people.gp.team, role: 'reader' };
      const forgery = { kind: 'role.changed', facts, header: () => ({ kv: 2 }) };
      serve(scene, [await scene.nurse.forge(scene.circle, forgery)]);
    },
    blocks('update-needed'),
  ),
  byAdmin(
    'statement-without-facts',
    'a membership statement that says nothing',
    () => ({ kind: 'role.changed', facts: {} }),
    'item_invalid',
  ),
  byAdmin(
    'member-with-another-key',
    'a member let in under the key of another',
    async (scene, { people }) => {
      const { facts, ...wrong } = await newcomer(people.idel.team, scene);
      const { pin } = await scene.gp.teamRecipient();
      return { ...wrong, facts: { ...facts, pin } };
    },
    'item_invalid',
  ),
  byAdmin(
    'removal-of-nobody',
    'the end of a membership that never was',
    async (scene, stage) => {
      const { facts, ...wrong } = await removal(scene, stage, {});
      return { ...wrong, facts: { ...facts, member: stage.people.idel.team } };
    },
    'item_not_allowed',
  ),
  byAdmin(
    'removal-of-another-reason',
    'a removal whose epoch says that it cuts the past, and leaves no way back to it',
    (scene, stage) => removal(scene, stage, { because: 'history-cut' }),
    'item_invalid',
  ),
  byAdmin(
    'role-of-nobody',
    'a role for somebody who is no member',
    (_scene, { people }) => ({
      kind: 'role.changed',
      facts: { member: people.idel.team, role: 'admin' },
    }),
    'item_not_allowed',
  ),
  byAdmin(
    'reseal-of-another-epoch',
    'an epoch that is not in force, sealed once more',
    (scene) => resealed(scene, { epoch: 7 }),
    'epoch_stale',
  ),
  byAdmin(
    'reseal-to-a-stranger',
    'the present key, sealed to somebody who is no member',
    (scene, { people }) => resealed(scene, {}, { member: personMember(people.idel.person) }),
    'copies_mismatch',
  ),
  byAdmin(
    'dispute-of-nothing',
    'a dispute about an epoch that never was',
    (_scene, { people }) => ({
      kind: 'copy.disputed',
      facts: { epoch: 7, member: people.nurse.team, copyHash: NO_HASH },
    }),
    'item_invalid',
  ),
  attack({
    id: 'epoch-to-an-older-key',
    name: 'an epoch sealed to an older key of a member than the one before',
    arrange: (stage: Stage) => stage.scene(),
    misbehave: async (scene) => {
      const { nurse, circle } = scene;
      const next = await cut(scene, await both(scene));
      const [first, ...others] = next.facts.recipients;
      if (first === undefined) throw new Error('Nobody is sealed to.');
      const newer = { ...first, generation: first.generation + 1 };
      const one = await nurse.forge(circle, opened(next, { recipients: [newer, ...others] }));
      const header = () => ({
        epoch: next.facts.epoch,
        members: one.head,
        seen: one.head,
      });
      const later = { ...next.facts, epoch: next.facts.epoch + 1 };
      const two = await nurse.forge(circle, {
        kind: 'epoch.opened',
        facts: later,
        copies: [...next.copies],
        after: one.head,
        header,
        step: 2,
      });
      serve(scene, [one, two]);
      return two.head.k;
    },
    expect: async ({ victim, circle }, _stage, k) => {
      await victim.liaison.sync();
      expect(await flawAt(victim, circle, k)).toBe('copies_mismatch');
      expect((await victim.liaison.connection()).alarm).toBeNull();
      return 'flagged: copies_mismatch';
    },
  }),
  attack({
    id: 'team-in-a-team',
    name: 'a team let into a team',
    arrange: async (stage: Stage) => ({
      victim: await stage.victim('nurse'),
      circle: stage.people.nurse.teamId,
      nurse: await stage.insider('nurse'),
    }),
    misbehave: async (scene, { people }) => {
      const { nurse, circle } = scene;
      const wrong = await newcomer(people.idel.team, scene);
      const forged = await nurse.forge(circle, wrong);
      serve(scene, [forged]);
      return forged.head.k;
    },
    expect: async ({ victim, circle }, _stage, k) => {
      await victim.liaison.sync();
      expect(await flawAt(victim, circle, k)).toBe('item_invalid');
      expect((await victim.liaison.connection()).alarm).toBeNull();
      return 'flagged: item_invalid';
    },
  }),
];
