/** Epochs and sealed copies: who is sealed to, who is left out, and what is served instead. */
import { expect } from '@jest/globals';
import { toBase64Url } from '@liaison/contract/bytes';
import { CIRCLE_ROUTES, type ServedCopy } from '@liaison/contract/circle-routes';
import type { EpochFacts } from '@liaison/contract/circle';
import { type Hash, personMember, type SealedCopy } from '@liaison/contract/ids';
import type { IdentityHead } from '@liaison/contract/identity';
import { copiesRoot } from '@liaison/sdk/crypto/copies-tree';
import { deriveEpoch } from '@liaison/sdk/crypto/epoch';
import { sealCopy } from '@liaison/sdk/crypto/sealing';
import { epochContext, makeEpoch, type NextEpoch } from '@liaison/sdk/logs/circle-items';
import { type Attack, attack, blocks, flags, isBlocked, messageOf, onChannel } from './attack.js';
import { eventually } from '../support/eventually.js';
import { both, cut, opened } from './epoch.forging.js';
import type { Forged, Forgery } from './insider.js';
import { type Scene, serve, type Stage } from './stage.js';

const NO_HASH = toBase64Url(new Uint8Array(32).fill(9)) as Hash;

/** An epoch by the nurse, an admin, with one thing wrong in its facts. */
function onEpoch(
  id: string,
  name: string,
  wrong: (scene: Scene, stage: Stage) => Promise<Forgery>,
  code: string,
): Attack {
  const misbehave = async (scene: Scene, stage: Stage): Promise<Forged> =>
    scene.nurse.forge(scene.circle, await wrong(scene, stage));
  return onChannel(id, name, misbehave, flags(code));
}

const changed = (change: (facts: EpochFacts) => Partial<EpochFacts>) => async (scene: Scene) => {
  const next = await cut(scene, await both(scene));
  return opened(next, change(next.facts));
};

/** The victim reads nothing of the circle, which says that it waits for keys. */
async function waitsForKeys({ victim, circle }: Scene): Promise<void> {
  const last = (await victim.liaison.messages(circle)).at(-1);
  expect(last?.text).toEqual({ state: 'waiting', for: 'keys' });
}

async function reads({ victim, circle }: Scene, value: string): Promise<void> {
  victim.wait(31_000);
  await victim.liaison.sync();
  const last = (await victim.liaison.messages(circle)).at(-1);
  expect(last?.text).toEqual({ state: 'open', value });
  expect((await victim.liaison.connection()).alarm).toBeNull();
}

/** Copies that the server does not serve as they were sealed. */
function onServedCopies(
  id: string,
  name: string,
  lie: (copies: readonly ServedCopy[]) => readonly ServedCopy[],
  isProven: boolean,
): Attack {
  return attack({
    id,
    name,
    arrange: (stage) => stage.scene(),
    misbehave: ({ victim }) => {
      victim.liar.about(CIRCLE_ROUTES.copies, async (truth) => {
        return { copies: lie((await truth()).copies) };
      });
    },
    expect: async (scene, stage) => {
      await waitsForKeys(scene);
      if (isProven) await isBlocked(scene.victim, scene.circle, 'copy-not-carried', stage);
      stage.behave(scene.victim);
      await reads(scene, 'un');
      return isProven ? 'blocked: copy-not-carried' : 'waiting: keys';
    },
  });
}

const otherCopy = toBase64Url(new Uint8Array(1168).fill(5)) as SealedCopy;

/** A cut in which the GP's team gets another secret than the others; the server takes it. */
async function dud(scene: Scene, stage: Stage, random = false): Promise<NextEpoch> {
  const recipients = await both(scene);
  const next = await cut(scene, recipients);
  const { team } = stage.people.gp;
  const [, mine] = recipients;
  if (mine === undefined) throw new Error('No recipient.');
  const state = await scene.nurse.state(scene.circle);
  const context = epochContext(scene.circle, next.facts, state.membersHead.h);
  const other = sealCopy(new Uint8Array(32).fill(1), mine.key, context);
  const copy = random ? otherCopy : other;
  const copies = next.copies.map((one) => (one.member === team ? { ...one, copy } : one));
  const root = copiesRoot(
    copies.map(({ member, copy: sealed }) => ({ recipient: member, copy: sealed })),
  );
  const forgery = { ...opened(next, { copiesRoot: root }), copies };
  await stage.submit(scene.nurse, await scene.nurse.forge(scene.circle, forgery));
  return next;
}

/** A cut that says to link to the first epoch, and holds another secret under that name. */
async function wrongLink(scene: Scene, stage: Stage): Promise<void> {
  const { nurse, circle } = scene;
  const state = await nurse.state(circle);
  const { epoch: earlier = 1, commitment = NO_HASH } = state.epoch ?? {};
  const other = deriveEpoch(new Uint8Array(32).fill(3));
  const next = makeEpoch({
    circle,
    epoch: earlier + 1,
    prev: state.membersHead.h,
    because: 'history-cut',
    recipients: await both(scene),
    earlier: [{ epoch: earlier, keys: { ...other, commitment } }],
  });
  await stage.submit(nurse, await nurse.forge(circle, opened(next)));
}

