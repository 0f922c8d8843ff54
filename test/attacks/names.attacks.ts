/** Names, professions and numbers that the server tells otherwise than what was signed. */
import { expect } from '@jest/globals';
import { COMMUNITY_ROUTES, DIRECTORY_ROUTES, type EndorsedTeam } from '@liaison/contract/directory';
import type { PersonCard } from '@liaison/contract/directory';
import { type Attack, attack } from './attack.js';
import type { Stage, Victim } from './stage.js';

/** The nurse's card is served altered to somebody who never saw it. */
function onCard(
  id: string,
  name: string,
  change: Partial<Record<keyof PersonCard, unknown>>,
): Attack {
  return attack({
    id,
    name,
    arrange: (stage: Stage) => stage.victim('gp', ['names']),
    misbehave: ({ liar }) => {
      liar.about(DIRECTORY_ROUTES.peopleCards, async (truth) => {
        return { people: (await truth()).people.map((card) => ({ ...card, ...change })) };
      });
    },
    expect: async (victim, { people }) => {
      const seen = await victim.liaison.person(people.nurse.person);
      expect(seen?.name.toUpperCase()).toBe('NADIA LEFEVRE');
      const signed = { nationalId: '899970000016', profession: '60' };
      expect(seen).toMatchObject({ ...signed, trust: { level: 'certified', fictional: true } });
      return 'shown as certified by the token, not as told';
    },
  });
}

/** The community's list of teams is served altered to somebody who never saw it. */
function onTeams(
  id: string,
  name: string,
  change: (teams: readonly EndorsedTeam[], stage: Stage) => unknown,
  expected: (victim: Victim, stage: Stage) => Promise<string>,
): Attack {
  return attack({
    id,
    name,
    arrange: (stage: Stage) => stage.victim('gp', ['names', 'skeletons']),
    misbehave: async ({ liar, liaison }, stage) => {
      liar.about(COMMUNITY_ROUTES.communityTeams, async (truth) => {
        return { teams: change((await truth()).teams, stage) };
      });
      await liaison.refresh();
    },
    expect: async (victim, stage) => {
      const shown = await expected(victim, stage);
      stage.behave(victim);
      await victim.liaison.refresh();
      const names = (await victim.liaison.searchDirectory('beffroi')).map(
        ({ party }) => party?.name,
      );
      expect(names).toContain('Pharmacie du Beffroi');
      return shown;
    },
  });
}

const pharmacy = (stage: Stage) => (team: EndorsedTeam) =>
  team.team === stage.people.pharmacist.teamId;

export const NAMES: readonly Attack[] = [
  onCard('person-renamed', 'a certified person under another name', { name: 'Paul Durand' }),
  onCard('person-renumbered', 'a certified person under another RPPS', {
    nationalId: '899970000107',
  }),
  onCard('person-other-profession', 'a nurse shown as a doctor', { profession: '10' }),
  onCard('person-made-real', 'an emulator’s person shown as real', { fictional: false }),
  onTeams(
    'team-renamed',
    'a team under another name than it signed',
    (teams, stage) =>
      teams.map((one) => (pharmacy(stage)(one) ? { ...one, name: 'Pharmacie de la Gare' } : one)),
    async (victim, stage) => {
      const hits = await victim.liaison.searchDirectory('gare');
      const own = hits.filter(({ party }) => party?.member === stage.people.pharmacist.team);
      expect(own.every(({ party }) => party?.name === '')).toBe(true);
      return 'shown without a name';
    },
  ),
  onTeams(
    'team-other-category',
    'a pharmacy listed as a hospital unit',
    (teams, stage) =>
      teams.map((one) => (pharmacy(stage)(one) ? { ...one, category: 'hospital-unit' } : one)),
    async (victim) => {
      // What the community did not sign as it is listed, it does not vouch for.
      const hits = await victim.liaison.searchDirectory('beffroi');
      expect(hits.map(({ party }) => party?.name)).not.toContain('Pharmacie du Beffroi');
      return 'refused: not addressable';
    },
  ),
  onTeams(
    'team-vouched-by-server',
    'a second team of one name that nobody signed for',
    (teams, stage) => [...teams, ghostOf(teams, stage)],
    async (victim, stage) => {
      const hits = await victim.liaison.searchDirectory('beffroi');
      const members = hits.map(({ party }) => party?.member);
      expect(members).toEqual([stage.people.pharmacist.team]);
      return 'refused: not addressable';
    },
  ),
];

/** The pharmacy's listing, for the team of the nurse. */
function ghostOf(teams: readonly EndorsedTeam[], stage: Stage): object {
  const real = teams.find(pharmacy(stage));
  return { ...real, team: stage.people.nurse.teamId };
}
