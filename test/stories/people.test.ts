/** Who people are here: their roles, who vouches for them, and the devices that speak for them. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CircleId } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { agree } from '../support/agree.js';
import { eventually } from '../support/eventually.js';
import { draftOf } from '../support/handoff-draft.js';
import { enrolled, joined, type Newcomer } from '../support/newcomer.js';
import { type CeremonyOptions, SoftwarePasskey } from '../../tools/cast/software-passkey.js';
import { type People, type Player, World } from '../support/world.js';

const MIDWIFE_AND_NURSE = '899970000131';
const DOCTOR = '899970000024';

let world: World;
let people: People;

beforeAll(async () => {
  world = await World.open();
  people = await world.people();
}, 120_000);

afterAll(async () => {
  await world.close();
});

const refused = (code: string) => expect.objectContaining({ code });

async function heard({ liaison }: Pick<Newcomer, 'liaison'>, channel: CircleId) {
  await liaison.sync();
  return (await liaison.messages(channel)).map(({ text }) =>
    text.state === 'open' ? text.value : text.state,
  );
}

/** What was said arrives, whole and readable. */
const hears = (who: Pick<Newcomer, 'liaison'>, channel: CircleId, said: readonly string[]) =>
  eventually(async () => {
    expect(await heard(who, channel)).toEqual(said);
  }, 20_000);

describe('somebody with several activities', () => {
  test('is asked in which role they act, and what they write carries it', async () => {
    const { nurse } = people;
    const client = await world.device();
    const session = await world.signIn(client, MIDWIFE_AND_NURSE);
    expect(session.roles.map(({ profession }) => profession).sort()).toEqual(['50', '60']);
    expect(session.role).toBeNull();
    await world.rehearse(client.liaison);
    if (session.person === null) throw new Error('She has no identity.');
    await people.coordinator.liaison.admit(session.person);
    await client.liaison.refresh();
    const elise = await joined(nurse, { ...client, person: session.person });
    const channel = await nurse.liaison.createChannel('Relais', [nurse.team]);
    await hears(elise, channel, []);
    for (const profession of ['50', '60'] as const) {
      const role = session.roles.find((one) => one.profession === profession);
      if (role === undefined) throw new Error(`No role ${profession}.`);
      expect((await elise.liaison.chooseRole(role.id)).role).toEqual(role);
      await elise.liaison.post(channel, `Je suis ${profession}`, []);
    }
    await hears(nurse, channel, ['Je suis 50', 'Je suis 60']);
    const authors = (await nurse.liaison.messages(channel)).map(({ author }) => author);
    expect(authors.map(({ person, profession }) => [person, profession])).toEqual([
      [session.person, '50'],
      [session.person, '60'],
    ]);
  }, 60_000);
});

describe('somebody whom the provider does not know', () => {
  test('comes by a colleague’s link and a passkey, and is shown as vouched for', async () => {
    const { nurse, gp, coordinator } = people;
    const { link } = await nurse.liaison.invite('Sophie Renard', 'secretary');
    const client = await world.device();
    expect(await client.liaison.openInvitation(link)).toMatchObject({
      name: 'Sophie Renard',
      inviter: expect.stringMatching(/lefevre/i),
    });
    const session = await world.accept(client, link);
    expect(session).toMatchObject({ name: 'Sophie Renard', hasPasskey: true });
    if (session.person === null) throw new Error('The secretary has no identity.');
    await world.rehearse(client.liaison);
    await coordinator.liaison.admit(session.person);
    await client.liaison.refresh();
    const sophie = await joined(nurse, { ...client, person: session.person });
    for (const { liaison } of [nurse, gp]) {
      expect(await liaison.person(sophie.person)).toMatchObject({
        name: 'Sophie Renard',
        profession: 'secretary',
        nationalId: null,
        trust: { level: 'vouched', by: expect.stringMatching(/lefevre/i) },
      });
    }
    const id = await nurse.liaison.sendHandoff(draftOf(nurse, [gp]));
    await agree(world, id, [nurse, gp, sophie]);
    expect((await sophie.liaison.handoff(id))?.letter.state).toBe('open');

    const again = await world.device();
    await expect(world.accept(again, link)).rejects.toThrow();
  }, 60_000);

  test('a link that was cut short or made up opens nothing', async () => {
    const { link } = await people.nurse.liaison.invite('Paul Roche', 'intern');
    const client = await world.device();
    await expect(client.liaison.openInvitation(link.slice(0, -6))).rejects.toThrow();
    await expect(client.liaison.openInvitation(world.origin)).rejects.toEqual(
      refused('link-wrong'),
    );
  }, 30_000);
});

