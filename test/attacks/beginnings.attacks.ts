/** Circles that begin as none may: an honest server would have refused their first item. */
import { expect } from '@jest/globals';
import { CIRCLE_ROUTES } from '@liaison/contract/circle-routes';
import type { StatementFacts } from '@liaison/contract/circle';
import { type CircleId, type MemberId, personMember } from '@liaison/contract/ids';
import { circleIdHashed } from '@liaison/contract/signing';
import { LIMITS } from '@liaison/contract/limits';
import { hash } from '@liaison/sdk/crypto/hash';
import { entryIds, randomText } from '@liaison/sdk/crypto/random';
import { buildCreated } from '@liaison/sdk/logs/circle-items';
import { EMPTY_HEAD } from '@liaison/contract/item';
import { type Attack, flawAt, isBlocked, messageOf, onChannel } from './attack.js';
import { cut } from './epoch.forging.js';
import type { Forged } from './insider.js';
import { type Scene, type Stage, wireOf } from './stage.js';

type Facts = StatementFacts<'circle.created'>;

interface Wrong {
  readonly facts?: (facts: Facts, stage: Stage) => object;
  readonly header?: object;
}

const newId = entryIds(Date.now);

/** A new circle of the nurse's that is like the scene's, but for what is wrong. */
async function begun({ nurse, circle }: Scene, stage: Stage, wrong: Wrong): Promise<Forged> {
  const [first] = (await nurse.book(circle)).items;
  const facts = { ...(first?.header.facts as unknown as Facts), salt: randomText() };
  const author = await nurse.author(circle);
  const stamp = { id: newId(), n: 0, at: Date.now() };
  const said = { ...facts, ...wrong.facts?.(facts, stage) };
  const { item, header } = buildCreated(author, stamp, said);
  return nurse.resign(item, header, EMPTY_HEAD, { header: () => wrong.header ?? {} });
}

/** The victim is told that they are in it. */
function tellOf({ victim }: Scene, circle: CircleId, forged: readonly Forged[]): void {
  const wires = forged.map(({ item, head }) => wireOf(circle, head.k, item));
  const head = forged.at(-1)?.head;
  victim.liar.about(CIRCLE_ROUTES.circles, async (truth) => {
    const { circles, next } = await truth();
    const through = [victim.player.team];
    const own = { circle, kind: 'channel', community: null, head, members: head, epoch: 0 };
    return { circles: [...circles, { ...own, through, unread: 0 }], next };
  });
  victim.liar.about(CIRCLE_ROUTES.items, async (truth, asked) => {
    if (asked.params['circle'] !== circle) return truth();
    const after = Number(asked.query.get('after'));
    return { items: wires.filter(({ k }) => k > after), head };
  });
}

function onBeginning(id: string, name: string, wrong: Wrong, code = 'not-a-circle'): Attack {
  return onChannel(
    id,
    name,
    async (scene, stage) => {
      const forged = await begun(scene, stage, wrong);
      const circle = hash(circleIdHashed(forged.item.text)) as string as CircleId;
      tellOf(scene, circle, [forged]);
      return circle;
    },
    async (scene, stage, circle) => {
      const { victim } = scene;
      const said = await stage.post('nurse', scene.circle, 'ailleurs');
      await victim.liaison.sync();
      await isBlocked(victim, circle, code, stage);
      expect((await victim.liaison.channels()).map((one) => one.id)).not.toContain(circle);
      // It never was: nothing can heal it, and nothing else waits for it.
      stage.behave(victim);
      await victim.liaison.sync();
      const text = { state: 'open', value: 'ailleurs' };
      expect((await messageOf(scene, said))?.text).toEqual(text);
      return `blocked: ${code}; others go on`;
    },
  );
}

