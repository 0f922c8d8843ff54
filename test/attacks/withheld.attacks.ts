/**
 * What is kept from somebody, or told too late: a revocation hidden everywhere, a team's log
 * frozen, an old key offered, a paper of the past, a device slipped in at the last moment.
 */
import { expect } from '@jest/globals';
import { CIRCLE_ROUTES } from '@liaison/contract/circle-routes';
import { type CircleId, personMember } from '@liaison/contract/ids';
import { TRANSPARENCY_ROUTES } from '@liaison/contract/transparency';
import { eventually } from '../support/eventually.js';
import { type Attack, attack, blocks, heals, isBlocked, refuses } from './attack.js';
import { knownLog } from './identity.oracle.js';
import { serveLogs } from './made.person.js';
import {
  bareDevice,
  logHead,
  type OwnerScene,
  ownLog,
  slipIn,
  withSecondDevice,
} from './second.device.js';
import { resetLog } from './resets.attacks.js';
import { edited, serve, type Stage, type Victim } from './stage.js';

/** The whole log of the owner, and the tree of all, as they were: for one reader alone. */
async function freeze(scene: OwnerScene): Promise<void> {
  const { victim, owner } = scene;
  const then = await ownLog(owner);
  const leaves = await victim.tree.honest();
  const note = victim.tree.note(leaves);
  victim.liar.about(TRANSPARENCY_ROUTES.identityLeaves, (_truth, { query }) => {
    return { leaves: leaves.slice(Number(query.get('from'))), note };
  });
  serveLogs(victim, then);
}

/** The team's log ends at that place for the victim, whatever came after. */
function freezeTeam({ liar }: Victim, team: CircleId, k: number, h: string): void {
  liar.about(CIRCLE_ROUTES.skeleton, async (truth, { params }) => {
    const page = await truth();
    if (params['circle'] !== team) return page;
    return { items: page.items.filter((item) => item.k <= k), head: { k, h } };
  });
}

/** The nurse's team takes an honest step, so that its people cite a later head. */
async function moveTeam(stage: Stage): Promise<CircleId> {
  const nurse = await stage.insider('nurse');
  const { teamId } = stage.people.nurse;
  const { policy } = await nurse.state(teamId);
  await stage.submit(
    nurse,
    await nurse.forge(teamId, { kind: 'policy.changed', facts: { policy } }),
  );
  return teamId;
}

async function beginningOf(stage: Stage): Promise<{ team: CircleId; k: number; h: string }> {
  const nurse = await stage.insider('nurse');
  const { teamId: team } = stage.people.nurse;
  return { team, k: 0, h: (await nurse.book(team)).replay.history.chainAt(0) ?? '' };
}

