/** Circles that begin as none may: an honest server would have refused their first item. */
import { expect } from '@jest/globals';
import { CIRCLE_ROUTES } from '@liaison/contract/circle-routes';
import type { StatementFacts } from '@liaison/contract/circle';
import { type CircleId, personMember } from '@liaison/contract/ids';
import { circleIdHashed } from '@liaison/contract/signing';
import { LIMITS } from '@liaison/contract/limits';
import { hash } from '@liaison/sdk/crypto/hash';
import { entryIds, randomText } from '@liaison/sdk/crypto/random';
import { buildCreated } from '@liaison/sdk/logs/circle-items';
import { EMPTY_HEAD } from '@liaison/contract/item';
import { type Attack, isBlocked, messageOf, onChannel } from './attack.js';
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
function tellOf({ victim }: Scene, circle: CircleId, { item, head }: Forged): void {
  const wire = wireOf(circle, 0, item);
  victim.liar.about(CIRCLE_ROUTES.circles, async (truth) => {
    const { circles, next } = await truth();
    const through = [victim.player.team];
    const own = { circle, kind: 'channel', community: null, head, members: head, epoch: 0 };
    return { circles: [...circles, { ...own, through, unread: 0 }], next };
  });
  victim.liar.about(CIRCLE_ROUTES.items, async (truth, asked) => {
    if (asked.params['circle'] !== circle) return truth();
    const isAsked = Number(asked.query.get('after')) < 0;
    return { items: isAsked ? [wire] : [], head };
  });
}

function onBeginning(id: string, name: string, wrong: Wrong, code = 'not-a-circle'): Attack {
  return onChannel(
    id,
    name,
    async (scene, stage) => {
      const forged = await begun(scene, stage, wrong);
      const circle = hash(circleIdHashed(forged.item.text)) as string as CircleId;
      tellOf(scene, circle, forged);
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
    facts: ({ members: [first] }) => {
      const others = Array.from({ length: LIMITS.sectorPeople.value }, () => {
        return { ...first, member: personMember(randomText() as never) };
      });
      return { kind: 'sector', members: others };
    },
  }),
  onBeginning(
    'circle-of-another-instance',
    'a circle that was made on a test instance',
    { header: { origin: 'https://test.liaison.example' } },
    'origin',
  ),
];
