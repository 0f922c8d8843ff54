/**
 * The trees: what everybody is shown of everybody's devices, and what the server did. Views that
 * differ, histories that shrink or change, statements that are listed for one and served to
 * another.
 */
import { expect } from '@jest/globals';
import { toBase64Url } from '@liaison/contract/bytes';
import { type Hash, personMember } from '@liaison/contract/ids';
import { INSTANCE_ROUTES } from '@liaison/contract/instance';
import type { ItemHeader } from '@liaison/contract/item';
import { TRANSPARENCY_ROUTES, treeOrigin } from '@liaison/contract/transparency';
import { newSigningPair } from '@liaison/sdk/crypto/signing';
import { newDevice } from '@liaison/sdk/logs/identity-statements';
import { type Attack, attack, isBlocked } from './attack.js';
import { knownLog, type LogScene } from './identity.oracle.js';
import { MadePerson, serveLogs } from './made.person.js';
import type { ShadowTree } from './shadow.tree.js';
import { type Scene, type Stage, type Victim } from './stage.js';

const OTHER = toBase64Url(new Uint8Array(32).fill(9)) as Hash;
type Page = { leaves: Awaited<ReturnType<ShadowTree['honest']>>; note: string };

/** Nothing is sealed to anybody while the alarm stands; told the truth, it heals. */
const blocksSealing =
  (code: string) =>
  async (victim: Victim, stage: Stage): Promise<string> => {
    await victim.liaison.refresh();
    await isBlocked(victim, null, code, stage);
    await sealsToNobody(victim, stage);
    return healsAgain(code, victim, stage);
  };

const blocksAll =
  (code: string) =>
  async (victim: Victim, stage: Stage): Promise<string> => {
    victim.wait(3_700_000);
    await victim.liaison.refresh();
    await isBlocked(victim, null, code, stage);
    return healsAgain(code, victim, stage);
  };

async function healsAgain(code: string, victim: Victim, stage: Stage): Promise<string> {
  stage.behave(victim);
  victim.wait(61_000);
  await victim.liaison.refresh();
  expect((await victim.liaison.connection()).alarm).toBeNull();
  expect(await stage.evidence(victim)).toMatchObject([{ code }]);
  return `blocked: ${code}`;
}

async function sealsToNobody(victim: Victim, stage: Stage): Promise<void> {
  const members = [victim.player.team, personMember(stage.people.idel.person)];
  const sealing = victim.liaison.createChannel('À personne', members);
  await expect(sealing).rejects.toMatchObject({ code: 'log-broken' });
}

/** The server's answer about the identity tree, changed; the truth is what all others get. */
function onTree(
  id: string,
  name: string,
  lie: (page: Page, stage: Stage, victim: Victim) => unknown,
  code: string,
): Attack {
  return attack({
    id,
    name,
    arrange: (stage) => stage.victim('gp'),
    misbehave: (victim, stage) => {
      victim.liar.about(TRANSPARENCY_ROUTES.identityLeaves, async (truth) => {
        return lie(await truth(), stage, victim);
      });
    },
    expect: blocksSealing(code),
  });
}

/** What the server says of its record tree, changed. */
function onRecords(
  id: string,
  name: string,
  lie: (note: string, stage: Stage) => unknown,
  code: string,
): Attack {
  return attack({
    id,
    name,
    arrange: (stage) => victimWithRecords(stage),
    misbehave: ({ liar }, stage) => {
      liar.about(TRANSPARENCY_ROUTES.checkpoint, async (truth) => {
        return lie((await truth()).note ?? '', stage);
      });
    },
    expect: blocksAll(code),
  });
}

async function victimWithRecords(stage: Stage): Promise<Victim> {
  const victim = await stage.victim('gp');
  victim.wait(61_000);
  await victim.liaison.refresh();
  expect(await victim.store.get('meta', 'tree/records')).toBeDefined();
  return victim;
}

/** What the deployment says of itself, changed. */
function onInstance(id: string, name: string, lie: (instance: never) => unknown): Attack {
  return attack({
    id,
    name,
    arrange: (stage) => stage.victim('gp'),
    misbehave: ({ liar }) => {
      liar.about(INSTANCE_ROUTES.instance, async (truth) => lie((await truth()) as never));
    },
    expect: blocksAll('instance-changed'),
  });
}