export const WITHHELD: readonly Attack[] = [
  attack({
    id: 'revocation-hidden-everywhere',
    name: 'a revocation kept from one reader in the log and in the tree alike',
    arrange: withSecondDevice,
    misbehave: async (scene) => {
      await freeze(scene);
      await scene.owner.liaison.revokeDevice(scene.thief.vault.device().device);
      // What the owner writes next cites the log with the revocation in it.
      await scene.owner.liaison.sync();
      await scene.owner.liaison.post(scene.circle, 'appareil perdu', []);
      await eventually(async () => {
        expect((await scene.owner.liaison.connection()).waiting).toBe(0);
      });
    },
    expect: blocks('waiting-identity'),
  }),
  attack({
    id: 'thief-quicker-than-owner',
    name: 'a stolen device lets another in between its owner’s look and their tap',
    arrange: withSecondDevice,
    misbehave: async (scene) => {
      await scene.owner.liaison.devices();
      const ghost = await slipIn(scene);
      await scene.owner.liaison.revokeDevice(scene.thief.vault.device().device);
      return ghost;
    },
    expect: async (scene, stage, ghost) => {
      const { owner, thief, nurse, circle } = scene;
      const live = (await owner.liaison.devices()).filter(({ revokedAt }) => revokedAt === null);
      expect(live.map(({ device }) => device)).not.toContain(ghost.keys.device);
      const identity = await logHead(owner);
      const header = () => ({ identity, device: ghost.keys.device });
      const signer = ghost.signing.secretKey;
      serve(scene, [await thief.forge(circle, { header, signer, knownBy: nurse })]);
      return blocks('device-unknown')(scene, stage);
    },
  }),
  attack({
    id: 'team-log-frozen',
    name: 'a team as it was, while its people write as it is now',
    arrange: (stage: Stage) => stage.scene(),
    misbehave: async ({ victim, circle }, stage) => {
      const { teamId: team } = stage.people.nurse;
      const nurse = await stage.insider('nurse');
      const { k, h } = (await nurse.book(team)).head;
      freezeTeam(victim, team, k, h);
      await moveTeam(stage);
      await stage.post('nurse', circle, 'deux');
    },
    expect: blocks('waiting-team'),
  }),
  attack({
    id: 'team-statement-altered',
    name: 'a change of a team that nobody there signed',
    arrange: (stage: Stage) => stage.scene(),
    misbehave: async ({ victim, circle }, stage) => {
      const team = await moveTeam(stage);
      victim.liar.about(CIRCLE_ROUTES.skeleton, async (truth) => {
        const page = await truth();
        const items = page.items.map((item) => {
          const { statement } = item;
          return statement === null
            ? item
            : { ...item, statement: edited(statement, () => ({ n: 99 })) };
        });
        return { ...page, items };
      });
      await stage.post('nurse', circle, 'deux');
      return team;
    },
    expect: async (scene, stage, team) => {
      await scene.victim.liaison.sync();
      const told = { code: 'signature', circle: team };
      expect((await scene.victim.liaison.connection()).alarm).toEqual(told);
      const kept = await stage.evidence(scene.victim);
      expect(kept).toContainEqual(expect.objectContaining(told));
      stage.behave(scene.victim);
      await heals(scene, stage);
      return 'blocked: signature';
    },
  }),
  attack({
    id: 'stale-key-offered',
    name: 'a team’s key from before, offered to somebody outside who is about to seal',
    arrange: (stage: Stage) => stage.scene(),
    misbehave: async (scene, stage) => {
      await scene.victim.liaison.sync();
      const { team, k, h } = await beginningOf(stage);
      freezeTeam(scene.victim, team, k, h);
      return team;
    },
    expect: async ({ victim }, stage, team) => {
      victim.wait(31_000);
      const { nurse } = stage.people;
      const members = [victim.player.team, nurse.team];
      const sealing = () => victim.liaison.createChannel('À l’ancienne clé', members);
      await expect(sealing()).rejects.toMatchObject({ code: 'log-broken' });
      await isBlocked(victim, team, 'rolled-back', stage);
      stage.behave(victim);
      stage.note(await sealing());
      expect((await victim.liaison.connection()).alarm).toBeNull();
      return 'blocked: rolled-back';
    },
  }),
  attack({
    id: 'reset-before-history-share',
    name: 'somebody else in a member’s place, just before something is sealed to them',
    arrange: knownLog,
    misbehave: async ({ victim, made }, stage) => {
      await resetLog(stage, made);
      await victim.tree.list(made.log);
      serveLogs(victim, made.log);
    },
    expect: async ({ victim, made }, stage) => {
      victim.wait(31_000);
      const members = [victim.player.team, personMember(made.person)];
      const share = () => victim.liaison.createChannel('Dossier', members);
      const shown = await refuses('identity_changed', share);
      const [change] = await victim.liaison.identityChanges();
      expect(change?.resetAt).toEqual(expect.any(Number));
      stage.behave(victim);
      serveLogs(victim, made.log);
      await victim.liaison.identitySeen(made.person);
      // Seen, and let in on purpose: only the honest server stops it, who knows nobody like that.
      await expect(share()).rejects.not.toMatchObject({ code: 'identity_changed' });
      return shown;
    },
  }),
  attack({
    id: 'retired-paper',
    name: 'a paper that was replaced is found, and a sign-in with it',
    arrange: async (stage: Stage) => {
      const scene = await withSecondDevice(stage);
      const { owner } = scene;
      const former = (await owner.liaison.replaceRecovery()).words;
      await stage.world.rehearse(owner.liaison);
      const current = (await owner.liaison.replaceRecovery()).words;
      await stage.world.rehearse(owner.liaison);
      return { ...scene, former, current };
    },
    misbehave: (_scene, stage) => bareDevice(stage),
    expect: async ({ former, current, owner }, _stage, thief) => {
      const open = (words: readonly string[]) => thief.liaison.beginRecovery(words, '/');
      const shown = await refuses('paper-replaced', () => open(former));
      expect((await open(current)).authorizeUrl).toContain('nonce=');
      expect((await owner.liaison.recovery()).former.length).toBeGreaterThan(1);
      return shown;
    },
  }),
];
