/** Handoffs that end early: cancelled with a reason, or replaced by another that names them. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CancelReason } from '@liaison/contract/handoff';
import type { CircleId } from '@liaison/contract/ids';
import { agree } from '../support/agree.js';
import { eventually } from '../support/eventually.js';
import { draftOf, HOUR_MS } from '../support/handoff-draft.js';
import { letterOf } from '../support/letter.js';
import { type People, type Player, World } from '../support/world.js';

let world: World;
let people: People;

beforeAll(async () => {
  world = await World.open();
  people = await world.people();
}, 90_000);

afterAll(async () => {
  await world.close();
});

const refused = (code: string) => expect.objectContaining({ code });

const send = (...to: readonly Player[]): Promise<CircleId> =>
  people.nurse.liaison.sendHandoff(draftOf(people.nurse, to));

async function kindsFor(player: Player, id: CircleId) {
  const all = await player.liaison.notifications();
  return all.filter(({ circle }) => circle === id).map(({ kind }) => kind);
}

describe('cancelled', () => {
  test.each(CancelReason.options)(
    'because %s: everybody sees it, nobody may go on',
    async (why) => {
      const { nurse, gp } = people;
      const id = await send(gp);
      await nurse.liaison.cancel(id, why, 'Voir avec le service');
      await gp.liaison.sync();
      expect(await gp.liaison.handoff(id)).toMatchObject({
        phase: 'cancelled',
        reason: why,
        acts: [],
        letter: { state: 'open' },
      });
      await expect(gp.liaison.accept(id, gp.team, '')).rejects.toEqual(refused('item_not_allowed'));
      await expect(nurse.liaison.cancel(id, why, '')).rejects.toEqual(refused('item_not_allowed'));
      await agree(world, id, [nurse, gp]);
    },
    30_000,
  );

  test('those who had answered are told too; only the sender may cancel', async () => {
    const { nurse, gp, idel } = people;
    const id = await send(gp, idel);
    await gp.liaison.sync();
    await gp.liaison.accept(id, gp.team, '');
    await expect(gp.liaison.cancel(id, 'other', '')).rejects.toThrow();
    await agree(world, id, [nurse, gp, idel]);
    await nurse.liaison.cancel(id, 'readmitted', '');
    await eventually(async () => {
      expect(await kindsFor(gp, id)).toContain('handoff-ended');
      expect(await kindsFor(idel, id)).toContain('handoff-ended');
    });
    await agree(world, id, [nurse, gp, idel]);
  }, 40_000);

  test('while somebody accepts at the same moment: one order for all, and it ends', async () => {
    const { nurse, gp } = people;
    const id = await send(gp);
    await gp.liaison.sync();
    const [cancelled] = await Promise.allSettled([
      nurse.liaison.cancel(id, 'died', ''),
      gp.liaison.accept(id, gp.team, ''),
    ]);
    expect(cancelled.status).toBe('fulfilled');
    await agree(world, id, [nurse, gp]);
    expect((await gp.liaison.handoff(id))?.phase).toBe('cancelled');
  }, 30_000);
});

describe('superseded', () => {
  test('the new one names the old, the old shows the new, and only the new goes on', async () => {
    const { nurse, gp, pharmacist } = people;
    const old = await send(gp);
    await gp.liaison.sync();
    await gp.liaison.accept(old, gp.team, '');
    await nurse.liaison.sync();
    const draft = draftOf(nurse, [gp, pharmacist], {
      supersedes: old,
      letter: { ...letterOf('Durand'), followUp: 'Ionogramme à trois jours.' },
      due: Date.now() + 2 * HOUR_MS,
    });
    const id = await nurse.liaison.sendHandoff(draft);
    await agree(world, old, [nurse, gp]);
    await agree(world, id, [nurse, gp, pharmacist]);
    expect(await gp.liaison.handoff(old)).toMatchObject({
      phase: 'superseded',
      supersededBy: id,
      acts: [],
    });
    expect(await gp.liaison.handoff(id)).toMatchObject({
      phase: 'sent',
      supersedes: old,
      acts: ['accept', 'decline'],
      letter: { state: 'open', value: { followUp: 'Ionogramme à trois jours.' } },
    });
    expect(await pharmacist.liaison.handoff(old)).toBeNull();
    await expect(gp.liaison.done(old, gp.team, '')).rejects.toEqual(refused('item_not_allowed'));
    await gp.liaison.accept(id, gp.team, '');
    await agree(world, id, [nurse, gp, pharmacist]);
  }, 40_000);

  test('of an ended handoff is refused whole: no new handoff without the old one’s end', async () => {
    const { nurse, gp } = people;
    const old = await send(gp);
    await nurse.liaison.cancel(old, 'other', '');
    const before = (await nurse.liaison.handoffs()).length;
    const draft = draftOf(nurse, [gp], { supersedes: old });
    await expect(nurse.liaison.sendHandoff(draft)).rejects.toEqual(refused('item_not_allowed'));
    await nurse.liaison.sync();
    expect((await nurse.liaison.handoffs()).length).toBe(before);
    expect((await nurse.liaison.drafts()).map((kept) => kept.id)).toEqual([draft.id]);
    const onItsOwn = { ...draft, supersedes: null };
    await nurse.liaison.saveDraft(onItsOwn);
    await agree(world, await nurse.liaison.sendHandoff(onItsOwn), [nurse, gp]);
    await agree(world, old, [nurse, gp]);
  }, 40_000);

  test('twice at once: one replaces, the other is refused and says so', async () => {
    const { nurse, gp } = people;
    const old = await send(gp);
    const replacements = [1, 2].map(() => {
      return nurse.liaison.sendHandoff(draftOf(nurse, [gp], { supersedes: old }));
    });
    const outcomes = await Promise.allSettled(replacements);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await agree(world, old, [nurse, gp]);
    const winner = outcomes.find((one) => one.status === 'fulfilled')?.value;
    expect((await gp.liaison.handoff(old))?.supersededBy).toBe(winner);
  }, 40_000);
});