/** A lie about somebody whose log the victim knows. */
function onKnown(
  id: string,
  name: string,
  misbehave: (scene: LogScene) => Promise<void>,
  code: string,
): Attack {
  return attack({
    id,
    name,
    arrange: knownLog,
    misbehave,
    expect: async ({ victim, made, honest }, stage) => {
      victim.wait(31_000);
      const members = [victim.player.team, personMember(made.person)];
      const sealing = victim.liaison.createChannel('À personne', members);
      await expect(sealing).rejects.toMatchObject({ code: 'log-broken' });
      await isBlocked(victim, null, code, stage);
      const kept = await victim.store.get<unknown[]>('people', made.person);
      expect(kept).toHaveLength(honest.statements.length);
      stage.behave(victim);
      serveLogs(victim, made.log);
      await victim.liaison.createChannel('De nouveau', members).catch(() => undefined);
      expect((await victim.liaison.connection()).alarm).toBeNull();
      return `blocked: ${code}`;
    },
  });
}

/** An entry of the nurse’s cites a head that the log key signed, of another tree than ours. */
function onCited(
  id: string,
  name: string,
  tree: 'identities' | 'records',
  sizeOf: (size: number) => number,
): Attack {
  return attack({
    id,
    name,
    arrange: async (stage: Stage) => {
      const scene = await stage.scene();
      const { victim } = scene;
      victim.wait(61_000);
      await victim.liaison.refresh();
      return scene;
    },
    misbehave: async ({ nurse, circle }: Scene, stage) => {
      const head = { size: sizeOf(await stage.treeSize(tree)), root: OTHER };
      const signed = stage.logKey.head(treeOrigin(stage.world.origin, tree), head);
      const other = tree === 'identities' ? 'records' : 'identities';
      const header = (): Partial<ItemHeader> => ({
        checkpoint: { [tree]: signed, [other]: null } as never,
      });
      await stage.evil.append(circle, await nurse.forge(circle, { header }));
    },
    expect: async (scene, stage) => {
      const { victim } = scene;
      await victim.liaison.refresh();
      await isBlocked(victim, null, 'split-view', stage);
      // What was signed stays signed: until that head fits, the alarm stands, also after a restart.
      victim.wait(61_000);
      await victim.liaison.refresh();
      expect((await victim.liaison.connection()).alarm).toMatchObject({ code: 'split-view' });
      return 'blocked: split-view';
    },
  });
}

