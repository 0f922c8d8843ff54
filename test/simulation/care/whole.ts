/** A care life from its beginning to its verdict, and a shorter one that fails in the same way. */
import { createHash } from 'node:crypto';
import { Chance } from '../chance.js';
import { CareLife } from './life.js';
import { type CareVerdict, FAULTS, type FaultName, judgeCare } from './oracle.js';
import type { CareAct, CarePlan } from './plan.js';
import { ACTS } from './troubles.js';

export interface CareOutcome extends CareVerdict {
  readonly seed: number;
  readonly acts: number;
  readonly steps: number;
  readonly refused: number;
  /** Of all that happened: the same for the same seed. */
  readonly digest: string;
}

export type CarePlant = (life: CareLife) => void;

export async function liveCare(plan: CarePlan, plant: CarePlant | null): Promise<CareOutcome> {
  const life = new CareLife(plan, new Chance(`care world ${plan.seed}`));
  plant?.(life);
  await life.play(ACTS);
  const { fired, told, mails, pushes } = life.database.tables;
  const digest = createHash('sha256');
  for (const rows of [fired.all(), told.all(), mails.all(), pushes.all()]) {
    digest.update(JSON.stringify(rows));
  }
  digest.update(JSON.stringify(life.outside.sent));
  return {
    ...judgeCare(life),
    seed: plan.seed,
    acts: plan.acts.length,
    steps: life.taken.size,
    refused: life.refused,
    digest: digest.digest('hex').slice(0, 16),
  };
}

export const failedIn = ({ faults }: Pick<CareVerdict, 'faults'>): FaultName[] =>
  FAULTS.filter((name) => faults[name].length > 0);

/** Leaves out acts, as long as the life fails in the same way and there is time for one more. */
export async function shrinkCare(
  plan: CarePlan,
  plant: CarePlant | null,
  wanted: FaultName,
  isTime: () => boolean,
): Promise<CarePlan> {
  const fails = async (acts: readonly CareAct[]): Promise<boolean> =>
    (await liveCare({ ...plan, acts }, plant)).faults[wanted].length > 0;
  let { acts } = plan;
  for (let at = 0; at < acts.length && isTime(); ) {
    const fewer = acts.filter((_, i) => i !== at);
    if (await fails(fewer)) acts = fewer;
    else at += 1;
  }
  return { ...plan, acts };
}
