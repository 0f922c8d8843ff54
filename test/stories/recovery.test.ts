/** The printed code over the years: replaced, found again in a drawer, restored from. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Liaison } from '@liaison/sdk/liaison';
import { PersonId } from '@liaison/contract/ids';
import { parsePaper, paperText } from '@liaison/contract/paper';
import { eventually } from '../support/eventually.js';
import { enrolled, joined } from '../support/newcomer.js';
import { type People, type Player, World } from '../support/world.js';

const NURSE = '899970000164';
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

const wrong = (why: string) => expect.objectContaining({ code: 'words-wrong', why });

async function hears({ liaison }: { liaison: Liaison }, channel: never, said: readonly string[]) {
  await eventually(async () => {
    await liaison.sync();
    const heard = await liaison.messages(channel);
    expect(heard.map(({ text }) => (text.state === 'open' ? text.value : text.state))).toEqual(
      said,
    );
  }, 20_000);
}

/** Somebody of the nurse's team, with the words of their first paper. */
async function colleague(idnps: string): Promise<Player & { readonly words: readonly string[] }> {
  const client = await world.device();
  const { person } = await world.signIn(client, idnps);
  const words = await client.liaison.recoveryWords();
  await world.rehearse(client.liaison);
  await people.coordinator.liaison.admit(PersonId.parse(person));
  await client.liaison.refresh();
  return { ...(await joined(people.nurse, { ...client, person: PersonId.parse(person) })), words };
}

describe('a paper that was replaced', () => {
  test('says so by its date and opens nothing; the new one opens everything', async () => {
    const { nurse } = people;
    const amina = await colleague(NURSE);
    const channel = (await nurse.liaison.createChannel('Service', [nurse.team])) as never;
    await nurse.liaison.post(channel, 'Avant', []);
    await hears(amina, channel, ['Avant']);
    const { madeAt: firstMade } = await amina.liaison.recovery();

    const sheet = await amina.liaison.replaceRecovery();
    expect(sheet.words).not.toEqual(amina.words);
    // Until it is rehearsed the former one is the paper, and nothing has changed for anybody.
    expect((await amina.liaison.recovery()).madeAt).toBe(firstMade);
    expect(await amina.liaison.confirmRecovery({ 0: amina.words[0] ?? '' })).toBe(false);
    expect((await amina.liaison.replaceRecovery()).words).toEqual(sheet.words);
    await world.rehearse(amina.liaison);
    expect(await amina.liaison.recovery()).toEqual({ madeAt: sheet.madeAt, former: [firstMade] });
    await nurse.liaison.post(channel, 'Après', []);
    await hears(amina, channel, ['Avant', 'Après']);

    const empty = await world.device();
    expect((await world.signIn(empty, NURSE)).state).toBe('other-device');
    const replaced = await empty.liaison.readPaper(amina.words);
    expect(replaced).toEqual({
      state: 'replaced',
      madeAt: firstMade,
      replacedAt: expect.any(Number),
      currentMadeAt: sheet.madeAt,
    });
    await expect(empty.liaison.beginRecovery(amina.words, '/')).rejects.toMatchObject({
      code: 'paper-replaced',
    });
    expect(await empty.liaison.readPaper(sheet.words)).toEqual({
      state: 'current',
      madeAt: sheet.madeAt,
    });
    const { authorizeUrl } = await empty.liaison.beginRecovery(sheet.words, '/');
    expect((await world.comeBack(empty, authorizeUrl, NURSE)).state).toBe('ready');
    await hears(empty, channel, ['Avant', 'Après']);
    await nurse.liaison.post(channel, 'Encore', []);
    await hears(empty, channel, ['Avant', 'Après', 'Encore']);
  }, 90_000);

  test('finds no key of its own left at the server', async () => {
    const { person, liaison } = await enrolled(world, people, '899970000065');
    const copies = () =>
      world.fixture.database.query<{ generation: number }>(
        `SELECT generation FROM person_key_copies WHERE person_id = $1 AND recipient = 'recovery'
          ORDER BY generation`,
        [person],
      );
    expect(await copies()).toEqual([{ generation: 1 }]);
    await liaison.replaceRecovery();
    await world.rehearse(liaison);
    expect(await copies()).toEqual([{ generation: 2 }]);
  }, 30_000);
});

describe('the QR code of a paper', () => {
  test('restores at one scan, and holds a server to the log that it knew', async () => {
    const first = await world.device();
    await world.signIn(first, DOCTOR);
    const sheet = await first.liaison.recoverySheet();
    const paper = parsePaper(sheet?.qr ?? '');
    if (paper === null) throw new Error('The QR code holds no paper.');
    expect(paper.floor).toMatchObject({ length: 3, generation: 1 });
    await world.rehearse(first.liaison);

    const empty = await world.device();
    await world.signIn(empty, DOCTOR);
    const other = await world.device();
    await world.signIn(other, '899970000149');
    const theirs = parsePaper((await other.liaison.recoverySheet())?.qr ?? '');
    if (theirs === null) throw new Error('The other QR code holds no paper.');
    expect(await empty.liaison.readPaper([paperText(theirs)])).toEqual({ state: 'unknown' });
    await expect(empty.liaison.beginRecovery([paperText(theirs)], '/')).rejects.toEqual(
      wrong('another-paper'),
    );

    // As if it had been printed when the log was longer: the server hides what came since.
    const later = paperText({ ...paper, floor: { ...paper.floor, length: 5, generation: 2 } });
    const ahead = { state: 'ahead', madeAt: paper.madeAt };
    expect(await empty.liaison.readPaper([later])).toEqual(ahead);
    await expect(empty.liaison.beginRecovery([later], '/')).rejects.toMatchObject({
      code: 'log-broken',
    });

    const { authorizeUrl } = await empty.liaison.beginRecovery([paperText(paper)], '/');
    expect((await world.comeBack(empty, authorizeUrl, DOCTOR)).state).toBe('ready');
  }, 60_000);
});
