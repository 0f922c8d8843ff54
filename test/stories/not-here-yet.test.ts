/**
 * The commonest case of the first year: the doctor has no account. They are named, told by
 * telephone, asked to come by a mail that says nothing, and admitted by a colleague of whoever sent
 * it. Until they take it, nobody has: what was said on the telephone changes nothing of that.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { GuestToken } from '@liaison/contract/guest';
import { tokenOfGuestLink } from '@liaison/contract/guest';
import { type CircleId, personMember, Uuid } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import type { HandoffView, NewAbsentee } from '@liaison/sdk/face';
import { randomUUID } from 'node:crypto';
import { eventually } from '../support/eventually.js';
import { draftOf } from '../support/handoff-draft.js';
import { enrolled, joined } from '../support/newcomer.js';
import { type People, type Player, World } from '../support/world.js';

const COLLEAGUE = '899970000164';
const DOCTOR = '899970000040';
const MAIL = 'cabinet.nguyen@exemple.fr';

const newId = (): Uuid => Uuid.parse(randomUUID());

const doctor = (): NewAbsentee => ({
  absentee: newId(),
  name: 'Dr Thomas Nguyen',
  profession: '10',
  nationalId: DOCTOR,
  phone: '03 23 00 00 00',
  fax: '',
  mssante: '',
  mail: MAIL,
  note: '',
});

let world: World;
let people: People;
let colleague: Player;

beforeAll(async () => {
  world = await World.open();
  people = await world.people();
  colleague = await joined(people.nurse, await enrolled(world, people, COLLEAGUE));
}, 180_000);

afterAll(() => world.close());

async function viewOf(player: Pick<Player, 'liaison'>, id: CircleId): Promise<HandoffView> {
  await player.liaison.sync();
  const view = await player.liaison.handoff(id);
  if (view === null) throw new Error('The handoff is not here.');
  return view;
}

async function absentOf(player: Player, id: CircleId) {
  const [absent] = (await viewOf(player, id)).absentees;
  if (absent === undefined) throw new Error('Nobody is awaited.');
  return absent;
}

const mailsTo = (address: string) => world.mails.mails().filter(({ to }) => to.includes(address));

const mailed = (address: string): Promise<unknown> =>
  eventually(async () => {
    expect(mailsTo(address)).toHaveLength(1);
    return Promise.resolve();
  });

function tokenIn(text: string): GuestToken {
  const token = tokenOfGuestLink(/#([\w-]{43})/.exec(text)?.[1] ?? '');
  if (token === null) throw new Error('The mail holds no link.');
  return token;
}

test('a doctor who is not here is told, invited, admitted by a colleague, and takes it', async () => {
  const { nurse } = people;
  const somebody = doctor();
  const { absentee } = somebody;
  const task = { title: 'INR lundi', detail: '', owner: nurse.team, due: null, absentee };
  const draft = draftOf(nurse, [], { absentees: [somebody], tasks: [task] });
  const id = await nurse.liaison.sendHandoff(draft);

  const sent = await viewOf(nurse, id);
  expect(sent.addressees).toEqual([]);
  expect(sent.tasks.map(({ phase, owner }) => [phase, owner.member])).toEqual([
    ['offered', nurse.team],
  ]);
  const said = { to: 'Mme Roux, secrétaire', how: 'phone', at: Date.now(), note: '' } as const;
  await nurse.liaison.handOver(id, absentee, said);

  // Told is not taken: the item, its time and what awaits the sender stand as they did.
  const told = await viewOf(colleague, id);
  const [one] = told.absentees;
  expect(one?.handedOver.map((each) => each.said)).toEqual([{ state: 'open', value: said }]);
  expect([one?.phase, one?.acts, one?.arrived]).toEqual(['awaited', ['hand-over', 'admit'], null]);
  expect(told.tasks.map(({ phase }) => phase)).toEqual(['offered']);
  expect(told.acts).not.toContain('close');

  await mailed(MAIL);
  const [mail] = mailsTo(MAIL);
  const bytes = JSON.stringify(mail);
  const secrets = ['Durand', 'DURAND', 'INR', 'Pansement', 'Nguyen.', 'Roux', id, absentee];
  expect(secrets.filter((word) => bytes.includes(word))).toEqual([]);
  expect(mail?.text).toContain('Cardiologie');
  const token = tokenIn(mail?.text ?? '');

  const client = await world.device();
  const { person } = await world.signIn(client, DOCTOR);
  await world.rehearse(client.liaison);
  if (person === null) throw new Error('The doctor has no identity.');
  await client.liaison.arriveAsGuest(token);
  // The link is spent, but not for whoever it brought.
  await client.liaison.arriveAsGuest(token);
  await expect(people.idel.liaison.arriveAsGuest(token)).rejects.toEqual(
    expect.objectContaining({ code: 'invitation_unknown' }),
  );

  await eventually(async () => {
    expect((await absentOf(colleague, id)).arrived?.person.person).toBe(person);
  });
  const notices = await colleague.liaison.notifications();
  expect(notices.map(({ kind }) => kind)).toContain('guest-arrived');
  const { arrived } = await absentOf(colleague, id);
  expect(arrived?.person).toMatchObject({ nationalId: DOCTOR, trust: { level: 'certified' } });
  expect(arrived?.sameNumber).toBe(true);
  expect(arrived?.party.member).toBe(personMember(person));
  // Nobody is let in by arriving.
  expect(await client.liaison.handoffs()).toEqual([]);

  await colleague.liaison.admitFor(id, absentee, personMember(person));
  await client.liaison.sync();
  const theirs = await client.liaison.handoff(id);
  expect([theirs?.letter.state, theirs?.acts.includes('accept')]).toEqual(['open', true]);
  await client.liaison.accept(id, personMember(person), '');

  const taken = await viewOf(nurse, id);
  expect(taken.addressees.map(({ phase }) => phase)).toEqual(['accepted']);
  expect(taken.tasks.map(({ phase, owner }) => [phase, owner.member])).toEqual([
    ['accepted', personMember(person)],
  ]);
  expect(taken.absentees.map(({ phase, acts }) => [phase, acts])).toEqual([['admitted', []]]);
}, 240_000);

test('an address is mailed so often and no more, and nobody learns who is known', async () => {
  const { nurse, idel } = people;
  const id = await nurse.liaison.sendHandoff(draftOf(nurse, [idel]));
  const before = mailsTo(MAIL).length;
  const room = LIMITS.guestMails.value - before;
  for (let n = 0; n <= room; n += 1) {
    await nurse.liaison.awaitSomebody(id, doctor(), Date.now() + 3_600_000);
  }
  // Somebody who is here already is answered alike.
  await nurse.liaison.awaitSomebody(id, { ...doctor(), mail: 'petit@cabinet.fr' }, Date.now() + 1);
  const { absentees } = await viewOf(nurse, id);
  expect(new Set(absentees.map(({ invitation }) => invitation))).toEqual(new Set(['invited']));
  for (const { absentee } of absentees) await nurse.liaison.inviteAbsentee(id, absentee);
  await mailed('petit@cabinet.fr');
  expect(mailsTo(MAIL)).toHaveLength(LIMITS.guestMails.value);
  // Whoever is asked sees who else is, and has no say in it.
  const seen = await viewOf(idel, id);
  expect(seen.absentees.map(({ acts, invitation }) => [acts.length, invitation])).toEqual(
    absentees.map(() => [0, null]),
  );
}, 180_000);