describe('the recovery code', () => {
  test('and a fresh sign-in open, on an empty device, everything its owner may read', async () => {
    const { nurse, gp } = people;
    const first = await world.device();
    const { person } = await world.signIn(first, DOCTOR);
    if (person === null) throw new Error('The doctor has no identity.');
    const words = [...(await first.liaison.recoveryWords())];
    await world.rehearse(first.liaison);
    await people.coordinator.liaison.admit(person);
    await first.liaison.refresh();
    const olivier = await joined(nurse, { ...first, person });
    const channel = await nurse.liaison.createChannel('Staff', [nurse.team, gp.team]);
    await nurse.liaison.post(channel, 'Avant le départ', []);
    const id = await nurse.liaison.sendHandoff(draftOf(nurse, [gp]));
    await hears(olivier, channel, ['Avant le départ']);
    // Somebody leaves: the team's and the channel's keys change, and the old ones stay within
    // reach.
    const julien = await joined(nurse, await enrolled(world, people, '899970000065'));
    await nurse.liaison.removeFromTeam(nurse.teamId, julien.person);
    await gp.liaison.post(channel, 'Après le départ', []);
    await hears(nurse, channel, ['Avant le départ', 'Après le départ']);

    const second = await world.device();
    expect((await world.signIn(second, DOCTOR)).state).toBe('other-device');
    await seeWrongWordsNamed(second.liaison, words);
    const { authorizeUrl } = await second.liaison.beginRecovery(words, '/');
    expect((await world.comeBack(second, authorizeUrl, DOCTOR)).state).toBe('ready');
    await hears(second, channel, ['Avant le départ', 'Après le départ']);
    await agree(world, id, [nurse, gp, { ...olivier, ...second }, olivier]);

    await endTheFirst({ ...olivier, ...second }, olivier, channel);
  }, 120_000);
});

/** Each mistake says which it is, and for a word that does not exist, which word. */
async function seeWrongWordsNamed(liaison: Player['liaison'], words: readonly string[]) {
  const tried = (typed: readonly string[]) => liaison.beginRecovery(typed, '/');
  const wrong = (why: string) => expect.objectContaining({ code: 'words-wrong', why });
  await expect(tried(words.slice(1))).rejects.toEqual(wrong('count 11'));
  await expect(tried(words.with(4, 'zzzzzz'))).rejects.toEqual(wrong('unknown-word 5'));
}

/** The second device ends the first: the team and the channel go on, the first one cannot. */
async function endTheFirst(now: Player, before: Player, channel: CircleId) {
  const { nurse, gp } = people;
  const lost = (await now.liaison.devices()).find(({ here }) => !here);
  if (lost === undefined) throw new Error('The first device is not listed.');
  await now.liaison.revokeDevice(lost.device);
  const done = ['Avant le départ', 'Après le départ', 'Nouvelle clé'];
  await nurse.liaison.post(channel, 'Nouvelle clé', []);
  for (const who of [now, gp, nurse]) await hears(who, channel, done);

  await before.liaison.post(channel, 'Encore moi', []);
  await eventually(async () => {
    await before.liaison.refresh();
    const mine = (await before.liaison.messages(channel)).find((message) => message.mine);
    expect(mine).toMatchObject({ delivery: 'refused', refusal: 'device_revoked' });
    expect((await before.liaison.devices()).find(({ here }) => here)?.revokedAt).not.toBeNull();
  }, 20_000);
  await now.liaison.post(channel, 'Je suis là', []);
  for (const who of [now, gp, nurse]) await hears(who, channel, [...done, 'Je suis là']);
  expect((await nurse.liaison.connection()).alarm).toBeNull();
}

describe('two idle hours', () => {
  test('lock the session; a passkey reopens it where it was, nothing lost', async () => {
    const { gp, nurse } = people;
    const passkey = new SoftwarePasskey(world.origin);
    const registration = (await gp.liaison.passkeyOptions('register')) as CeremonyOptions;
    const registered = await gp.liaison.passkeyAnswer('register', passkey.create(registration));
    expect(registered.hasPasskey).toBe(true);
    const id = await nurse.liaison.sendHandoff(draftOf(nurse, [gp]));
    await gp.liaison.sync();

    // As if nobody had touched this session for two hours.
    await world.fixture.database.query(
      `UPDATE sessions SET seen_at = seen_at - $1 WHERE account_id =
         (SELECT account_id FROM accounts WHERE person = $2)`,
      [LIMITS.sessionIdleMs.value + 1000, gp.person],
    );
    const answering = gp.liaison.accept(id, gp.team, 'Décidé verrouillé');
    await eventually(async () => {
      expect((await gp.liaison.session()).state).toBe('locked');
    });
    await expect(gp.liaison.sync()).rejects.toEqual(refused('session_locked'));
    const challenge = (await gp.liaison.passkeyOptions('unlock')) as CeremonyOptions;
    const unlocked = await gp.liaison.passkeyAnswer('unlock', passkey.get(challenge));
    expect(unlocked.state).toBe('ready');
    await answering;
    await agree(world, id, [nurse, gp]);
    const view = await nurse.liaison.handoff(id);
    expect(view?.addressees[0]).toMatchObject({ phase: 'accepted', note: 'Décidé verrouillé' });
  }, 60_000);
});
