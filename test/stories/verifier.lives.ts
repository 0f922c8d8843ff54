/**
 * Circles of varied life for the verifier: made by real clients through the face, from a seed, so
 * that the same ones come again. Between them teams change, devices end and people leave.
 */
import { type CircleId, type MemberId, type PersonId, personMember } from '@liaison/contract/ids';
import { expect } from '@jest/globals';
import { draftOf } from '../support/handoff-draft.js';
import type { People, Player } from '../support/world.js';
import { eventually } from '../support/eventually.js';

/** Numbers below one, the same for the same seed (mulberry32). */
export function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Cast {
  readonly people: People;
  /** Comes into teams and leaves them again. */
  readonly colleague: PersonId;
  readonly chance: () => number;
}

const pick = <T>(from: readonly T[], chance: () => number): T => {
  const one = from[Math.floor(chance() * from.length)];
  if (one === undefined) throw new Error('Nothing to pick from.');
  return one;
};

const othersOf = ({ people }: Cast): Player[] => [people.gp, people.idel, people.pharmacist];

/** One act on a channel that the nurse manages; nothing where it has no object now. */
type Act = (cast: Cast, channel: CircleId, inside: Set<MemberId>) => Promise<void>;

const someInside = ({ people, chance }: Cast, inside: Set<MemberId>): MemberId | null => {
  const removable = [...inside].filter((member) => member !== people.nurse.team);
  return removable.length === 0 ? null : pick(removable, chance);
};

const ACTS: readonly Act[] = [
  async ({ people, chance }, channel) => {
    await people.nurse.liaison.post(
      channel,
      `Passage à ${String(Math.floor(chance() * 24))} h`,
      [],
    );
  },
  async (cast, channel, inside) => {
    const one = pick(othersOf(cast), cast.chance);
    const member = cast.chance() < 0.5 ? one.team : personMember(one.person);
    if (inside.has(member)) return;
    const history = pick(['all', 'now', 7] as const, cast.chance);
    await cast.people.nurse.liaison.addMembers(channel, [member], history);
    inside.add(member);
  },
  async (cast, channel, inside) => {
    const member = someInside(cast, inside);
    if (member === null) return;
    await cast.people.nurse.liaison.removeMember(channel, member);
    inside.delete(member);
  },
  async (cast, channel, inside) => {
    const member = someInside(cast, inside);
    if (member === null) return;
    const role = pick(['admin', 'writer', 'reader'] as const, cast.chance);
    await cast.people.nurse.liaison.changeRole(channel, member, role);
  },
  async (cast, channel, inside) => {
    const member = someInside(cast, inside);
    if (member !== null) await cast.people.nurse.liaison.reseal(channel, [member]);
  },
];

/** A channel with a few acts on it. */
export async function liveChannel(cast: Cast): Promise<CircleId> {
  const { people, chance } = cast;
  const { nurse } = people;
  const first = othersOf(cast).filter(() => chance() < 0.5);
  const members = [nurse.team, ...first.map(({ team }) => team)];
  const channel = await nurse.liaison.createChannel(`Salon ${String(chance())}`, members);
  const inside = new Set<MemberId>(members);
  const acts = 1 + Math.floor(chance() * 5);
  for (let i = 0; i < acts; i++) await pick(ACTS, chance)(cast, channel, inside);
  return channel;
}

/** A handoff that is answered in one way or another: an outline and a file. */
export async function liveHandoff(cast: Cast): Promise<CircleId> {
  const { people, chance } = cast;
  const { nurse } = people;
  const to = pick(othersOf(cast), chance);
  const id = await nurse.liaison.sendHandoff(draftOf(nurse, [to]));
  const end = chance();
  if (end < 0.12) {
    await nurse.liaison.recall(id, 'wrong-patient', 'Erreur d’étiquette');
    return id;
  }
  if (end < 0.3) {
    await nurse.liaison.cancel(id, 'other', 'Sortie annulée');
    return id;
  }
  await eventually(async () => {
    expect((await to.liaison.handoff(id))?.outline.state).toBe('open');
  });
  if (end < 0.5) await to.liaison.decline(id, to.team, 'no-capacity', 'Complet cette semaine');
  else await to.liaison.accept(id, to.team, 'Je passe demain');
  if (end > 0.8) await to.liaison.done(id, to.team, 'Fait');
  return id;
}

/** Somebody joins the nurse's team, with or without the past, or is taken out of it. */
export async function changeTeam({ people, colleague, chance }: Cast): Promise<void> {
  const { nurse } = people;
  const inside = (await nurse.liaison.teamMembers(nurse.teamId)).map(({ person }) => person);
  if (inside.includes(colleague)) await nurse.liaison.removeFromTeam(nurse.teamId, colleague);
  else await nurse.liaison.addToTeam(nurse.teamId, colleague, chance() < 0.5 ? 'all' : 'now');
}
