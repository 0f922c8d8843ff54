/**
 * Unscheduled care: asked of the usual professional and then of others, taken by whoever is first.
 * Everybody agrees on who that is, the others learn at once that nothing is left to do, and only
 * the one who took it reads of whom it is about.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type CircleId, Uuid } from '@liaison/contract/ids';
import type { AskDraft } from '@liaison/sdk/face.care';
import { randomUUID } from 'node:crypto';
import { agree } from '../support/agree.js';
import { eventually } from '../support/eventually.js';
import { HOUR_MS } from '../support/handoff-draft.js';
import { letterOf } from '../support/letter.js';
import { type People, type Player, World } from '../support/world.js';

let world: World;
let people: People;

beforeAll(async () => {
  world = await World.open();
  people = await world.people();
}, 120_000);

afterAll(() => world.close());

function wanted(from: Player, waves: readonly (readonly Player[])[]): AskDraft {
  const now = Date.now();
  return {
    id: Uuid.parse(randomUUID()),
    from: from.team,
    kind: 'unscheduled-care',
    template: null,
    waves: waves.map((players, i) => ({
      opensAt: now + i * HOUR_MS,
      due: now + (i + 1) * HOUR_MS,
      members: players.map(({ team }) => team),
    })),
    urgency: 'urgent',
    outline: { act: 'Plaie', town: 'Laon', window: '', note: '', sender: 'SAS', phone: '15' },
    file: {
      patient: letterOf('Durand').patient,
      reason: 'Plaie de la main',
      qualifiedBy: 'Régulation SAS',
      findings: '',
      callBack: '06 39 98 00 00',
      place: 'Domicile',
      attachments: [],
    },
    tasks: [],
    supersedes: null,
  };
}

const seen = async ({ liaison }: Player, id: CircleId) => {
  await liaison.sync();
  return liaison.handoff(id);
};

test('of three who accept at once, one has it and every loser is told by whom', async () => {
  const { nurse, gp, idel, pharmacist } = people;
  const candidates = [gp, idel, pharmacist];
  const id = await nurse.liaison.ask(wanted(nurse, [candidates]));
  for (const one of candidates) {
    expect(await seen(one, id)).toMatchObject({ asked: { state: 'waiting', for: 'release' } });
  }
  const outcomes = await Promise.allSettled(
    candidates.map(({ liaison, team }) => liaison.accept(id, team, '')),
  );
  const winners = candidates.filter((_, i) => outcomes[i]?.status === 'fulfilled');
  expect(winners).toHaveLength(1);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected')
      expect(outcome.reason).toMatchObject({ code: 'handoff_taken' });
  }
  const [winner] = winners as [Player];
  await agree(world, id, [nurse, ...candidates]);
  for (const one of candidates) {
    const view = await seen(one, id);
    expect(view?.takenBy?.party.member).toBe(winner.team);
    const mine = view?.addressees.find(({ party }) => party.member === one.team);
    expect(mine?.phase).toBe(one === winner ? 'accepted' : 'taken');
    if (one !== winner) expect(view?.acts).toEqual([]);
  }
  for (const one of candidates.filter((candidate) => candidate !== winner)) {
    await eventually(async () => {
      const notices = await one.liaison.notifications();
      expect(notices.map(({ kind }) => kind)).toContain('handoff-taken');
    });
  }
  await eventually(async () => {
    await nurse.liaison.sync();
    expect((await seen(winner, id))?.asked).toMatchObject({
      state: 'open',
      value: { reason: 'Plaie de la main' },
    });
  });
}, 120_000);

test('the others wait for their turn, which comes early where the first declines', async () => {
  const { nurse, gp, idel } = people;
  const id = await nurse.liaison.ask(wanted(nurse, [[gp], [idel]]));
  expect((await seen(idel, id))?.kind).toBe('unscheduled-care');
  await expect(idel.liaison.accept(id, idel.team, '')).rejects.toMatchObject({
    code: 'item_not_allowed',
  });
  await seen(gp, id);
  await gp.liaison.decline(id, gp.team, 'absent', '');
  await seen(idel, id);
  await idel.liaison.accept(id, idel.team, '');
  await agree(world, id, [nurse, gp, idel]);
}, 90_000);
