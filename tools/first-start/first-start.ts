/**
 * The first start's story, played by real clients against a running server. Whatever was done
 * before it was cut short is found done, and the story goes on from there.
 */
import type { MemberId } from '@liaison/contract/ids';
import {
  arrive,
  arriveInvited,
  invitedRole,
  type Player,
  professionals,
  type Stage,
} from '../cast/cast.js';
import { Company } from '../cast/company.js';
import { allSent } from '../cast/settling.js';
import { sampleCommunity } from '../sample/community.js';
import { admit, endorse, found, gather, join, type SampleTeam } from './community.js';
import { playDischarges } from './discharges.js';
import { talk } from './talk.js';

export interface FirstStart {
  readonly stage: Stage;
  /** What only whoever runs the server can do. */
  readonly operator: {
    readonly importDirectory: () => Promise<void>;
    readonly inviteCoordinator: (name: string) => Promise<string>;
  };
  readonly now: number;
  /** Hears of each step that is done. */
  readonly tell: (line: string) => void;
}

/** People at a time: more would only wait for each other's processor. */
const WIDTH = 4;

/** Afterwards the players are still at their devices: whoever plays ends them. */
export async function playFirstStart(start: FirstStart): Promise<Company> {
  const { stage, operator, now, tell } = start;
  stage.home.keepOrigin(stage.origin);
  const [players] = await Promise.all([enrol(start), operator.importDirectory()]);
  stage.home.showWords();
  tell(`${players.size} people enrolled, with a device and recovery words each`);
  const teams = await settle(players);
  tell(`${teams.size} teams, vouched for by the coordinator`);
  const company = new Company(players, teams);
  await Promise.all([talk(company), playDischarges(company, now)]);
  await Promise.all(company.everybody().map(({ liaison }) => allSent(liaison)));
  tell('two conversations, a discharge that was taken, and one that waits for you');
  return company;
}

async function enrol({ stage, operator }: FirstStart): Promise<ReadonlyMap<string, Player>> {
  const players = new Map<string, Player>();
  const [boss, clerk] = [invitedRole('coordinator'), invitedRole('secretary')];
  const invited = async (): Promise<void> => {
    const byOperator = () => operator.inviteCoordinator(boss.name);
    const coordinator = await arriveInvited(stage, boss, byOperator);
    players.set(boss.id, coordinator);
    await found(coordinator);
    const byCoordinator = async () =>
      (await coordinator.liaison.invite(clerk.name, 'secretary')).link;
    players.set(clerk.id, await arriveInvited(stage, clerk, byCoordinator));
  };
  const waiting = professionals()[Symbol.iterator]();
  const one = async (): Promise<void> => {
    for (let next = waiting.next(); next.done !== true; next = waiting.next()) {
      players.set(next.value.id, await arrive(stage, next.value));
    }
  };
  await Promise.all([invited(), ...Array.from({ length: WIDTH }, one)]);
  return players;
}

/** Everybody in the community, in their teams, and aware of the others'. */
async function settle(
  players: ReadonlyMap<string, Player>,
): Promise<ReadonlyMap<string, MemberId>> {
  const player = (id: string): Player => {
    const one = players.get(id);
    if (one === undefined) throw new Error(`${id} has not arrived.`);
    return one;
  };
  const coordinator = player(invitedRole('coordinator').id);
  const everybody = [...players.values()];
  await admit(
    coordinator,
    everybody.filter((one) => one !== coordinator),
  );
  await Promise.all(everybody.map(({ liaison }) => liaison.refresh()));
  const made = await Promise.all(
    sampleCommunity().teams.map(async (team): Promise<readonly [SampleTeam, MemberId]> => {
      const [founder = '', ...others] = [...team.professionals, ...team.others];
      const member = await gather(team, player(founder));
      await join(player(founder), member, others.map(player));
      return [team, member];
    }),
  );
  await endorse(coordinator, made);
  await Promise.all(everybody.map(({ liaison }) => liaison.refresh()));
  return new Map(made.map(([{ name }, member]) => [name, member]));
}
