/** Teams as members: who reads follows the team's own statements, and leavers are shut out. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type CircleId, personMember, teamMember } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { verifyCopyProof } from '../../sdk/crypto/copies-tree.js';
import { ready } from '../../sdk/crypto/sodium.js';
import { eventually } from '../support/eventually.js';
import { type Team, Writer } from './circle.writer.js';
import { CirclesStage } from './circles.stage.js';

let stage: CirclesStage;
let nurse: Writer;
let colleague: Writer;
let doctor: Writer;
let outsider: Writer;
let community: CircleId;
let unit: Team;
let practice: Team;
let file: CircleId;

const refused = (code: string) => expect.objectContaining({ name: 'Problem', code });
const sorted = (...writers: Writer[]) => writers.map(({ person }) => person).sort();

beforeAll(async () => {
  await ready();
  stage = await CirclesStage.open();
  const all: Writer[] = [];
  for (let i = 0; i < 4; i++) all.push(await Writer.enrol(stage));
  [nurse, colleague, doctor, outsider] = all as [Writer, Writer, Writer, Writer];
  community = (await nurse.create('community', null, [doctor])).circle;
  unit = await nurse.create('team', community);
  practice = await doctor.create('team', community);
  nurse.team = unit;
  doctor.team = practice;
  file = (await nurse.create('file', community, [], [practice])).circle;
});

afterAll(() => stage.close());

describe('a team', () => {
  test('brings its people into the circles it is in', async () => {
    expect(await stage.readersOf(file)).toEqual(sorted(nurse, doctor));
  });

  test('whose people change, changes who reads and what entries must cite', async () => {
    const earlier = await nurse.message(file);
    nurse.team = null;
    await nurse.submit(await nurse.addition(unit.circle, await colleague.recipient()));
    expect(await stage.readersOf(file)).toEqual(sorted(nurse, colleague, doctor));
    await expect(nurse.submit(earlier)).rejects.toEqual(refused('members_moved'));
    nurse.team = unit;
    colleague.team = unit;
    await colleague.submit(await colleague.message(file));
    await nurse.submit(await nurse.message(file));
  });

  test('lets whoever meets it verify its statements, and nobody else', async () => {
    const seen = await stage.server.reader.skeleton(doctor.person, unit.circle, -1);
    expect(seen.items.map(({ statement }) => statement !== null)).toEqual([true, true, true]);
    await expect(stage.server.reader.skeleton(outsider.person, unit.circle, -1)).rejects.toEqual(
      refused('circle_unknown'),
    );
    await expect(stage.server.reader.items(doctor.person, unit.circle, -1, 9)).rejects.toEqual(
      refused('circle_unknown'),
    );
  });

  test('has no team among its members', async () => {
    nurse.team = null;
    const own = await nurse.recipient();
    const spec = nurse.spec(teamMember(practice.circle));
    const { items } = await nurse.created('team', community, [spec], [own]);
    await expect(nurse.submit(...items)).rejects.toEqual(refused('item_invalid'));
    nurse.team = unit;
  });

  test('is what a circle takes as a member, and no other kind of circle', async () => {
    nurse.team = null;
    const own = await nurse.recipient();
    const channel = await nurse.create('channel', community);
    const asTeam = nurse.spec(teamMember(channel.circle));
    const { items } = await nurse.created('channel', community, [asTeam], [own]);
    await expect(nurse.submit(items[0]!)).rejects.toEqual(refused('item_invalid'));
    nurse.team = unit;
    const added = await nurse.addition(file, await nurse.teamRecipient(channel));
    await expect(nurse.submit(added)).rejects.toEqual(refused('item_invalid'));
  });

  test('is not claimed by somebody outside it', async () => {
    outsider.team = practice;
    await expect(outsider.submit(await outsider.message(file))).rejects.toEqual(
      refused('circle_unknown'),
    );
    outsider.team = null;
  });
});

describe('sealed copies', () => {
  test('are served to whom they are sealed, with a proof that leads to the root', async () => {
    const [served] = await stage.server.reader.copies(doctor.person, file, 1);
    expect(served).toMatchObject({ epoch: 1, member: teamMember(practice.circle), count: 2 });
    const { items } = await stage.server.reader.items(doctor.person, file, 0, 1);
    const { facts } = JSON.parse(items[0]!.text) as { facts: { copiesRoot: never } };
    const { member, copy, index, count, proof } = served!;
    const at = { index, count, proof };
    expect(verifyCopyProof(facts.copiesRoot, { recipient: member, copy }, at)).toBe(true);
  });

  test('of a circle are not served to others', async () => {
    await expect(stage.server.reader.copies(outsider.person, file, 1)).rejects.toEqual(
      refused('circle_unknown'),
    );
  });
});

describe('somebody who was removed', () => {
  test('from a team reads and writes no more, and is told so', async () => {
    colleague.team = unit;
    const item = await colleague.message(file);
    nurse.team = null;
    const { items } = await stage.server.reader.items(nurse.person, unit.circle, 0, 1);
    const opened = JSON.parse(items[0]!.text) as { facts: { commitment: never } };
    const rest = [await nurse.recipient()];
    const member = personMember(colleague.person);
    await nurse.submit(await nurse.removal(unit.circle, member, rest, opened.facts.commitment));
    expect(await stage.readersOf(file)).toEqual(sorted(nurse, doctor));
    await expect(colleague.submit(item)).rejects.toEqual(refused('not_a_member'));
    await expect(stage.server.reader.items(colleague.person, file, -1, 10)).rejects.toEqual(
      refused('circle_unknown'),
    );
  });

  test('who left by themselves ends the epoch’s time', async () => {
    const channel = (await doctor.create('channel', community, [outsider])).circle;
    const member = personMember(outsider.person);
    await outsider.submit(await outsider.item(channel, 'member.removed', { member, next: null }));
    expect(await stage.readersOf(channel)).toEqual(sorted(doctor));
    await expect(outsider.submit(await outsider.message(channel))).rejects.toEqual(
      refused('not_a_member'),
    );
  });
});

test('a guest’s time ends by the server’s clock, whatever the guest’s own says', async () => {
  doctor.team = null;
  const until = stage.clock.now() + 60_000;
  const channel = (await doctor.create('channel', community)).circle;
  const who = await outsider.recipient();
  await doctor.submit(await doctor.addition(channel, who, { until: until }));
  await outsider.submit(await outsider.message(channel));
  const early = { at: stage.clock.now() };
  stage.clock.advance(61_000);
  await expect(outsider.submit(await outsider.message(channel, early))).rejects.toEqual(
    refused('not_a_member'),
  );
  expect(await stage.readersOf(channel)).toEqual(sorted(doctor));
  expect(LIMITS.clockSkewMs.value).toBeGreaterThan(61_000);
});

describe('a team that changes while a circle that it is in changes', () => {
  /** Both work until they would record what happened; then both become durable. */
  async function atOnce(...works: readonly (() => Promise<unknown>)[]): Promise<void> {
    const done: Promise<unknown>[] = [];
    await stage.database.transaction(async (on) => {
      await on.query('LOCK TABLE outbox IN EXCLUSIVE MODE');
      for (const work of works) {
        done.push(work());
        await eventually(async () => expect(await waiting()).toBe(done.length));
      }
    });
    await Promise.all(done);
  }

  async function waiting(): Promise<number> {
    const [row] = await stage.database.query<{ count: number }>(
      `SELECT count(*) AS count FROM pg_stat_activity
        WHERE wait_event_type = 'Lock' AND datname = current_database()`,
    );
    return row?.count ?? 0;
  }

  const firstCommitment = async (circle: CircleId) => {
    const [row] = await stage.database.query<{ header: string }>(
      'SELECT header FROM items WHERE circle_id = $1 AND k = 1',
      [circle],
    );
    return (JSON.parse(row!.header) as { facts: { commitment: never } }).facts.commitment;
  };

  test('does not bring back to the circle whom it has just removed', async () => {
    for (const one of [nurse, doctor, colleague, outsider]) one.team = null;
    const team = await nurse.create('team', community, [colleague]);
    const { circle } = await doctor.create('channel', community, [], [team]);
    expect(await stage.readersOf(circle)).toEqual(sorted(doctor, nurse, colleague));
    const rest = [await nurse.recipient()];
    const last = await firstCommitment(team.circle);
    const removal = await nurse.removal(team.circle, personMember(colleague.person), rest, last);
    const addition = await doctor.addition(circle, await outsider.recipient());
    const { submissions } = stage.another();
    await atOnce(
      () => nurse.submit(removal),
      () => submissions.submit(doctor.submitter, [addition], null),
    );
    expect(await stage.readersOf(circle)).toEqual(sorted(doctor, nurse, outsider));
  });

  test('does not take its newcomer into a circle that it is leaving', async () => {
    const team = await nurse.create('team', community);
    const { circle } = await doctor.create('channel', community, [], [team]);
    const rest = [await doctor.recipient()];
    const last = await firstCommitment(circle);
    const removal = await doctor.removal(circle, teamMember(team.circle), rest, last);
    const addition = await nurse.addition(team.circle, await colleague.recipient());
    const { submissions } = stage.another();
    await atOnce(
      () => doctor.submit(removal),
      () => submissions.submit(nurse.submitter, [addition], null),
    );
    expect(await stage.readersOf(circle)).toEqual(sorted(doctor));
    expect(await stage.readersOf(team.circle)).toEqual(sorted(nurse, colleague));
  });
});
