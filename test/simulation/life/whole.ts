/** A life from its beginning to its verdict, and a shorter one that fails in the same way. */
import { createHash } from 'node:crypto';
import type { Mode } from '../primitives/mode.js';
import { comeToRest, sayLastWords, welcomeBack } from '../oracle/rest.js';
import { judgeLife } from '../oracle/verdict.js';
import { beginLife } from './beginnings.js';
import type { Life } from './life.js';
import type { Plan, PlannedAct } from './plan.js';
import { faultNames, type Faults, faultsOf, type Outcome } from './told.js';

/** Changes a program of a life so that something is wrong with it. */
export type Plant = (life: Life) => void;

export async function liveOnce(plan: Plan, mode: Mode, plant: Plant | null): Promise<Outcome> {
  const life = await beginLife(plan, mode);
  plant?.(life);
  for (const act of plan.acts) await life.play(act);
  await comeToRest(life, false);
  await welcomeBack(life);
  sayLastWords(life);
  await comeToRest(life, true);
  const verdict = await judgeLife(life);
  const items = life.server.database.tables.items.all();
  const digest = createHash('sha256');
  for (const { circle, k, h } of items) digest.update(`${circle} ${k} ${h}`);
  return {
    seed: plan.seed,
    people: life.humans.length,
    devices: verdict.devices,
    acts: plan.acts.length,
    items: items.length,
    opened: verdict.opened,
    kept: verdict.kept,
    agreed: verdict.agreed,
    reset: verdict.reset,
    refused: verdict.refused,
    readmitted: verdict.readmitted,
    digest: digest.digest('hex').slice(0, 16),
    faults: faultsOf(verdict, life.mistakes),
  };
}

/**
 * Leaves out acts, many at once and then one by one, as long as the life fails in the same way and
 * there is time for one more.
 */
export async function shrink(
  plan: Plan,
  mode: Mode,
  plant: Plant | null,
  failed: Faults,
  isTime: () => boolean,
): Promise<Plan> {
  const [wanted] = faultNames(failed);
  const fails = async (acts: readonly PlannedAct[]): Promise<boolean> => {
    const { faults } = await liveOnce({ ...plan, acts }, mode, plant);
    return wanted !== undefined && faults[wanted].length > 0;
  };
  let acts = plan.acts;
  for (let size = Math.ceil(acts.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < acts.length && isTime(); ) {
      const fewer = [...acts.slice(0, at), ...acts.slice(at + size)];
      if (await fails(fewer)) acts = fewer;
      else at += size;
    }
  }
  return { ...plan, acts };
}