export const TREES: readonly Attack[] = [
  onTree(
    'tree-unsigned',
    'a checkpoint that another key signed',
    ({ leaves, note }) => ({ leaves, note: note.replace(/[A-Za-z0-9+/]{80}=*\n$/, forgedLine) }),
    'tree-signature',
  ),
  onTree(
    'tree-of-another-instance',
    'a checkpoint of an emulator or test instance',
    ({ leaves }, stage) => {
      const head = { size: leaves.length, root: OTHER };
      return { leaves, note: stage.logKey.note('test.liaison.example/identities', head) };
    },
    'tree-signature',
  ),
  onTree(
    'tree-of-records',
    'the record tree’s checkpoint in the identity tree’s place',
    ({ leaves }, stage) => {
      const head = { size: leaves.length, root: OTHER };
      return { leaves, note: stage.logKey.note(treeOrigin(stage.world.origin, 'records'), head) };
    },
    'tree-signature',
  ),
  onTree(
    'tree-truncated',
    'a tree that ends before what was seen of it',
    async (_page, _stage, { tree }) => ({
      leaves: [],
      note: tree.note((await tree.honest()).slice(0, 3)),
    }),
    'tree-shrunk',
  ),
  onTree(
    'tree-rewritten',
    'a tree in which an earlier statement was exchanged',
    async (_page, _stage, { tree }) => {
      const [first, ...rest] = await tree.honest();
      return { leaves: [], note: tree.note(first ? [{ ...first, h: OTHER }, ...rest] : []) };
    },
    'tree-root',
  ),
  onTree(
    'tree-leaves-withheld',
    'a tree that is said to be longer than what is given of it',
    async (_page, _stage, { tree, player }) => {
      const more = { person: player.person, n: 99, h: OTHER };
      return { leaves: [], note: tree.note([...(await tree.honest()), more]) };
    },
    'tree-gap',
  ),
  onTree(
    'tree-second-branch',
    'two statements of one person at one place',
    async (_page, stage, { tree }) => {
      const twin = { person: stage.people.nurse.person, n: 0, h: OTHER };
      return { leaves: [twin], note: tree.note([...(await tree.honest()), twin]) };
    },
    'tree-order',
  ),
  onTree('tree-of-no-form', 'junk in place of leaves', () => ({ leaves: 'none' }), 'tree-form'),
  onKnown(
    'revocation-withheld',
    'a revocation that is listed, and kept from one reader',
    async ({ victim, made, honest }) => {
      const thief = newDevice();
      made.addDevice(thief);
      const untrustedFrom = made.built.length;
      made.add({ kind: 'device.revoked', device: thief.keys.device, untrustedFrom });
      await victim.tree.list(made.log);
      serveLogs(victim, honest);
    },
    'identity-withheld',
  ),
  onKnown(
    'devices-split',
    'a device list shown differently to two people',
    async ({ victim, made }) => {
      made.addDevice(newDevice());
      const shown = made.log;
      made.built.pop();
      made.addDevice(newDevice());
      await victim.tree.list(made.log);
      serveLogs(victim, shown);
    },
    'identity-split',
  ),
  attack({
    id: 'log-unlisted',
    name: 'somebody’s devices that one reader alone is shown',
    arrange: async (stage: Stage) => {
      return { victim: await stage.victim('gp'), made: await MadePerson.certified(stage) };
    },
    misbehave: ({ victim, made }) => serveLogs(victim, made.log),
    expect: async ({ victim, made }, stage) => {
      const level = async () => (await victim.liaison.person(made.person))?.trust.level;
      expect(await level()).toBe('directory');
      await isBlocked(victim, null, 'identity-unlisted', stage);
      expect(await victim.store.get('people', made.person)).toBeUndefined();
      await victim.tree.list(made.log);
      expect(await level()).toBe('certified');
      expect((await victim.liaison.connection()).alarm).toBeNull();
      return 'blocked: identity-unlisted';
    },
  }),
  attack({
    id: 'own-log-forged',
    name: 'a statement about oneself that none of one’s devices made',
    arrange: (stage) => stage.victim('gp'),
    misbehave: async ({ tree, player }) => {
      const n = (await tree.honest()).filter(({ person }) => person === player.person).length;
      await tree.add({ person: player.person, n, h: OTHER });
    },
    expect: async (victim, stage) => {
      await victim.liaison.refresh();
      await isBlocked(victim, null, 'own-identity-withheld', stage);
      return 'blocked: own-identity-withheld';
    },
  }),
  onRecords(
    'records-unsigned',
    'a record checkpoint that another key signed',
    (note) => ({ note: note.replace(/[A-Za-z0-9+/]{80}=*\n$/, forgedLine) }),
    'records-signature',
  ),
  onRecords(
    'records-truncated',
    'an audit that ends before what was seen of it',
    (_note, stage) => ({ note: recordsNote(stage, { size: 1, root: OTHER }) }),
    'records-shrunk',
  ),
  onRecords(
    'records-rewritten',
    'an audit whose past was exchanged',
    (_note, stage) => ({ note: recordsNote(stage, { size: 1_000_000, root: OTHER }) }),
    'records-root',
  ),
  onRecords('records-none', 'an audit that is gone', () => ({ note: null }), 'records-signature'),
  attack({
    id: 'records-withheld',
    name: 'an audit whose head is shown to one person no more',
    arrange: (stage: Stage) => victimWithRecords(stage),
    misbehave: ({ liar }) => {
      liar.refuse(TRANSPARENCY_ROUTES.checkpoint, 'not_found');
    },
    expect: blocksAll('checkpoint-withheld'),
  }),
  onRecords('records-of-no-form', 'junk for a checkpoint', () => ({ note: 7 }), 'records-form'),
  onCited(
    'split-view-identities',
    'two people are shown two trees of identities',
    'identities',
    (size) => size - 1,
  ),
  onCited('split-view-records', 'two people are shown two audits', 'records', (size) => size - 1),
  onCited(
    'view-frozen',
    'one person is shown the past for the present',
    'identities',
    (size) => size + 5,
  ),
  onInstance('instance-of-no-form', 'junk for what the deployment is', () => ({ origin: 7 })),
  onInstance('log-key-swapped', 'another key for receipts and checkpoints', (instance) => ({
    ...(instance as object),
    logKey: newSigningPair().publicKey,
  })),
  onInstance(
    'provider-key-swapped',
    'a provider’s key exchanged under its own name',
    (instance) => {
      const { provider } = instance as { provider: { jwks: { keys: { n: string }[] } } };
      const keys = provider.jwks.keys.map((key) => ({
        ...key,
        n: key.n.split('').reverse().join(''),
      }));
      return { ...(instance as object), provider: { ...provider, jwks: { keys } } };
    },
  ),
  onInstance('provider-swapped', 'another provider than the one that was pinned', (instance) => {
    const { provider } = instance as { provider: object };
    const other = { ...provider, issuer: 'https://emulator.example/realms/psc' };
    return { ...(instance as object), provider: other };
  }),
];

/** The same line with another signature. */
function forgedLine(line: string): string {
  return `${'A'.repeat(line.trimEnd().length - 2)}==\n`;
}

function recordsNote(stage: Stage, head: { size: number; root: Hash }): string {
  return stage.logKey.note(treeOrigin(stage.world.origin, 'records'), head);
}
