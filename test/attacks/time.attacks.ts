/** Hours and deadlines: dated back by the server, moved, never spoken of; and old ways forced. */
import { expect } from '@jest/globals';
import { toBase64Url } from '@liaison/contract/bytes';
import { CIRCLE_ROUTES } from '@liaison/contract/circle-routes';
import { type CircleId, type Origin, personMember, type Signature } from '@liaison/contract/ids';
import type { Receipt, WireItem } from '@liaison/contract/item';
import { NOTIFICATION_ROUTES } from '@liaison/contract/notification';
import { receiptSigned } from '@liaison/contract/signing';
import { eventually } from '../support/eventually.js';
import { draftOf, HOUR_MS } from '../support/handoff-draft.js';
import {
  type Attack,
  attack,
  blocks,
  flawAt,
  heals,
  isBlocked,
  messageOf,
  onChannel,
} from './attack.js';
import { edited, serve, type Stage, tamper, type Victim } from './stage.js';

interface Sent {
  readonly victim: Victim;
  readonly circle: CircleId;
}

/** A handoff of the nurse's to the victim, due in four hours, which the victim has not read. */
async function handedOver(stage: Stage): Promise<Sent> {
  const { nurse, gp } = stage.people;
  const victim = await stage.victim('gp');
  const circle = stage.note(await nurse.liaison.sendHandoff(draftOf(nurse, [gp])));
  await eventually(async () => {
    expect((await stage.people.gp.liaison.handoff(circle))?.phase).toBe('sent');
  });
  return { victim, circle };
}

/** The log key's own signature, whatever it is told: the operator holds it. */
function datedBack(stage: Stage, receipt: Receipt, ms: number): Receipt {
  const at = receipt.at - ms;
  const origin = stage.world.origin as Origin;
  const said = receiptSigned(origin, receipt.circle, { k: receipt.k, h: receipt.h }, at);
  return { ...receipt, at, signature: toBase64Url(stage.logKey.sign(said)) as Signature };
}

const earlier = (wire: WireItem, ms: number): WireItem => ({
  ...wire,
  at: wire.at - ms,
});

export const TIMES: readonly Attack[] = [
  onChannel(
    'receipt-signed-backdated',
    'a receipt that the log key signed for an hour before the entry was written',
    ({ victim }, stage) => {
      victim.liar.about(CIRCLE_ROUTES.submit, async (truth) => {
        const { receipts } = await truth();
        return { receipts: receipts.map((one) => datedBack(stage, one, HOUR_MS)) };
      });
    },
    async (scene, stage) => {
      const { victim, circle } = scene;
      const entry = await victim.liaison.post(circle, 'à l’heure', []);
      await eventually(async () => {
        expect((await messageOf(scene, entry))?.delivery).toBe('refused');
      });
      await isBlocked(victim, circle, 'receipt-broken', stage);
      stage.behave(victim);
      await victim.liaison.sync();
      await heals(scene, stage);
      return 'blocked: receipt-broken';
    },
  ),
  onChannel(
    'acknowledgement-moved',
    'one’s own entry shown to all under another hour than its receipt says',
    async (scene, stage) => {
      // Somebody else writes first, so that the victim's own entry comes back by asking.
      await stage.post('nurse', scene.circle, 'deux');
      const k = (await stage.evil.head(scene.circle)).k + 1;
      tamper(scene, (items) => items.map((one) => (one.k === k ? earlier(one, 60_000) : one)));
    },
    async (scene, stage) => {
      const { victim, circle } = scene;
      const entry = await victim.liaison.post(circle, 'trois', []);
      await eventually(() => isBlocked(victim, circle, 'receipt-broken', stage));
      stage.behave(victim);
      await heals(scene, stage);
      expect((await messageOf(scene, entry))?.text).toEqual({ state: 'open', value: 'trois' });
      return 'blocked: receipt-broken';
    },
  ),
  attack({
    id: 'deadline-muted',
    name: 'a deadline that the server never speaks of',
    arrange: handedOver,
    misbehave: ({ victim }) => {
      victim.liar.about(NOTIFICATION_ROUTES.notifications, async (truth) => {
        return { ...(await truth()), notifications: [] };
      });
    },
    expect: async ({ victim, circle }) => {
      await victim.liaison.sync();
      const late = async () => (await victim.liaison.handoff(circle))?.addressees[0]?.overdue;
      expect(await late()).toBe(false);
      victim.wait(5 * HOUR_MS);
      expect(await late()).toBe(true);
      return 'shown as overdue by its own reckoning';
    },
  }),
  attack({
    id: 'deadline-moved',
    name: 'a deadline put off inside a signed entry',
    arrange: handedOver,
    misbehave: (scene) => {
      tamper(scene, (items) =>
        items.map((wire) =>
          wire.text.includes('"handoff.offered"')
            ? edited(wire, ({ facts }) => {
                const signed = facts as { readonly due: number };
                return { facts: { ...signed, due: signed.due + 24 * HOUR_MS } };
              })
            : wire,
        ),
      );
    },
    expect: async ({ victim, circle }, stage) => {
      await victim.liaison.sync();
      await isBlocked(victim, circle, 'signature', stage);
      stage.behave(victim);
      await victim.liaison.sync();
      expect((await victim.liaison.connection()).alarm).toBeNull();
      expect((await victim.liaison.handoff(circle))?.phase).toBe('sent');
      return 'blocked: signature';
    },
  }),
  onChannel(
    'version-lowered',
    'an item of a version before the first, with fewer checks',
    async (scene) => {
      serve(scene, [await scene.nurse.forge(scene.circle, { header: () => ({ v: 0 }) })]);
    },
    blocks('form'),
  ),
  attack({
    id: 'team-vouched-by-writer',
    name: 'a team vouched for by somebody who is no coordinator',
    arrange: async (stage: Stage) => ({
      victim: await stage.victim('gp'),
      nurse: await stage.insider('nurse'),
    }),
    misbehave: async ({ victim, nurse }, stage) => {
      const session = await stage.people.nurse.liaison.session();
      const circle = session.community?.id;
      if (circle === undefined) throw new Error('The nurse is in no community.');
      await stage.people.nurse.liaison.sync();
      await stage.people.coordinator.liaison.sync();
      const coordinator = await stage.insider('coordinator');
      const member = personMember(nurse.player.person);
      // Readers write nothing at all: whoever vouches for it may write all else.
      const facts = { member, role: 'writer' };
      const before = await coordinator.forge(circle, { kind: 'role.changed', facts });
      const forged = await nurse.forge(circle, {
        kind: 'team.endorsed',
        critical: true,
        facts: { team: stage.people.pharmacist.teamId, finess: null, category: 'hospital-unit' },
        body: { name: 'Unité fantôme' },
        knownBy: coordinator,
        as: member,
        after: before.head,
        header: () => ({ members: before.head }),
      });
      serve({ victim, circle }, [before, forged]);
      return { circle, k: forged.head.k };
    },
    expect: async ({ victim }, _stage, { circle, k }) => {
      await victim.liaison.refresh();
      expect(await flawAt(victim, circle, k)).toBe('not_allowed');
      const [hit] = await victim.liaison.searchDirectory('beffroi');
      expect(hit?.party?.category).toBe('pharmacy');
      return 'flagged: not_allowed';
    },
  }),
];