/** The next epoch without the GP, whose log is said to show a new beginning. */
async function withoutGp(scene: Scene, head?: IdentityHead): Promise<Forgery> {
  const { nurse, gp } = scene;
  const next = await cut(scene, [await nurse.teamRecipient()]);
  const { n: k, h } = head ?? (await gp.identity());
  const lapsed = [{ member: personMember(gp.player.person), head: { k, h } }];
  return opened(next, { lapsed });
}

function onDud(id: string, name: string, random: boolean): Attack {
  return attack({
    id,
    name,
    arrange: (stage) => stage.scene(),
    misbehave: async (scene, stage) => {
      const next = await dud(scene, stage, random);
      await stage.post('nurse', scene.circle, 'sans le médecin');
      return next;
    },
    expect: async (scene, stage) => {
      await scene.victim.liaison.sync();
      await waitsForKeys(scene);
      // Who got the dud says so; whoever manages the circle and knows the key seals it again.
      await eventually(async () => {
        const [dispute] = await stage.people.nurse.liaison.disputes(scene.circle);
        expect(dispute).toMatchObject({ party: { member: stage.people.gp.team } });
        expect(dispute?.healedAt).not.toBeNull();
      });
      await reads(scene, 'sans le médecin');
      const [seen] = await scene.victim.liaison.disputes(scene.circle);
      expect(seen?.healedAt).not.toBeNull();
      return 'waiting: keys; disputed, and open after a resealing';
    },
  });
}

