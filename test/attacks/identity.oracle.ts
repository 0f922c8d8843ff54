/** The oracle where a person is concerned: what the card shows, and what is kept. */
import { expect } from '@jest/globals';
import type { IdentityLog } from '@liaison/contract/identity';
import type { TrustView } from '@liaison/sdk/face';
import { type Attack, attack, isBlocked } from './attack.js';
import { MadePerson, serveLogs } from './made.person.js';
import type { Stage, Victim } from './stage.js';

export interface LogScene {
  readonly victim: Victim;
  readonly made: MadePerson;
  readonly honest: IdentityLog;
}

async function levelOf({ victim, made }: LogScene): Promise<TrustView['level'] | undefined> {
  return (await victim.liaison.person(made.person))?.trust.level;
}

/** Nobody is certified by that log, the evidence stays, and the true log certifies again. */
export const refusesLog =
  (fault: string) =>
  async (scene: LogScene, stage: Stage): Promise<string> => {
    expect(await levelOf(scene)).toBe('directory');
    await isBlocked(scene.victim, null, `identity-${fault}`, stage);
    stage.behave(scene.victim);
    serveLogs(scene.victim, scene.honest);
    expect(await levelOf(scene)).toBe('certified');
    expect((await scene.victim.liaison.connection()).alarm).toBeNull();
    expect(await stage.evidence(scene.victim)).toMatchObject([{ code: `identity-${fault}` }]);
    return `blocked: identity-${fault}`;
  };

/** The tree lists the honest log of somebody whom the victim has not met. */
export async function strangerLog(victim: Victim, made: MadePerson): Promise<LogScene> {
  await victim.tree.list(made.log);
  return { victim, made, honest: made.log };
}

/** The victim has verified the honest log already. */
export async function knownLog(stage: Stage): Promise<LogScene> {
  const made = await MadePerson.certified(stage);
  const scene = await strangerLog(await stage.victim('gp'), made);
  serveLogs(scene.victim, scene.honest);
  expect(await levelOf(scene)).toBe('certified');
  return scene;
}

/** What was known stands, nothing is added to it, and the lie is kept. */
export const caughtLog =
  (fault: string) =>
  async (scene: LogScene, stage: Stage): Promise<string> => {
    const { victim, made, honest } = scene;
    await victim.tree.list(made.log);
    await stage.readsAgain(victim, made.person);
    await isBlocked(victim, null, `identity-${fault}`, stage);
    const kept = await victim.store.get<unknown[]>('people', made.person);
    expect(kept).toHaveLength(honest.statements.length);
    return `blocked: identity-${fault}`;
  };

/** The log is taken, and says no more than that this server says so. */
export const neverCertified =
  (level: TrustView['level']) =>
  async (scene: LogScene): Promise<string> => {
    const person = await scene.victim.liaison.person(scene.made.person);
    expect(person?.trust.level).toBe(level);
    expect(person?.nationalId).toBeNull();
    return `shown as: ${level}`;
  };

/** One thing wrong with an otherwise honest log, which the victim reads for the first time. */
export function onLog(
  id: string,
  name: string,
  lie: (made: MadePerson, stage: Stage) => Promise<IdentityLog> | IdentityLog,
  code: string,
): Attack {
  const arrange = async (stage: Stage) => {
    const made = await MadePerson.certified(stage);
    return strangerLog(await stage.victim('gp'), made);
  };
  return attack({
    id,
    name,
    arrange,
    misbehave: async ({ victim, made }, stage) => serveLogs(victim, await lie(made, stage)),
    expect: refusesLog(code),
  });
}
