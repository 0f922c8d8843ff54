/** What came of one life, in plain values, so that a process can tell another. */
import type { Verdict } from '../oracle/verdict.js';

/** Ways in which a life can show that something of ours is wrong, each with its sentences. */
export const FAULTS = [
  'unopened',
  'stolen',
  'reopened',
  'disagreed',
  'server',
  'lost',
  'accused',
  'mistakes',
] as const;
export type FaultName = (typeof FAULTS)[number];

export type Faults = Readonly<Record<FaultName, readonly string[]>>;

export interface Outcome {
  readonly seed: number;
  readonly people: number;
  readonly devices: number;
  readonly acts: number;
  /** Items that the server took. */
  readonly items: number;
  readonly opened: number;
  readonly kept: number;
  readonly agreed: number;
  readonly reset: number;
  readonly refused: number;
  readonly readmitted: number;
  /** Of all that the server holds: the same for the same seed. */
  readonly digest: string;
  readonly faults: Faults;
}

export function faultsOf(verdict: Verdict, mistakes: readonly string[]): Faults {
  const { unopened, stolen, reopened, disagreed, server, lost, accused } = verdict;
  return { unopened, stolen, reopened, disagreed, server, lost, accused, mistakes };
}

export const faultNames = (faults: Faults): FaultName[] =>
  FAULTS.filter((name) => faults[name].length > 0);