export const EPOCHS: readonly Attack[] = [
  onEpoch(
    'epoch-not-due',
    'an epoch opened though nothing moved',
    changed(() => ({ because: 'key-moved' })),
    'epoch_not_due',
  ),
  onEpoch(
    'epoch-first-again',
    'a first epoch where there is one',
    changed(() => ({ because: 'first' })),
    'epoch_not_due',
  ),
  onEpoch(
    'epoch-too-early',
    'an epoch opened for its age on the first day',
    changed(() => ({ because: 'age' })),
    'epoch_not_due',
  ),
  onEpoch(
    'epoch-number-skipped',
    'an epoch that leaves numbers out',
    changed(({ epoch }) => ({ epoch: epoch + 1 })),
    'epoch_stale',
  ),
  onEpoch(
    'member-left-out',
    'an epoch that leaves a member out',
    async (scene) => opened(await cut(scene, [await scene.nurse.teamRecipient()])),
    'copies_mismatch',
  ),
  onEpoch(
    'stranger-sealed-to',
    'an epoch sealed to somebody who is no member',
    async (scene, stage) => {
      const idel = await stage.insider('idel');
      return opened(await cut(scene, [...(await both(scene)), await idel.teamRecipient()]));
    },
    'copies_mismatch',
  ),
  onEpoch(
    'member-sealed-to-twice',
    'a member sealed to twice in another’s place',
    changed(({ recipients }) => ({ recipients: recipients.map(() => recipients[0] as never) })),
    'copies_mismatch',
  ),
  onEpoch(
    'backlink-to-nothing',
    'a link to an epoch of another commitment',
    changed(() => {
      const sealed = toBase64Url(new Uint8Array(72).fill(4)) as never;
      return { backlinks: [{ epoch: 1, commitment: NO_HASH, sealed }] };
    }),
    'item_invalid',
  ),
  attack({
    id: 'cut-by-writer',
    name: 'history cut by somebody who is no admin',
    arrange: (stage) => stage.scene('person'),
    misbehave: async (scene) => {
      const next = await cut(scene, await both(scene));
      return scene.gp.forge(scene.circle, opened(next));
    },
    expect: flags('not_allowed'),
  }),
  attack({
    id: 'removed-still-sealed-to',
    name: 'a removal whose next epoch is sealed to the removed member',
    arrange: (stage) => stage.scene(),
    misbehave: async (scene, stage) => {
      const { facts, copies } = await cut(scene, await both(scene));
      const next = { ...facts, because: 'member-removed' };
      const removal = { member: stage.people.gp.team, next };
      const wrong = { kind: 'member.removed', facts: removal, copies: [...copies] };
      return scene.nurse.forge(scene.circle, wrong);
    },
    expect: flags('copies_mismatch'),
  }),
  attack({
    id: 'remover-removes-itself',
    name: 'a member makes the secret that should shut it out',
    arrange: (stage) => stage.scene(),
    misbehave: async (scene, stage) => {
      const { facts, copies } = await cut(scene, [await scene.gp.teamRecipient()]);
      const next = { ...facts, because: 'member-removed' };
      const removal = { member: stage.people.nurse.team, next };
      const wrong = { kind: 'member.removed', facts: removal, copies: [...copies] };
      return scene.nurse.forge(scene.circle, wrong);
    },
    expect: flags('not_allowed'),
  }),
  attack({
    id: 'lapsed-untrue',
    name: 'a member put out as if they had begun a new identity',
    arrange: (stage) => stage.scene('person'),
    misbehave: async (scene) => scene.nurse.forge(scene.circle, await withoutGp(scene)),
    expect: flags('copies_mismatch'),
  }),
  attack({
    id: 'lapsed-of-another-log',
    name: 'a member put out by another log than theirs',
    arrange: (stage) => stage.scene('person'),
    misbehave: async (scene) => {
      const { n } = await scene.gp.identity();
      const wrong = await withoutGp(scene, { n, h: NO_HASH });
      serve(scene, [await scene.nurse.forge(scene.circle, wrong)]);
    },
    expect: blocks('identity-fork'),
  }),
  attack({
    id: 'lapsed-nobody',
    name: 'an epoch that puts out somebody who never was a member',
    arrange: (stage) => stage.scene(),
    misbehave: async (scene, { people }) => {
      const { n: k, h } = await scene.gp.identity();
      const lapsed = [{ member: personMember(people.gp.person), head: { k, h } }];
      return scene.nurse.forge(
        scene.circle,
        opened(await cut(scene, await both(scene)), { lapsed }),
      );
    },
    expect: flags('copies_mismatch'),
  }),
  onServedCopies(
    'copy-substituted',
    'another sealed copy than the one that was sealed',
    (copies) => copies.map((one) => ({ ...one, copy: otherCopy })),
    true,
  ),
  onServedCopies(
    'copy-proof-false',
    'a sealed copy with a proof of another place',
    (copies) => copies.map((one) => ({ ...one, proof: one.proof.map(() => NO_HASH) })),
    true,
  ),
  onServedCopies('copies-withheld', 'no sealed copy is given', () => [], false),
  attack({
    id: 'backlink-to-wrong-key',
    name: 'a link to the epoch before that holds another well-formed key',
    arrange: (stage) => stage.scene(),
    misbehave: async (scene, stage) => {
      await wrongLink(scene, stage);
      await stage.post('nurse', scene.circle, 'deux');
      // Without its own copy of the first epoch, the victim has only that link to it.
      scene.victim.liar.about(CIRCLE_ROUTES.copies, async (truth) => {
        return { copies: (await truth()).copies.filter(({ epoch }) => epoch > 1) };
      });
    },
    expect: async (scene, stage) => {
      const { victim, circle } = scene;
      await victim.liaison.sync();
      const texts = async () => (await victim.liaison.messages(circle)).map(({ text }) => text);
      const after = { state: 'open', value: 'deux' };
      expect(await texts()).toEqual([{ state: 'waiting', for: 'keys' }, after]);
      stage.behave(victim);
      victim.wait(31_000);
      await victim.liaison.sync();
      expect(await texts()).toEqual([{ state: 'open', value: 'un' }, after]);
      return 'waiting: keys; open with its own copy';
    },
  }),
  onDud('copy-dud', 'one member is given a dud, by a colluding admin', false),
  onDud('copy-random', 'one member is given a copy that opens to nothing', true),
  attack({
    id: 'public-key-not-of-epoch',
    name: 'an epoch that publishes another key than its secret’s, for outsiders to seal to',
    arrange: (stage) => stage.scene(),
    misbehave: async (scene, stage) => {
      const next = await cut(scene, await both(scene));
      const { publicKey } = deriveEpoch(new Uint8Array(32).fill(8)).sealing;
      const wrong = opened(next, { publicKey });
      await stage.submit(scene.nurse, await scene.nurse.forge(scene.circle, wrong));
    },
    expect: async (scene, stage) => {
      const { victim, circle, nurse } = scene;
      await victim.liaison.sync();
      await victim.liaison.post(circle, 'sous aucune clé', []);
      await eventually(async () => {
        await victim.liaison.sync();
        expect(await victim.liaison.disputes(circle)).not.toEqual([]);
      });
      await eventually(async () => {
        await nurse.player.liaison.sync();
        const next = await cut(scene, await both(scene));
        await stage.submit(nurse, await nurse.forge(circle, opened(next)));
      });
      const id = await stage.post('nurse', circle, 'trois');
      victim.wait(31_000);
      await victim.liaison.sync();
      const text = { state: 'open', value: 'trois' };
      expect((await messageOf(scene, id))?.text).toEqual(text);
      expect((await victim.liaison.connection()).alarm).toBeNull();
      return 'disputed: keys; open with the next epoch';
    },
  }),
  onChannel(
    'dispute-of-another',
    'a member who says that another’s key is a dud',
    async ({ circle, gp }, { people }) => {
      const facts = { epoch: 1, member: people.nurse.team, copyHash: NO_HASH };
      return gp.forge(circle, { kind: 'copy.disputed', facts });
    },
    flags('not_allowed'),
  ),
];