/** A sector with as many people as it may have, its first epoch, and one person more. */
async function fullSector(scene: Scene, stage: Stage): Promise<[Forged, Forged, Forged]> {
  const { nurse } = scene;
  const own = personMember(stage.people.nurse.person);
  const others = Array.from({ length: LIMITS.sectorPeople.value - 1 }, () =>
    personMember(randomText() as never),
  );
  const specOf = (member: MemberId) => ({ member, role: 'writer', until: null, historyFrom: 0 });
  const members = [{ ...specOf(own), role: 'admin' }, ...others.map(specOf)];
  const header = { team: null };
  const facts = () => ({ kind: 'sector', members });
  const first = await begun(scene, stage, { facts, header });
  const circle = hash(circleIdHashed(first.item.text)) as string as CircleId;
  const { head } = first;
  const { pin } = await nurse.teamRecipient();
  const pinOf = (member: MemberId) => ({ ...pin, member, head: { k: 0, h: pin.head.h } });
  const cited = (await cut(scene, [await nurse.teamRecipient()])).facts;
  const place = { circle, team: null, seen: head, members: head, epoch: 0 };
  const opening = await nurse.forge(scene.circle, {
    ...{ kind: 'epoch.opened', after: head, header: () => place },
    facts: { ...cited, epoch: 1, because: 'first', recipients: [own, ...others].map(pinOf) },
  });
  const then = { ...place, seen: opening.head, members: opening.head, epoch: 1 };
  const member = personMember(randomText() as never);
  const adding = await nurse.forge(scene.circle, {
    ...{ kind: 'member.added', after: opening.head, header: () => then, step: 2 },
    facts: { spec: specOf(member), pin: pinOf(member), copyHash: pin.keyHash },
  });
  return [first, opening, adding];
}

export const BEGINNINGS: readonly Attack[] = [
  onBeginning('circle-without-admin', 'a circle in which its creator may do nothing', {
    facts: ({ members }) => ({ members: members.map((one) => ({ ...one, role: 'writer' })) }),
  }),
  onBeginning('circle-of-others', 'a circle whose creator is no member of it', {
    facts: ({ members }, { people }) => ({
      members: members.filter(({ member }) => member !== people.nurse.team),
    }),
  }),
  onBeginning('circle-member-twice', 'a circle that names a member twice', {
    facts: ({ members }) => ({ members: [...members, ...members] }),
  }),
  onBeginning('circle-of-no-community', 'a channel that belongs to no community', {
    facts: () => ({ community: null }),
  }),
  onBeginning('circle-epoch-before-all', 'a circle that begins in an epoch', {
    header: { epoch: 3 },
  }),
  onBeginning('circle-team-of-teams', 'a team whose members are teams', {
    facts: () => ({ kind: 'team' }),
  }),
  onBeginning('circle-sector-too-large', 'a sector of more people than one lost phone may cost', {
    facts: ({ members: [first] }, { people }) => {
      const others = Array.from({ length: LIMITS.sectorPeople.value }, () => {
        return { ...first, member: personMember(randomText() as never) };
      });
      const own = { ...first, member: personMember(people.nurse.person), role: 'admin' };
      return { kind: 'sector', members: [own, ...others] };
    },
    header: { team: null },
  }),
  onBeginning('circle-begun-otherwise', 'a circle that begins with something else than itself', {
    header: { kind: 'role.changed' },
  }),
  onChannel(
    'sector-overfilled',
    'one more person in a sector that is full',
    async (scene, stage) => {
      const forged = await fullSector(scene, stage);
      const circle = hash(circleIdHashed(forged[0].item.text)) as string as CircleId;
      tellOf(scene, circle, forged);
      return circle;
    },
    async ({ victim }, stage, circle) => {
      await victim.liaison.sync();
      expect(await flawAt(victim, circle, 2)).toBe('circle_full');
      expect((await victim.liaison.connection()).alarm).toBeNull();
      stage.behave(victim);
      return 'flagged: circle_full';
    },
  ),
  onChannel(
    'entry-before-epoch',
    'an entry in a circle whose first key nobody has made',
    async (scene, stage) => {
      const first = await begun(scene, stage, {});
      const circle = hash(circleIdHashed(first.item.text)) as string as CircleId;
      const { nurse } = scene;
      const { head } = first;
      const place = { circle, seen: head, members: head, epoch: 0 };
      const entry = await nurse.forge(scene.circle, { after: head, header: () => place });
      tellOf(scene, circle, [first, entry]);
      return circle;
    },
    async ({ victim }, stage, circle) => {
      await victim.liaison.sync();
      expect(await flawAt(victim, circle, 1)).toBe('epoch_stale');
      expect((await victim.liaison.connection()).alarm).toBeNull();
      expect(await victim.liaison.messages(circle)).toEqual([]);
      stage.behave(victim);
      return 'flagged: epoch_stale';
    },
  ),
  onBeginning(
    'circle-of-another-instance',
    'a circle that was made on a test instance',
    { header: { origin: 'https://test.liaison.example' } },
    'origin',
  ),
];
