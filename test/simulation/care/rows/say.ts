/** How a statement of the server is said again over the rows of a care life. */
import type { Parameters } from '../../../../src/platform/database/database.js';
import type { CareTables } from './tables.js';

/** What the database's clock says, and the true time, which it cannot know. */
export interface Now {
  readonly wall: number;
  readonly true: number;
}

export const WITH_CLOCK =
  'WITH clock AS (SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now)';

type Answer = (rows: CareTables, parameters: Parameters, now: Now) => readonly object[];
/** How a statement begins, and what it does. */
export type Say = readonly [beginning: string, answer: Answer];
