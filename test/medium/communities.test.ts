/** Communities on the real append path: whom they vouch for, and names held to signed hashes. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DEFAULT_POLICY } from '@liaison/contract/circle';
import { type CircleId, Finess, Hash, personMember, ZERO_HASH } from '@liaison/contract/ids';
import { circleIdHashed, nameHashed } from '@liaison/contract/signing';
import { CircleCards } from '../../src/communities/circle.cards.js';
import { CommunityReader } from '../../src/communities/community.reader.js';
import { EndorsementRule } from '../../src/communities/endorsement.rule.js';
import { hash } from '../../sdk/crypto/hash.js';
import { randomBytes, randomText } from '../../sdk/crypto/random.js';
import { ready } from '../../sdk/crypto/sodium.js';
import { chainAfter, Writer } from './circle.writer.js';
import { CirclesStage } from './circles.stage.js';

const CARD = { name: 'Cabinet des Remparts', finess: null, town: 'LAON' } as const;
const TEAM_CARD = { ...CARD, category: 'practice' } as const;

let stage: CirclesStage;
let cards: CircleCards;
let reader: CommunityReader;
let coordinator: Writer;
let nurse: Writer;
let stranger: Writer;
let community: CircleId;
let team: CircleId;

const refused = (code: string) => expect.objectContaining({ name: 'Problem', code });

/** A team that claims a name by its hash, as the SDK makes them. */
async function createNamedTeam(owner: Writer): Promise<CircleId> {
  const created = await owner.item('', 'circle.created', {
    community,
    kind: 'team',
    salt: randomText(),
    finess: CARD.finess,
    nameHash: hash(nameHashed(CARD.finess, CARD.name)),
    stewards: [],
    members: [owner.spec(personMember(owner.person), { role: 'admin' })],
    policy: DEFAULT_POLICY,
    linked: null,
  });
  const circle = hash(circleIdHashed(created.text)) as string as CircleId;
  const head = { k: 0, h: Hash.parse(chainAfter(ZERO_HASH, 0, created)) };
  const recipients = [await owner.recipient()];
  const { facts, copies } = owner.epoch(circle, 1, 'first', recipients, head);
  const heads = { circle, seen: head, members: head };
  const opened = await owner.item('', 'epoch.opened', facts, heads);
  await owner.submit(created, { ...opened, copies });
  return circle;
}

const endorsed = async (by: Writer, kind: string, facts: Record<string, unknown>) =>
  by.submit(await by.item(community, kind, facts, { body: randomBytes(600), critical: true }));

beforeAll(async () => {
  await ready();
  stage = await CirclesStage.open();
  const { members, rules } = stage.server;
  cards = new CircleCards(stage.database, stage.clock, members);
  reader = new CommunityReader(stage.database, stage.clock, members);
  rules.register(new EndorsementRule());
  coordinator = await Writer.enrol(stage);
  nurse = await Writer.enrol(stage);
  stranger = await Writer.enrol(stage);
  community = (await coordinator.create('community', null, [nurse])).circle;
  team = await createNamedTeam(nurse);
});

afterAll(() => stage.close());

describe('a community', () => {
  test('is named by its admin, and seen by its people only', async () => {
    expect(await reader.ofPerson(nurse.person)).toEqual([{ community, card: null }]);
    await cards.put(coordinator.person, community, 'community', { ...CARD, name: 'CPTS' });
    expect(await reader.ofPerson(nurse.person)).toMatchObject([
      { community, card: { name: 'CPTS' } },
    ]);
    expect(await reader.ofPerson(stranger.person)).toEqual([]);
    await expect(reader.teams(stranger.person, community)).rejects.toEqual(
      refused('circle_unknown'),
    );
    const byNurse = cards.put(nurse.person, community, 'community', { ...CARD, name: 'Ma CPTS' });
    await expect(byNurse).rejects.toEqual(refused('not_allowed'));
  });

  test('vouches for a team through its admins, and can withdraw', async () => {
    const facts = { team, finess: null, category: 'practice' };
    await expect(endorsed(nurse, 'team.endorsed', facts)).rejects.toEqual(refused('not_allowed'));
    await endorsed(coordinator, 'team.endorsed', facts);
    expect(await reader.teams(nurse.person, community)).toMatchObject([
      { team, category: 'practice', name: null, town: null },
    ]);
    await cards.put(nurse.person, team, 'team', TEAM_CARD);
    expect(await reader.teams(coordinator.person, community)).toMatchObject([
      { team, name: CARD.name, town: 'LAON' },
    ]);
    await endorsed(coordinator, 'team.withdrawn', { team });
    expect(await reader.teams(nurse.person, community)).toEqual([]);
  });
});

describe('a team’s card', () => {
  test.each([
    ['another name', { ...TEAM_CARD, name: 'Cabinet des Ramparts' }],
    ['another FINESS', { ...TEAM_CARD, finess: Finess.parse('029970014') }],
  ])('with %s than the signed one is refused', async (_name, card) => {
    const put = cards.put(nurse.person, team, 'team', card);
    await expect(put).rejects.toEqual(refused('item_invalid'));
  });

  test('is given by nobody from outside, and is no community’s', async () => {
    const foreign = cards.put(stranger.person, team, 'team', TEAM_CARD);
    await expect(foreign).rejects.toEqual(refused('circle_unknown'));
    const mistaken = cards.put(nurse.person, team, 'community', CARD);
    await expect(mistaken).rejects.toEqual(refused('circle_unknown'));
  });
});
